"""In which words does a page tell what a source is, who may see it, and what was left out?"""

from collections.abc import Container, Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rodedraad.errors import Refusal
from rodedraad.sources.models import Paragraph, Source

Words = Mapping[str, str | Promise]

KINDS: Words = {
    Source.Kind.POLICY_DOCUMENT: _("policy document"),
    Source.Kind.BYLAW: _("bylaw"),
    Source.Kind.LAW: _("law"),
    Source.Kind.CONTRACT: _("contract"),
    Source.Kind.COUNCIL_PAPER: _("council paper"),
    Source.Kind.ANNUAL_REPORT: _("annual report"),
    Source.Kind.PARLIAMENT: _("proceedings of parliament"),
    Source.Kind.TRANSCRIPT: _("transcript of a talk"),
    Source.Kind.MINUTES: _("minutes"),
    Source.Kind.OPEN_ANSWERS: _("open answers"),
    Source.Kind.OTHER: _("other text"),
}
LEVELS: Words = {
    Source.Confidentiality.OPEN: _("open: was published"),
    Source.Confidentiality.PROJECT: _("project: the team and the privacy officer"),
    Source.Confidentiality.TEAM: _("team: not outside the team"),
    Source.Confidentiality.PERSONAL: _(
        "personal: lead and named researchers, each reading is logged"
    ),
}
PARAGRAPHS: Words = {
    Paragraph.Kind.TEXT: "",
    Paragraph.Kind.HEADING: "",
    Paragraph.Kind.TABLE: _("row of a table"),
    Paragraph.Kind.FOOTNOTE: _("note"),
    Paragraph.Kind.TURN: "",
    Paragraph.Kind.ANSWER: _("answer"),
}
NOTICES: Words = {
    "characters_left_out": _("Characters that no program can show were left out: %(n)s."),
    "encoding": _("The file was in the encoding %(encoding)s."),
    "encoding_unsure": _(
        "The encoding was most likely %(encoding)s. Look whether accents are right."
    ),
    "double_encoding": _("The accents may be wrong: the file was encoded twice."),
    "double_encoding_mended": _("The file was encoded twice. That was mended."),
    "deleted_left_out": _("Tracked changes: deleted parts were left out (%(n)s)."),
    "deleted_kept": _(
        "Tracked changes: deleted parts still stand in the text (%(n)s). Accept the changes in the "
        "program it came from, and add the file again."
    ),
    "footnotes_left_out": _(
        "Notes were left out: %(n)s. Save the file as DOCX to have them come along."
    ),
    "scripts_left_out": _("Scripts and styles of the page were left out: %(n)s."),
    "unseen_left_out": _("Parts that a browser shows elsewhere or not at all: %(n)s, left out."),
    "hidden_left_out": _("Parts that the page hides were left out: %(n)s."),
    "symbols_left_out": _("Signs that only their font knows were left out: %(n)s."),
    "comments_left_out": _("Comments in the margin were left out: %(n)s."),
    "headers_left_out": _("Headers and footers of pages were left out: %(n)s."),
    "pictures_left_out": _("Pictures were left out: %(n)s."),
    "embedded_left_out": _("Files inside this file were not opened: %(n)s."),
    "external_left_out": _("The file refers to things elsewhere; nothing was fetched: %(n)s."),
    "running_left_out": _(
        "Headers, footers and page numbers that return on the pages were left out: %(n)s. "
        "Most of them: %(words)s"
    ),
    "tables_found": _("Tables of which each row is a paragraph: %(n)s."),
    "tables_unsure": _("Pages with a table whose lines run through words; kept as text: %(n)s."),
    "pages_without_text": _("Pages without text, perhaps pictures: %(n)s."),
    "hyphens_joined": _("Words broken at the end of a line were joined: %(n)s."),
    "hyphens_kept": _("Hyphens at the end of a line that may not belong were kept: %(n)s."),
    "speakers_unknown": _("The file does not say who speaks."),
    "turns_without_speaker": _(
        "Turns that begin with a dash, of which the file does not say who speaks: %(n)s."
    ),
    "speakers_not_taken": _(
        "Words before a colon that were not taken for the name of a speaker (%(n)s): %(words)s."
    ),
    "answers_column_taken": _("The answers are those of the column ‘%(column)s’."),
    "answers_columns_left_out": _(
        "Other columns with words did not come along (%(n)s): %(columns)s. Add the file once more "
        "for each column you need."
    ),
    "sheets_left_out": _(
        "Only the first sheet was read. Other sheets with text or numbers (%(n)s): %(sheets)s."
    ),
    "respondents_by_row": _("No column says who answered: the number of the row does."),
    "deidentified": _("People were made unknown: %(n)s places were replaced."),
    "deidentified_own_rules": _(
        "The recogniser deduce was not there: only our own rules looked for people."
    ),
    "answers_empty": _("Rows without an answer were passed over: %(n)s."),
}


def notice_sentences(notices: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return each notice of a version as a sentence in the language of the page."""
    return [str(NOTICES[found["code"]]) % found for found in notices if found["code"] in NOTICES]


def told_shown(
    told: Iterable[Mapping[str, Any]], slug: str, seen: Container[str]
) -> list[dict[str, Any]]:
    """Return what became of files as a page shows it; ``seen`` are the sources one may open."""
    shown: list[dict[str, Any]] = []
    for answer in told:
        one: dict[str, Any] = {"file": answer["file"], "state": answer["state"]}
        if answer["state"] == "refused":
            message, context = answer["message"], answer["context"]
            one["refusal"] = Refusal(message, code=answer["code"], **context)
        elif answer["state"] == "added":
            one["notices"] = notice_sentences(answer["notices"])
            if answer["source"] in seen:
                one["address"] = reverse("sources:source", args=[slug, answer["source"]])
        else:
            one["title"] = answer["title"]
        shown.append(one)
    return shown


def choices_of(words: Words) -> list[tuple[str, str | Promise]]:
    """Return the choices of a field, in the order of their definition."""
    return list(words.items())
