"""How the site keeps a worker beside it: started once pages are answered, ended with the site."""

import http.client
import os
import subprocess
import sys
import time

import click

from rodedraad.memory import MEMORY_KEPT

SOON_SECONDS = 10.0
MOST_SOON = 3
END_SECONDS = 10.0
EVERYWHERE = "0.0.0.0"  # noqa: S104 compared, not bound


class WorkerBeside:
    """One worker process, started again when it dies, unless it keeps dying at once."""

    def __init__(self, host: str, port: int) -> None:
        self._site = ("127.0.0.1" if host == EVERYWHERE else host, port)
        self._process: subprocess.Popen[bytes] | None = None
        self._began = 0.0
        self._died_soon = 0

    def look(self) -> None:
        """Start the worker when it does not run; the first time only once the site answers."""
        if self._process is None:
            if self._site_answers():
                self._start()
        elif self._process.poll() is not None and self._died_soon < MOST_SOON:
            self._again()

    def end(self) -> None:
        """Tell the worker to stop, and kill it when it does not."""
        if self._process is None or self._process.poll() is not None:
            return
        self._process.terminate()
        try:
            self._process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _start(self) -> None:
        self._began = time.monotonic()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "rodedraad.cli", "worker", "--with-parent", str(os.getpid())],
            env=os.environ | MEMORY_KEPT,
        )

    def _again(self) -> None:
        soon = time.monotonic() - self._began < SOON_SECONDS
        self._died_soon = self._died_soon + 1 if soon else 0
        if self._died_soon == MOST_SOON:
            click.echo(
                "rodedraad: the worker keeps ending, so long work waits. Start it by hand with "
                "`rodedraad worker` to see why.",
                err=True,
            )
            return
        self._start()

    def _site_answers(self) -> bool:
        connection = http.client.HTTPConnection(*self._site, timeout=SOON_SECONDS)
        try:
            connection.request("GET", "/")
            connection.getresponse().read()
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()
        return True
