"""What does a page show of the law behind one kind of arrangement, at the date of a wave?"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from rodedraad.networks.legal import legal_bases, legal_table
from rodedraad.networks.legal_table import LegalRef
from rodedraad.networks.wording import (
    article_words,
    confidence_words,
    part_words,
    provision_words,
    words_shown,
)


@dataclass(frozen=True)
class Article:
    """One article: what it does, to whom, and in which text it was read."""

    reference: str
    url: str
    what: str
    parties: str
    tasks: str
    note: str
    read_in: str
    read_version: str
    version_date: date | None


@dataclass(frozen=True)
class Proof:
    """A published source that shows that the law held in a year."""

    year: int
    url: str
    shows: str


@dataclass(frozen=True)
class Law:
    """The legal facts of a kind, for the year of a wave."""

    provision: str
    researched: bool
    is_cooperation: bool
    reasoning: str
    municipal_part: str
    form: str
    form_prescribed: str
    articles: tuple[Article, ...]
    proofs: tuple[Proof, ...]
    confidence: str
    established_on: date
    who: str


def law_shown(kind: str, year: int) -> Law | None:
    """Return the legal facts of ``kind`` for ``year``; null for a kind that nobody looked at."""
    basis = legal_bases().get(kind)
    if basis is None:
        return None
    form = basis.legal_form
    prescribed = {True: _("prescribed"), False: _("free"), None: _("unknown")}
    return Law(
        provision=provision_words(basis.provision(year)),
        researched=basis.researched,
        is_cooperation=basis.kind == "cooperation",
        reasoning=words_shown(basis.reasoning),
        municipal_part=part_words(basis.municipal_part) if basis.kind == "cooperation" else "",
        form=words_shown(form.form) if form else "",
        form_prescribed=prescribed[form.prescribed] if form else "",
        articles=tuple(_article(ref) for ref in basis.refs_of(year)),
        proofs=tuple(
            Proof(each.year, each.url, words_shown(each.shows))
            for each in basis.evidence
            if each.year == year
        ),
        confidence=confidence_words(basis.confidence),
        established_on=basis.established_on,
        who=basis.who,
    )


def _article(ref: LegalRef) -> Article:
    table = legal_table()
    names = {party.key: words_shown(party) for party in table.parties}
    texts = {text.key: words_shown(text.title) for text in table.texts}
    return Article(
        reference=_("%(act)s, art. %(article)s") % {"act": ref.act, "article": ref.article},
        url=ref.url,
        what=article_words(ref.what),
        parties=", ".join(names[party] for party in ref.prescribed_parties),
        tasks=words_shown(ref.tasks) if ref.tasks else "",
        note=words_shown(ref.note),
        read_in=texts[ref.read_in],
        read_version=ref.read_version or "",
        version_date=ref.text_version_date,
    )
