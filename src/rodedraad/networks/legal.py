"""What does the law say about each kind of cooperation: prescribed, asked, allowed, or not known?

The facts stand in ``data/legal_basis.yaml``: one entry per region type of the country tables and
one for joint arrangements. They feed the drive rule and are not its outcome: members beyond the
prescription and extra tasks are known per arrangement only.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml
from pydantic import TypeAdapter, ValidationError

from rodedraad.errors import Refusal
from rodedraad.networks.legal_faults import meaning_faults, shape_faults
from rodedraad.networks.legal_table import LegalBasis, LegalRef, LegalTable

__all__ = [
    "JOINT_ARRANGEMENT",
    "LegalBasis",
    "LegalBasisRefusal",
    "LegalRef",
    "legal_bases",
    "legal_basis_of",
    "legal_table",
    "legal_table_read",
]

LEGAL_BASIS_FILE = Path(__file__).parent / "data" / "legal_basis.yaml"
JOINT_ARRANGEMENT = "gemeenschappelijke-regeling"


class LegalBasisRefusal(Refusal):
    """The table of legal facts cannot be used; the message names every entry, field and cure."""

    code = "legal-basis-invalid"


def legal_bases() -> Mapping[str, LegalBasis]:
    """The legal facts per region type and for joint arrangements, as carried by the product."""
    return legal_table().by_key()


def legal_basis_of(kind: str, name: str = "") -> LegalBasis:
    """The legal facts of one arrangement.

    A joint arrangement whose name shows that it is of a prescribed kind (a safety region, a public
    health service) gets the facts of that kind; the others keep those of the legal form.
    """
    table = legal_table()
    bases = table.by_key()
    if kind == JOINT_ARRANGEMENT:
        kind = next((each.basis for each in table.prescribed_names if each.fits(name)), kind)
    if kind not in bases:
        raise LegalBasisRefusal(
            f"{LEGAL_BASIS_FILE.name} has no entry '{kind}'. Add one, with researched: false "
            "as long as nobody read the law.",
            kind=kind,
        )
    return bases[kind]


@cache
def legal_table() -> LegalTable:
    """The carried table, read and checked once."""
    return legal_table_read(LEGAL_BASIS_FILE)


def legal_table_read(path: Path) -> LegalTable:
    """Read and check a table of legal facts; refuse it with every fault, its place and its cure."""
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise LegalBasisRefusal(
            f"{path.name} cannot be read: {error}. Restore it, or save it as YAML in UTF-8.",
            file=path.name,
        ) from error
    try:
        table = TypeAdapter(LegalTable).validate_json(json.dumps(data, default=str), strict=True)
    except ValidationError as error:
        raise _refusal(path, list(shape_faults(error, data))) from error
    if faults := list(meaning_faults(table)):
        raise _refusal(path, faults)
    return table


def _refusal(path: Path, faults: list[str]) -> LegalBasisRefusal:
    lines = "\n".join(f"- {path.name}, {fault}" for fault in faults)
    return LegalBasisRefusal(
        f"The table of legal facts cannot be used; mend and load it again.\n{lines}",
        file=path.name,
        faults=faults,
    )
