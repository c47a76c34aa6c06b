"""What runs in a process of the engine: survey-core in V8, made after the process began.

One context for answers (the version the browser has) and, when asked for, one for the linter.
Every call has a limit of time and memory, so that no definition can hold a process.
"""

import atexit
import json
import time
from pathlib import Path
from typing import Any

from py_mini_racer import JSEvalException, JSOOMException, JSTimeoutException, MiniRacer

from rodedraad.surveys.engine.results import EngineFault

SECONDS = 1.9
"""How long a call may take on the clock; longer when others had the processor meanwhile."""
PATIENCE = (1, 2, 4)
"""So many times ``SECONDS`` is waited, one after the other, as long as it is others who compute."""
OWN_SECONDS = 0.8
"""A call that used so much of the processor itself is stopped: a check takes some 0.1 s."""
MEMORY = 600_000_000
TOLD = 300
GLUE = Path(__file__).with_name("glue.js")
WORDS = Path(__file__).parents[1] / "static" / "surveys" / "survey-words.js"
"""What survey-core says to respondents: the file that browsers get too."""
LINT = """
globalThis.queueMicrotask = globalThis.queueMicrotask || ((f) => { Promise.resolve().then(f); });
"""
ASK_LINT = (
    "((text) => { const said = SurveyLinter.lintSurvey(JSON.parse(text));"
    " return JSON.stringify(Array.isArray(said) ? said : said.findings || said.results || said); })"
)


class _Engines:
    """The contexts of this process, each made when it is first asked for."""

    def __init__(self) -> None:
        self.modules = Path()
        self.made: dict[str, MiniRacer] = {}

    def of(self, name: str) -> MiniRacer:
        if name not in self.made:
            self.made[name] = self._answers() if name == "answers" else self._lint()
        return self.made[name]

    def _answers(self) -> MiniRacer:
        core = self.modules / "survey-core"
        return _context(core / "survey.core.min.js", WORDS, GLUE)

    def _lint(self) -> MiniRacer:
        core = self.modules / "survey-core-linter"
        context = _context(core / "survey.core.min.js", WORDS, before=LINT)
        _load(context, core / "linter" / "index.min.js")
        return context

    def close(self) -> None:
        for context in self.made.values():
            context.close()
        self.made.clear()


ENGINES = _Engines()


def engine_begin(modules: str) -> None:
    """Say where the packages are; called once in every process of the pool."""
    ENGINES.modules = Path(modules)
    atexit.register(ENGINES.close)


def engine_warm() -> None:
    """Make the context for answers now rather than at the first question."""
    ENGINES.of("answers")


def guard_worked(definition: str) -> dict[str, Any]:
    """The JSON Schema of the answers to a definition."""
    return _asked("RodeDraad.guard", definition)


def check_worked(definition: str, answers: str, language: str, known: str) -> dict[str, Any]:
    """Errors, rewritten names, shown questions, and the answers that are left."""
    return _asked("RodeDraad.check", definition, answers, language, known)


def lint_worked(definition: str) -> list[dict[str, Any]]:
    """What the linter of SurveyJS finds in a definition."""
    return _asked(ASK_LINT, definition, engine="lint")


def _asked(function: str, *arguments: str, engine: str = "answers") -> Any:
    told = ", ".join(json.dumps(one) for one in arguments)
    begun = time.process_time()
    for times in PATIENCE:
        try:
            return json.loads(_said(f"{function}({told})", engine, SECONDS * times))
        except JSTimeoutException:
            if time.process_time() - begun > OWN_SECONDS:
                break
    raise EngineFault("time")


def _said(script: str, engine: str, seconds: float) -> str:
    context = ENGINES.of(engine)
    try:
        return str(context.eval(script, timeout_sec=seconds, max_memory=MEMORY))
    except JSTimeoutException:
        raise
    except JSOOMException:
        context.close()
        ENGINES.made.pop(engine, None)
        raise EngineFault("memory") from None
    except JSEvalException as fault:
        raise EngineFault("script", str(fault)[:TOLD]) from None


def _context(*files: Path, before: str = "") -> MiniRacer:
    context = MiniRacer()
    if before:
        context.eval(f"{before}\n;0")
    for file in files:
        _load(context, file)
    return context


def _load(context: MiniRacer, file: Path) -> None:
    """Load a script; its own value stays there, for it may be large."""
    context.eval(f"{file.read_text(encoding='utf-8')}\n;0")
