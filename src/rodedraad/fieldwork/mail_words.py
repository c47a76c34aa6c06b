"""Which fields may stand in a mail, are they written well, and how does the mail then read?"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from django.db import transaction
from django.db.models import Max

from rodedraad.accounts.audit import audit_record
from rodedraad.accounts.models import Person
from rodedraad.errors import Refusal
from rodedraad.fieldwork.mail_defaults import MAIL_DEFAULTS
from rodedraad.fieldwork.models import MailText
from rodedraad.fieldwork.models.mail import Step
from rodedraad.studies.models import Study

FIELDS = ("naam", "gemeente", "onderzoek", "link", "einddatum", "afzender", "afmelden")
PARTS = ("subject_nl", "body_nl", "subject_en", "body_en")
LONGEST_SUBJECT = 200
LONGEST_BODY = 10_000
FIELD = re.compile(r"\{([^{}\n]*)\}")
ADDRESS = re.compile(r"https?://[^\s<>\"]+")
WITH_LINK = (Step.INVITATION, Step.REMINDER)


@dataclass(frozen=True, slots=True, repr=False)
class Letter:
    """A mail as one person reads it."""

    subject: str
    text: str
    html: str


def mail_text_for(study: Study, step: str) -> MailText:
    """Return the text of a step now; ours, not kept yet, when the study has none."""
    newest = MailText.objects.filter(study=study, step=step).order_by("version").last()
    return newest or MailText(study=study, step=step, version=0, **MAIL_DEFAULTS[step])


@transaction.atomic
def mail_text_kept(study: Study, step: str) -> MailText:
    """Return the text of a step now, kept: ours becomes version 1."""
    Study.objects.select_for_update().get(pk=study.pk)
    text = mail_text_for(study, step)
    if text.pk is None:
        text.version = 1
        text.save()
    return text


@transaction.atomic
def mail_text_save(
    study: Study, step: str, words: Mapping[str, str], *, person: Person, origin: str
) -> MailText:
    """Keep other words for a step as its next version; the same words make no version.

    Raises
    ------
    Refusal
        When a field is not known, a brace stands alone, or a field that must be there is not.
    """
    if step not in MAIL_DEFAULTS:
        raise Refusal("There is no such mail.", code="mail_step_unknown")
    given = {part: words.get(part, "").strip().replace("\r\n", "\n") for part in PARTS}
    words_check(step, given)
    newest = mail_text_kept(study, step)
    if all(getattr(newest, part) == given[part] for part in PARTS):
        return newest
    last = MailText.objects.filter(study=study, step=step).aggregate(last=Max("version"))["last"]
    made = MailText.objects.create(study=study, step=step, version=last + 1, **given)
    audit_record(
        person=person,
        action="mail_text",
        object=f"study:{study.slug} {step} v{made.version}",
        origin=origin,
    )
    return made


def words_check(step: str, words: Mapping[str, str]) -> None:
    """Refuse words that cannot be sent: unknown fields, lone braces, or no link to follow."""
    if not words["subject_nl"] or not words["body_nl"]:
        raise Refusal("A mail has a subject and a text in Dutch.", code="mail_text_empty")
    if bool(words["subject_en"]) != bool(words["body_en"]):
        raise Refusal(
            "In English there is a subject without a text, or a text without a subject. Fill in "
            "both, or neither.",
            code="mail_english_half",
        )
    for part in PARTS:
        text_check(words[part], LONGEST_SUBJECT if part.startswith("s") else LONGEST_BODY)
        if part.startswith("subject") and ("\n" in words[part] or "{link}" in words[part]):
            raise Refusal("A subject is one line, without a link.", code="mail_subject_line")
    needed = ("link", "afmelden") if step in WITH_LINK else ("afmelden",)
    for part in ("body_nl", "body_en"):
        for field in needed:
            if words[part] and f"{{{field}}}" not in words[part]:
                raise Refusal(
                    f"The mail has no {{{field}}}. Put it on a line of its own.",
                    code="mail_field_missing",
                    field=f"{{{field}}}",
                )


def text_check(text: str, most: int = LONGEST_BODY) -> None:
    """Refuse a text with a field that is not known, with a brace alone, or that is too long."""
    if len(text) > most:
        raise Refusal(f"Use at most {most} characters.", code="mail_text_long", most=most)
    for field in FIELD.findall(text):
        if field not in FIELDS:
            raise Refusal(
                f"The field {{{field}}} is not known. Use one of: {', '.join(FIELDS)}.",
                code="mail_field_unknown",
                field=f"{{{field[:40]}}}",
                known=", ".join(f"{{{known}}}" for known in FIELDS),
            )
    rest = FIELD.sub("", text)
    if "{" in rest or "}" in rest:
        raise Refusal(
            "A brace stands alone. Write a field between { and }, on one line.",
            code="mail_brace_alone",
        )


def text_fill(text: str, values: Mapping[str, str]) -> str:
    """Return the text with its fields filled in; what is filled in is not read for fields."""
    return FIELD.sub(lambda found: values[found[1]], text)


def mail_fill(text: MailText, language: str, values: Mapping[str, str]) -> Letter:
    """Return the mail as somebody reads it, in English when there is any and they ask it."""
    english = language == "en" and bool(text.body_en)
    subject = text_fill(text.subject_en if english else text.subject_nl, values)
    body = text_fill(text.body_en if english else text.body_nl, values)
    plain = " ".join(subject.split())
    return Letter(plain, body, html_of(body, plain, "en" if english else "nl"))


def html_of(body: str, title: str, language: str) -> str:
    """Return a text as a plain page of HTML: paragraphs and links, and nothing hidden."""
    paragraphs = "".join(
        f"<p>{_linked(part)}</p>" for part in re.split(r"\n{2,}", body.strip()) if part
    )
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title></head><body>{paragraphs}</body></html>"
    )


def _linked(part: str) -> str:
    found = ADDRESS.split(part)
    links = [f'<a href="{escape(link)}">{escape(link)}</a>' for link in ADDRESS.findall(part)]
    pieces = [escape(found[0])]
    for link, after in zip(links, found[1:], strict=True):
        pieces += [link, escape(after)]
    return "".join(pieces).replace("\n", "<br>")
