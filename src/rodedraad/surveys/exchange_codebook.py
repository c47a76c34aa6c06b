"""What is in the codebook of a survey: every variable, its whole text, its codes, whom it asks?"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import typst
from django.utils import translation
from django.utils.translation import gettext as _

from rodedraad.exchange.survey_data.variables import Variable
from rodedraad.surveys.exchange_answers import Answers
from rodedraad.surveys.models import Survey

REGIONS = {"nl": "NL", "en": "GB"}
FRAME = Path(__file__).with_name("exchange_codebook.typ")


@dataclass(frozen=True, slots=True)
class Entry:
    """A variable as the codebook shows it; codes come with words."""

    variable: Variable
    measure: str
    codes: tuple[tuple[str, str], ...]
    missing: tuple[tuple[str, str], ...]


def codebook_of(answers: Answers) -> list[Entry]:
    """Return the entries of the codebook, in the order of the file."""
    words: Mapping[str, str] = {
        "nominal": _("nominal"), "ordinal": _("ordinal"), "scale": _("scale")
    }  # fmt: skip
    return [
        Entry(one, words[one.measure], _told(one.values), _told(one.missing))
        for one in answers.file.variables
    ]


def _told(codes: tuple[tuple[float, str], ...]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (str(int(code)) if float(code).is_integer() else str(code), text) for code, text in codes
    )


def codebook_pdf(survey: Survey, answers: Answers, language: str) -> bytes:
    """Return the codebook as PDF/UA-1; fonts are those that the compiler carries."""
    with translation.override(language):
        source = _source(answers, language)
    with TemporaryDirectory(prefix="rodedraad-") as folder:
        root = Path(folder)
        (root / FRAME.name).write_bytes(FRAME.read_bytes())
        main = root / "main.typ"
        main.write_text(source, encoding="utf-8")
        made = typst.compile(  # pyright: ignore[reportCallIssue] its types lag behind
            str(main), root=str(root), format="pdf", pdf_standards=["ua-1"],
            timestamp=int(survey.made_at.timestamp()), ignore_system_fonts=True,
        )  # fmt: skip
    return bytes(made)


def _source(answers: Answers, language: str) -> str:
    title = _("Codebook: %(title)s") % {"title": answers.file.title}
    settings = {
        "title": title, "language": language, "region": REGIONS[language],
        "page-words": _("Page"),
    }  # fmt: skip
    given = ", ".join(f"{name}: {_string(value)}" for name, value in settings.items())
    lines = [
        '#import "exchange_codebook.typ": codebook, entry',
        f"#show: codebook.with({given})",
        f"#heading(level: 1)[#{_string(title)}]",
        *(f"#par[#{_string(note)}]" for note in answers.file.notes),
        f"#par[#{_string(_('Responses: %(n)s. Variables: %(v)s.') % _sizes(answers))}]",
        *(_entry(one) for one in codebook_of(answers)),
    ]
    return "\n".join(lines)


def _sizes(answers: Answers) -> dict[str, int]:
    return {"n": answers.file.n_rows, "v": len(answers.file.variables)}


def _entry(one: Entry) -> str:
    codes = "".join(f"({_string(code)}, {_string(text)})," for code, text in one.codes)
    missing = "; ".join(f"{code} = {text}" for code, text in one.missing)
    words = {
        "name": one.variable.name, "label": one.variable.label, "measure": one.measure,
        "about": one.variable.about, "missing": missing, "code-word": _("Code"),
        "answer-word": _("Answer"), "missing-word": _("No answer:"),
    }  # fmt: skip
    given = ", ".join(f"{name}: {_string(value)}" for name, value in words.items())
    return f"#entry({given}, codes: ({codes}))"


def _string(text: str) -> str:
    """Return a text as Typst writes it, so that nothing in it can be read as Typst."""
    plain = "".join(one for one in text if one >= " " or one in "\n\t")
    escaped = plain.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
