"""How do answers leave as a file: which forms there are, and the line in the log?"""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile

import polars as pl
from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rodedraad.accounts.audit import audit_record
from rodedraad.accounts.models import Person
from rodedraad.errors import Refusal
from rodedraad.exchange.survey_data.ddi import Described, ddi_written
from rodedraad.exchange.survey_data.variables import Variable
from rodedraad.exchange.survey_data.writing import csv_write, parquet_write, sav_write
from rodedraad.jobs.kinds import Progress
from rodedraad.overviews.disclosure import LEAST
from rodedraad.surveys.exchange_answers import Answers, Wanted, answers_coded
from rodedraad.surveys.exchange_codebook import codebook_pdf
from rodedraad.surveys.models import Survey
from rodedraad.surveys.wording import MODES

ALL = "all"
LARGE = 5_000
"""From so many responses on, a file is made as long work."""
Make = Callable[[Survey, Answers, Wanted, Path], None]


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of file: its ending, its name for people, and what makes it."""

    ending: str
    title: str | Promise
    about: str | Promise
    make: Make
    has_answers: bool = True


def _sav(_survey: Survey, answers: Answers, _wanted: Wanted, path: Path) -> None:
    sav_write(answers.file, answers.frame, path)


def _csv_codes(_survey: Survey, answers: Answers, _wanted: Wanted, path: Path) -> None:
    csv_write(answers.file, answers.frame, path, labels=False)


def _csv_labels(_survey: Survey, answers: Answers, _wanted: Wanted, path: Path) -> None:
    csv_write(answers.file, answers.frame, path, labels=True)


def _parquet(_survey: Survey, answers: Answers, _wanted: Wanted, path: Path) -> None:
    parquet_write(answers.file, answers.frame, path)


def _ddi(survey: Survey, answers: Answers, wanted: Wanted, path: Path) -> None:
    counts = counts_told(answers)
    files = [f"{survey.slug}.sav"]
    about = described(survey, answers, wanted.language)
    path.write_bytes(ddi_written(answers.file, about, counts, files))


def _codebook(survey: Survey, answers: Answers, wanted: Wanted, path: Path) -> None:
    path.write_bytes(codebook_pdf(survey, answers, wanted.language))


def _all(survey: Survey, answers: Answers, wanted: Wanted, path: Path) -> None:
    """Put every other form in one ZIP, of one reading of the answers."""
    with TemporaryDirectory(dir=path.parent) as folder, ZipFile(path, "w", ZIP_DEFLATED) as whole:
        for key, form in FORMS.items():
            if key != ALL:
                part = Path(folder) / _name(survey, key)
                form.make(survey, answers, wanted, part)
                whole.write(part, part.name)
                part.unlink()


FORMS: Mapping[str, Form] = {
    "sav": Form(
        "sav", "SPSS (.sav)",
        gettext_lazy("Labels, values and reasons for missing answers; R and Stata read it too."),
        _sav,
    ),
    "csv-codes": Form("csv", gettext_lazy("CSV with codes"),
                      gettext_lazy("For any program; the codebook says what codes mean."),
                      _csv_codes),
    "csv-labels": Form("csv", gettext_lazy("CSV with words"),
                       gettext_lazy("The same, with the words of the answers."), _csv_labels),
    "parquet": Form("parquet", "Parquet", gettext_lazy("For R, Python and DuckDB; small and fast."),
                    _parquet),
    "ddi": Form("xml", "DDI-Codebook 2.5 (XML)",
                gettext_lazy("Describes study and variables for a data archive; no answers."),
                _ddi, has_answers=False),
    "codebook": Form("pdf", gettext_lazy("Codebook (PDF)"),
                     gettext_lazy("Every variable with its whole text and codes; no answers."),
                     _codebook, has_answers=False),
    ALL: Form("zip", gettext_lazy("All of these (ZIP)"),
              gettext_lazy("Everything at once, of the same moment: for a data archive."), _all),
}  # fmt: skip


def file_make(
    survey: Survey, form: str, wanted: Wanted, folder: Path, *, person: Person | None,
    origin: str, tell: Progress | None = None,
) -> Path:  # fmt: skip
    """Write the answers of a survey, or what describes them, and log it; lead and researchers may.

    Raises
    ------
    Refusal
        When there is no such form, or no complete response for a file with answers.
    """
    if form not in FORMS:
        raise Refusal(f"There is no form '{form}'.", code="survey_file_form")
    one = FORMS[form]
    answers = answers_coded(survey, wanted, tell)
    if one.has_answers and not answers.file.n_rows:
        raise Refusal("Nobody completed this survey yet.", code="survey_file_empty")
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / _name(survey, form)
    one.make(survey, answers, wanted, path)
    audit_record(
        person=person, action="survey_file", origin=origin,
        object=f"study:{survey.study.slug} {survey.slug} {form} case:{wanted.case} "
        f"role:{wanted.role} left_out:{wanted.left_out} n:{answers.file.n_rows}",
    )  # fmt: skip
    return path


def _name(survey: Survey, form: str) -> str:
    ending = FORMS[form].ending
    return f"{survey.slug}{'-' + form if ending == 'csv' else ''}.{ending}"


def counts_told(answers: Answers) -> dict[str, dict[float, int]]:
    """Return how many gave each answer, of variables where no count is of one to four people."""
    found: dict[str, dict[float, int]] = {}
    for one in answers.file.variables:
        if one.kind != "code" or not one.values or not answers.file.n_rows:
            continue
        counts = _counts(answers.frame[one.name], one)
        if all(n == 0 or n >= LEAST for n in counts.values()):
            found[one.name] = counts
    return found


def _counts(column: pl.Series, one: Variable) -> dict[float, int]:
    rows = column.drop_nulls().value_counts().rows()
    n_of = {float(code): int(n) for code, n in rows}
    return {code: n_of.get(float(code), 0) for code in one.labels}


def described(survey: Survey, answers: Answers, language: str) -> Described:
    """Return what the description says of the study; see ``exchange.survey_data.ddi``."""
    study = survey.study
    with translation.override(language):
        days = _days(survey)
        title = study.title_en if language == "en" and study.title_en else study.title_nl
        constructs = {one.group for one in answers.file.variables if one.group}
        return Described(
            identifier=f"{study.slug}/{survey.slug}",
            uuid=str(survey.uuid),
            address=settings.BASE_URL + reverse("surveys:survey", args=[study.slug, survey.slug]),
            agency="Rode Draad",
            language=language,
            makers=[title],
            made_on=timezone.localdate().isoformat(),
            version=answers.file.version or "0",
            abstract=_("Answers to the survey “%(survey)s” of the study “%(study)s”.")
            % {"survey": answers.file.title, "study": title},
            keywords=sorted(constructs) or [_("municipalities")],
            topics=[_("Government, political systems and organisations"), _("Social welfare")],
            nation=_("Netherlands"),
            unit=_("Individual"),
            universe=_("People in municipalities and their partners, in the roles %(roles)s.")
            % {"roles": ", ".join(survey.roles)},
            kind_of_data=_("Survey data"),
            time_method=_("Cross-section of the wave %(wave)s") % {"wave": survey.wave.label},
            collection_mode=_("Self-administered questionnaire: web-based"),
            sampling=_("Chosen cases; within a case all people of a role, or who were invited."),
            collected_from=days[0],
            collected_to=days[1],
            access=_("Only the team of the study, and whom its lead allows."),
            publisher="Rode Draad",
            other={_("Promise to respondents"): str(MODES[survey.mode])},
        )


def _days(survey: Survey) -> tuple[str, str]:
    """Between which days was answered: as the survey was open, never as single people answered."""
    today = timezone.localdate()
    opened: datetime.date = (survey.opens_at or survey.made_at).date()
    closed = survey.closes_at.date() if survey.closes_at else today
    return opened.isoformat(), min(max(closed, opened), max(today, opened)).isoformat()
