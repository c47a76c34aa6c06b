"""What does the reference page say about the legal basis of each kind of arrangement?

``docs/reference/legal-basis.md`` is this text. After a change of the table, write it again:
``python -m rodedraad.networks.legal_reference > docs/reference/legal-basis.md``.
"""

import sys
from collections.abc import Iterator

from rodedraad.networks.legal import legal_table
from rodedraad.networks.legal_table import LegalBasis, LegalRef, LegalTable, Provision

INTRODUCTION = """\
# The legal basis of each kind of arrangement

Which act and article prescribes, asks or allows each kind of cooperation, and whom. The table is
`rodedraad/networks/data/legal_basis.yaml`, read by `rodedraad.networks.legal.legal_bases()`. This
page is written from it by `rodedraad.networks.legal_reference`.

It feeds the drive rule and is not its outcome. Members beyond the prescription and extra tasks
decide between *regelgedreven* and *gemengd*, and they are known per arrangement, not per kind.
Nothing is filled in from memory: what the texts did not settle stays null and is labelled
*onbepaald*.

| what the law does | label of the drive rule |
|---|---|
| prescribes at least one party | regelgedreven, or gemengd |
| asks or allows, prescribes nobody | regelomlijst |
| nothing (researched) | niet-regelgedreven |
| not established | onbepaald |
| no cooperation | none |

Two things are kept apart on purpose. **Form is not drive**: the Wgr lets municipalities make a
joint arrangement for anything, so it never counts as a provision that asks for this cooperation;
and a prescribed cooperation may rest on a plain agreement. **A task is not a cooperation**: where
the law obliges every executive by itself and asks for cooperation only where needed, nobody is
prescribed to cooperate.

## Fields of an entry

| field | meaning |
|---|---|
| `kind` | `cooperation`, or `no_cooperation`: a division of the state, of others, of statistics |
| `researched` | whether the law was read for this kind |
| `prescribes_cooperation` | whether an article prescribes it; null = not established |
| `prescribed_parties` | whom |
| `municipal_part` | `member`, `none`, or `consulted`: others cooperate and must consult it |
| `covers_all_municipalities` | whether the published division covers every municipality |
| `legal_form` | the shape, and whether the law prescribes it |
| `in_force_2016`, `in_force_2022` | on 1 January of that year; null = not established |
| `legal_refs` | articles; `what` is `prescribes`, `asks`, `allows` or `defines_area` |
| `applies_to` | the years for which the article was established |
| `read_in`, `read_version` | in which text, in which version of it |
| `text_version_date` | null where the text names none |
| `evidence` | a published source that shows that the law held in that year |
| `confidence`, `established_on`, `who` | how sure, when and by whom |

A kind that holds in 2022 needs evidence of that year, because the texts of the acts are older.
"""

LAW_DOES: dict[Provision, str] = {
    "prescribes": "prescribes",
    "asks_or_allows": "asks or allows",
    "none": "nothing",
    "not_established": "not established",
    "not_applicable": "-",
}
YES_NO = {True: "yes", False: "no", None: "unknown"}


def legal_basis_markdown() -> str:
    """The whole reference page."""
    table = legal_table()
    parts = (_texts(table), _overview(table), _names(table), _details(table))
    return "\n".join([INTRODUCTION, *("\n".join(part) for part in parts)])


def _texts(table: LegalTable) -> Iterator[str]:
    yield "## Texts that were read\n"
    for text in table.texts:
        yield f"- `{text.key}`: {text.title.en}. {text.state.en}"
    yield ""


def _overview(table: LegalTable) -> Iterator[str]:
    yield "## Overview\n"
    yield "| key | title (Dutch) | 1-1-2016 | 1-1-2022 | articles | prescribed | confidence |"
    yield "|---|---|---|---|---|---|---|"
    names = {party.key: party.en for party in table.parties}
    for entry in table.entries:
        cells = (
            f"`{entry.key}`",
            entry.title.nl,
            LAW_DOES[entry.provision(2016)],
            LAW_DOES[entry.provision(2022)],
            "; ".join(_article(ref) for ref in entry.legal_refs),
            ", ".join(names[party] for party in entry.prescribed_parties),
            entry.confidence,
        )
        yield f"| {' | '.join(cells)} |"
    yield ""


def _names(table: LegalTable) -> Iterator[str]:
    yield "## Joint arrangements of a prescribed kind\n"
    yield "A joint arrangement with one of these names takes the entry of that kind.\n"
    yield "| name matches | entry |"
    yield "|---|---|"
    for named in table.prescribed_names:
        yield f"| `{named.pattern.replace('|', chr(92) + '|')}` | `{named.basis}` |"
    yield ""


def _details(table: LegalTable) -> Iterator[str]:
    yield "## Each kind"
    for entry in table.entries:
        yield from _detail(entry)


def _detail(entry: LegalBasis) -> Iterator[str]:
    yield f"\n### {entry.key}\n"
    yield f"{entry.title.en}. {entry.reasoning.en}\n"
    yield (
        f"In force 2016: {YES_NO[entry.in_force_2016]}; 2022: {YES_NO[entry.in_force_2022]}. "
        f"Municipal part: {entry.municipal_part}. Scale: {entry.scale_hint.replace('_', '-')}. "
        f"Established on {entry.established_on} by {entry.who}; confidence {entry.confidence}."
    )
    if entry.legal_form:
        prescribed = YES_NO[entry.legal_form.prescribed]
        yield f"Form: {entry.legal_form.form.en} (prescribed: {prescribed})."
    if entry.legal_refs or entry.evidence:
        yield ""
    for ref in entry.legal_refs:
        years = ", ".join(map(str, ref.applies_to)) or "neither year"
        tasks = f" Tasks: {ref.tasks.en}" if ref.tasks else ""
        where = f"`{ref.read_in}`" + (f", {ref.read_version}" if ref.read_version else "")
        yield (
            f"- [{_article(ref)}]({ref.url}) ({ref.what.replace('_', ' ')}; {years}). "
            f"{ref.note.en}{tasks} Read in {where}."
        )
    for shown in entry.evidence:
        yield f"- Evidence {shown.year}: {shown.shows.en} <{shown.url}>"


def _article(ref: LegalRef) -> str:
    return f"{ref.act}, art. {ref.article}"


if __name__ == "__main__":
    sys.stdout.write(legal_basis_markdown() + "\n")
