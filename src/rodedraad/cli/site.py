"""Commands that serve the site: ``run``, ``serve`` and ``sign-in``."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

import click

from rodedraad.cli.setup import prepared
from rodedraad.cli.study import job_do
from rodedraad.cli.worker_beside import WorkerBeside
from rodedraad.database import embedded_url
from rodedraad.errors import Refusal
from rodedraad.home import home_folder
from rodedraad.web.serving import WHEN_TOLD

REPORT_FOLDER = "report"
ADDRESS_FILE = "address"
SERVE = b"serve\n"
PORT = click.IntRange(1, 65535)


@click.command("run")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=PORT, default=8000, show_default=True, help="Port to listen on.")
@click.option("--no-serve", is_flag=True, help="Do the job only; do not serve the site.")
def run_command(host: str, port: int, no_serve: bool) -> None:
    """Do the first job on public figures, then serve the site with its report."""
    if not no_serve:
        require_free_port(host, port)
    set_base_url(host, port)
    click.echo("Starting the database ...")
    with embedded_database():
        if no_serve:
            report_made()
            return
        with site_loading(host, port) as site:
            report_made()
            site_serve(site, host, port)


def report_made() -> None:
    """Do the first study, and say where its report lies."""
    report = job_do(home_folder() / REPORT_FOLDER)
    click.echo(f"\nThe report lies in {report}")


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=PORT, default=8000, show_default=True, help="Port to listen on.")
@click.option("--no-worker", is_flag=True, help="Start no worker; one runs elsewhere.")
def serve_command(host: str, port: int, no_worker: bool) -> None:
    """Serve the site until it is stopped with Control-C."""
    require_free_port(host, port)
    set_base_url(host, port)
    with embedded_database(), site_loading(host, port) as site:
        site_serve(site, host, port, worker=not no_worker)


@click.command("sign-in")
def sign_in_command() -> None:
    """Print the first sign-in again, with a code of this moment."""
    recall_base_url()
    with embedded_database():
        sign_in_print()


@contextmanager
def embedded_database() -> Iterator[None]:
    """Start the embedded PostgreSQL for this process and its children, and stop it afterwards.

    Does nothing when ``DATABASE_URL`` names a server.
    """
    if os.environ.get("DATABASE_URL"):
        yield
        return
    os.environ["DATABASE_URL"] = embedded_url()
    yield


def require_free_port(host: str, port: int) -> None:
    """Refuse before any work when ``port`` is taken, and name one that is free."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as fault:
            with socket.socket() as other:
                other.bind((host if host != "0.0.0.0" else "", 0))  # noqa: S104 compared, not bound
                free = other.getsockname()[1]
            raise Refusal(
                f"Port {port} on {host} cannot be used: {fault.strerror}. Stop the program that "
                f"uses it, or choose another: `make run PORT={free}`.",
                code="port_in_use",
                port=port,
            ) from fault


def set_base_url(host: str, port: int) -> None:
    """Say at which address the site is, unless ``RODEDRAAD_BASE_URL`` says so already.

    The address is kept in the data folder, so that ``sign-in`` names the one that is served.
    """
    address = os.environ.setdefault("RODEDRAAD_BASE_URL", f"http://{host}:{port}")
    (home_folder() / ADDRESS_FILE).write_text(address, encoding="utf-8")


def recall_base_url() -> None:
    """Take the address that was served last, unless ``RODEDRAAD_BASE_URL`` says another."""
    kept = home_folder() / ADDRESS_FILE
    if kept.is_file():
        os.environ.setdefault("RODEDRAAD_BASE_URL", kept.read_text(encoding="utf-8"))


def settings_check() -> None:
    """Refuse to serve with settings that are not safe or not complete."""
    faults = [found for found in prepared("django.core.checks").run_checks() if found.is_serious()]
    if faults:
        listed = " ".join(f"{fault.msg} {fault.hint or ''}".strip() for fault in faults)
        raise Refusal(f"The site is not started: {listed}", code="settings_unsafe")


def sign_in_print() -> None:
    """Print how to sign in as the first person, as long as that sign-in works."""
    sign_in = prepared("rodedraad.accounts.first_sign_in").first_sign_in()
    if sign_in is None:
        click.echo("\nSign in with an account of your own: the first sign-in is no longer in use.")
        return
    prepared("rodedraad.first_study.lead").first_study_lead(sign_in.email)
    click.echo(f"\nSign in at {sign_in.url} with")
    click.echo(f"  e-mail    {sign_in.email}")
    click.echo(f"  password  {sign_in.password}")
    click.echo(
        f"  code      {sign_in.totp_code}   (new every 30 seconds; a fresh one: make sign-in)"
    )


@contextmanager
def site_loading(host: str, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """Start the process that will serve: it loads the pages meanwhile, and serves when told.

    All its processes end with this one, however this one ends: it holds the other end of their
    standard input.
    """
    settings_check()
    prepared("rodedraad.web.static_files").statics_gather()
    site = subprocess.Popen(
        [
            sys.executable, "-m", "gunicorn", "rodedraad.web.wsgi:application",
            "--config", "python:rodedraad.web.serving", "--bind", f"{host}:{port}",
        ],
        stdin=subprocess.PIPE,
        env=os.environ | {WHEN_TOLD: "1"},
        process_group=0,  # Control-C is for this process, which ends that one in order
    )  # fmt: skip
    try:
        yield site
    finally:
        site.terminate()
        site.wait()


def site_serve(site: subprocess.Popen[bytes], host: str, port: int, *, worker: bool = True) -> None:
    """Serve, with a worker for long work, until told to stop.

    Raises
    ------
    Refusal
        When the process that serves ended by itself; it said why.
    """
    stopped = False

    def stop(_signal: int, _frame: FrameType | None) -> None:
        nonlocal stopped  # no lock: a second signal may come while this one is dealt with
        stopped = True
        site.terminate()

    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, stop)
    sign_in_print()
    require_running(site)
    click.echo(f"\nServing on http://{host}:{port} - stop with Control-C")
    sys.stdout.flush()
    if site.stdin is not None:
        with suppress(BrokenPipeError):  # it ended meanwhile: told below
            site.stdin.write(SERVE)
            site.stdin.flush()
    beside = WorkerBeside(host, port)
    try:
        while site.poll() is None:
            time.sleep(0.2)
            if worker:
                beside.look()
    finally:
        beside.end()
    if not stopped:
        require_running(site)


def require_running(site: subprocess.Popen[bytes]) -> None:
    """Refuse to go on when the process that serves ended by itself."""
    if site.poll() is not None:
        raise Refusal(
            f"The site stopped by itself (exit code {site.returncode}). What it said stands above; "
            "when another program took its port meanwhile, choose another: `make run PORT=8001`.",
            code="site_stopped",
            exit_code=site.returncode,
        )
