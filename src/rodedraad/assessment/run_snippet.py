"""How does someone work a run out again in a notebook: its settings as Python, and which file?"""

from collections.abc import Mapping
from pprint import pformat
from textwrap import indent
from typing import Any

SNIPPET = """import polars as pl

from rodedraad.assessment.conclusions.{module} import {function}

rows = pl.read_parquet({file!r}).filter(pl.col("wave") == {wave!r})
found = {function}(
    rows,
{settings}
)
{shown}
"""
WIDTH = 84


def evidence_name(slug: str, form: str = "parquet") -> str:
    """Return what the download of the evidence of a study is called, and so what snippets read."""
    return f"bewijs-{slug}.{form}"


def run_snippet(
    module: str, function: str, *, slug: str, wave: str, settings: Mapping[str, Any], shown: str
) -> str:
    """Return Python that calls a conclusion on the evidence file with the settings of a run."""
    lines = [
        indent(f"{name}={pformat(value, width=WIDTH, sort_dicts=False)},", "    ")
        for name, value in settings.items()
    ]
    return SNIPPET.format(
        module=module,
        function=function,
        file=evidence_name(slug),
        wave=wave,
        settings="\n".join(lines),
        shown=shown,
    )
