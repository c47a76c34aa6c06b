"""Is the description of a survey valid DDI-Codebook 2.5, whatever its questions and its promise?"""

from itertools import product
from typing import Any

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.exchange.ddi_schema import faults
from tests.exchange.test_ddi import ABOUT, TEXTS
from tests.surveys.answered import ITEMS, answered, cases_make, framework_fill, version_out
from tests.surveys.questionnaires import ANSWERS, OTHER_KINDS, SIMPLE

from rodedraad.exchange.survey_data.ddi import ddi_written
from rodedraad.exchange.survey_data.variables import DataFile
from rodedraad.surveys import exchange_answers
from rodedraad.surveys.exchange_answers import COARSENINGS, MARKED, WITHOUT, Wanted
from rodedraad.surveys.exchange_files import file_make
from rodedraad.surveys.exchange_marks import MARKS
from rodedraad.surveys.exchange_variables import coded_of
from rodedraad.surveys.models import OwnQuestion, Survey, SurveyWeights
from rodedraad.surveys.results.columns import columns_of


@pytest.fixture(autouse=True)
def no_country(monkeypatch):
    """Whether weights are stale asks the figures of all municipalities, which are not here."""
    monkeypatch.setattr(exchange_answers, "weights_stale", lambda _weights, _now: True)


@pytest.fixture
def filled(survey):
    return fill(survey, Survey.Mode.CONFIDENTIAL)


def fill(survey: Survey, mode: str) -> Survey:
    """Every type of question, a question of a case, two versions, a weight, and six people."""
    framework_fill(survey.wave, ITEMS)
    survey.roles, survey.mode = ["D", "U"], mode
    survey.save(update_fields=["roles", "mode"])
    one, two = cases_make(survey.wave, "GM0001", "GM0002")
    element = {"type": "text", "name": "x", "title": "Wie & wat <hier>?"}
    OwnQuestion.objects.create(survey=survey, case=two, order=1, element=element)
    versions = [
        version_out(survey, ["D", "U"]),
        version_out(survey, ["D", "U"], {"pages": [{"elements": [*SIMPLE, *OTHER_KINDS]}]}),
    ]
    for number in range(6):
        answered(
            versions[number % 2], one if number < 5 else two, "U", f"P{number}",
            ANSWERS | {"naam": "Zoë\x0b & co", "keuze": f"\x0bnieuw{number}", "eigen1": "wij"},
        )  # fmt: skip
    SurveyWeights.objects.create(
        survey=survey, parameters={}, fingerprint="0" * 64,
        result={"by_case": {"GM0001": 0.5, "GM0002": 2.5}, "design_effect": 1.25},
    )  # fmt: skip
    return survey


def faults_of(survey: Survey, folder, **wanted: Any) -> list[str]:
    path = file_make(survey, "ddi", Wanted(**wanted), folder, person=None, origin="test")
    return faults(path.read_bytes())


@pytest.mark.parametrize(("mode", "language"), list(product(Survey.Mode, ("nl", "en"))))
def test_every_type_of_question_in_every_mode_and_language(survey, tmp_path, mode, language):
    assert faults_of(fill(survey, mode), tmp_path, language=language) == []


@pytest.mark.parametrize("coarse", COARSENINGS)
def test_every_choice_of_what_stands_beside_the_answers(filled, tmp_path, coarse):
    for left_out, marks in product((MARKED, WITHOUT), ((), *((one,) for one in MARKS), MARKS)):
        wanted = {"case": coarse, "role": coarse, "left_out": left_out, "marks": marks}
        assert faults_of(filled, tmp_path, **wanted) == [], wanted


def test_a_survey_without_answers_title_or_questions(survey, tmp_path):
    """The description is there before anyone answered."""
    Survey.objects.filter(pk=survey.pk).update(title_nl="", title_en="", roles=[])
    survey.refresh_from_db()
    for language in ("nl", "en"):
        assert faults_of(survey, tmp_path, language=language) == []
    version_out(survey, [], {"elements": [{"type": "html", "name": "x", "html": "<p>"}]})
    assert faults_of(survey, tmp_path) == []


def test_a_simulated_study_says_so_in_a_valid_description(filled, tmp_path):
    filled.study.simulated = True
    filled.study.save()
    assert faults_of(filled, tmp_path) == []


WORDS = TEXTS.map(lambda text: "".join(one for one in text if not "\ud800" <= one <= "\udfff"))
TEXT = st.fixed_dictionaries({"default": WORDS}, optional={"en": WORDS, "tr": WORDS})
VALUES = st.integers(-9, 20) | WORDS.filter(bool)
CHOICES = st.lists(
    VALUES
    | st.fixed_dictionaries(
        {"value": VALUES},
        optional={"text": TEXT, "missing": st.sampled_from(["dont_know", "not_applicable"])},
    ),
    min_size=1, max_size=4,
    unique_by=lambda one: str(one["value"] if isinstance(one, dict) else one),
)  # fmt: skip
ROWS = st.lists(st.fixed_dictionaries({"value": WORDS.filter(bool), "text": TEXT}), max_size=3)
PARTS = st.lists(st.fixed_dictionaries({"name": WORDS.filter(bool), "title": TEXT}), max_size=3)
INSIDE: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "text": {"inputType": st.sampled_from(["text", "number", "date", "email", "range"])},
    "comment": {}, "boolean": {}, "rating": {"rateMax": st.integers(2, 10)}, "file": {},
    "radiogroup": {"choices": CHOICES}, "dropdown": {"choices": CHOICES},
    "checkbox": {"choices": CHOICES}, "tagbox": {"choices": CHOICES},
    "ranking": {"choices": CHOICES}, "multipletext": {"items": PARTS},
    "matrix": {"columns": CHOICES, "rows": ROWS}, "matrixdynamic": {"columns": PARTS},
    "html": {}, "slider": {}, "paneldynamic": {"templateElements": st.just([])},
}  # fmt: skip
ELEMENTS = st.one_of(
    st.fixed_dictionaries(
        {"type": st.just(kind), "name": WORDS.filter(bool), "title": TEXT} | inside,
        optional={"visibleIf": st.sampled_from(["{role} = 'D'", "{a} > 1"])},
    )
    for kind, inside in INSIDE.items()
)
DEFINITIONS = st.lists(ELEMENTS, max_size=5, unique_by=lambda one: one["name"])


@settings(max_examples=150, deadline=None)
@given(DEFINITIONS, st.sampled_from(["nl", "en"]))
def test_whatever_the_questions_are(elements, language):
    with override(language):
        coded = coded_of(columns_of({"elements": elements}), language, ("weight",))
    variables = tuple(one for column in coded for one in column.variables)
    counts = {one.name: dict.fromkeys(one.labels, 7) for one in variables}
    assert faults(ddi_written(DataFile("T", "1", (), variables, 9), ABOUT, counts, ["a"])) == []
