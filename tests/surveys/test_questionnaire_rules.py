"""Is a questionnaire compared, routed, marked, timed and shown plain as it should be?"""

import json
import re

import pytest
from django.http import QueryDict
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from rodedraad.errors import Refusal
from rodedraad.surveys.building import DONT_KNOW, NOT_APPLICABLE
from rodedraad.surveys.engine.guarding import answers_fault
from rodedraad.surveys.engine.pool import answers_check, engine_close, guard_derive
from rodedraad.surveys.questionnaire import editing
from rodedraad.surveys.questionnaire.allowed import definition_cleaned
from rodedraad.surveys.questionnaire.checking import faults_of
from rodedraad.surveys.questionnaire.comparing import versions_differ
from rodedraad.surveys.questionnaire.conditions import for_role, is_routed
from rodedraad.surveys.questionnaire.languages import language_behind, texts_marked
from rodedraad.surveys.questionnaire.minutes import minutes_expected
from rodedraad.surveys.questionnaire.plain import (
    answers_from_post,
    plain_form,
    plain_pages,
    plain_possible,
    plain_print,
)
from rodedraad.surveys.questionnaire.question_form import (
    FORMED,
    INPUTS,
    NEW,
    condition_given,
    element_given,
    element_new,
)
from rodedraad.surveys.questionnaire.routing import circles, routing_faults
from rodedraad.surveys.questionnaire.texts import INSIDE, TEXTS
from rodedraad.surveys.wording_changes import INPUTS as WORDS_OF_INPUTS
from rodedraad.surveys.wording_changes import PLACES, change_in_words

from .questionnaires import ANSWERS, SIMPLE


@pytest.fixture(scope="module", autouse=True)
def engine():
    yield
    engine_close()


def asks(*elements):
    return {"pages": [{"name": "p1", "elements": list(elements)}]}


def text(name, condition=""):
    return {"type": "text", "name": name} | ({"visibleIf": condition} if condition else {})


def posted_as_shown(definition, answers):
    """What a browser posts when nothing is touched after the fields were shown filled in."""
    posted = QueryDict(mutable=True)
    for page in plain_pages(definition, "nl", answers):
        for question in page.questions:
            chosen = [one.key for one in question.options if one.chosen]
            if question.options:
                posted.setlist(question.field, chosen)
            elif question.lines:
                for line in question.lines:
                    if line.options:
                        posted.setlist(line.field, [o.key for o in line.options if o.chosen])
                    else:
                        posted[line.field] = str(line.value)
            else:
                posted[question.field] = str(question.value)
            if question.other_field:
                posted[question.other_field] = question.other_value
    return posted


def test_answers_come_back_from_the_plain_fields_as_they_were():
    definition = asks(*SIMPLE)
    assert plain_possible(definition)
    got = answers_from_post(definition, posted_as_shown(definition, ANSWERS))
    assert got == ANSWERS
    assert {key: type(value) for key, value in got.items()} == {
        key: type(value) for key, value in ANSWERS.items()
    }
    assert answers_fault(guard_derive(definition), got) is None
    assert answers_check(definition, got).is_right


@pytest.mark.parametrize("value", [1, "1", "ja"])
def test_a_number_and_the_same_word_stay_apart(value):
    definition = asks(SIMPLE[4])
    got = answers_from_post(definition, posted_as_shown(definition, {"keuze": value}))
    assert got == {"keuze": value}
    assert type(got["keuze"]) is type(value)


def test_nothing_filled_in_is_no_answer():
    definition = asks(*SIMPLE)
    assert answers_from_post(definition, posted_as_shown(definition, {})) == {}


@given(st.dictionaries(st.from_regex(r"a\d{1,2}(-r\d|-other)?", fullmatch=True), st.text()))
def test_whatever_is_posted_gives_answers_or_a_fault_of_the_guard(posted):
    query = QueryDict(mutable=True)
    query.update(posted)
    assert set(answers_from_post(asks(*SIMPLE), query)) <= set(ANSWERS)


def test_words_in_a_field_for_a_number_are_refused_by_the_guard():
    definition = asks(SIMPLE[1])
    answers = answers_from_post(definition, QueryDict("a0=veel"))
    assert answers_fault(guard_derive(definition), answers) == "aantal"


def test_half_an_order_is_no_order():
    assert answers_from_post(asks(SIMPLE[9]), QueryDict("a0-r0=1&a0-r1=1&a0-r2=2")) == {}


def test_print_names_every_statement_and_says_who_is_asked():
    rows = [{"value": "F1.1", "text": "Een"}, {"value": "F1.2", "visibleIf": "{role} = 'U'"}]
    printed = plain_print(asks({"type": "matrix", "name": "F1", "rows": rows}), "nl")
    assert re.search(r"Een <span[^>]*>\(F1\.1\)", printed)
    assert "(F1.2; alleen als: {role} = &#x27;U&#x27;)" in printed


def test_every_field_of_the_plain_form_has_words_and_html_is_made_safe():
    html = plain_form(
        asks(*SIMPLE, {"type": "html", "name": "h", "html": "<b onclick='x()'>Let op</b>"}),
        "nl", {"naam": "<script>"},
    )  # fmt: skip
    assert "<b>Let op</b>" in html
    assert "onclick" not in html
    assert "<script>" not in html
    for field in ("a0", "a3", "a9-r0", "a10-r0"):
        assert f'for="{field}"' in html


def test_routing_makes_the_plain_form_impossible_and_the_role_can_be_worked_out():
    definition = asks(text("a", "{role} anyof ['U', 'D']"), text("b", "{role} = 'D'"), text("c"))
    assert not plain_possible(definition)
    workers = for_role(definition, "U")
    assert [one["name"] for one in workers["pages"][0]["elements"]] == ["a", "c"]
    assert plain_possible(workers)
    assert is_routed(for_role(asks(text("a"), text("b", "{a} = 1 and {role} = 'U'")), "U"))


def test_a_circle_of_conditions_is_found_and_a_chain_is_not():
    assert circles(asks(text("a", "{c} = 1"), text("b", "{a} = 1"), text("c", "{b} = 1")))
    assert circles(asks(text("a"), text("b", "{a} = 1"), text("c", "{b} = 1 and {a} = 2"))) == []
    paged = {"pages": [{"name": "p", "visibleIf": "{a} = 1", "elements": [text("a")]}]}
    assert circles(paged) == [("a",)]


def test_what_no_role_sees_is_found():
    row = {"value": "F1.2", "visibleIf": "{role} anyof ['R']"}
    matrix = {"type": "matrix", "name": "F1", "rows": [{"value": "F1.1"}, row], "columns": [1]}
    found = routing_faults(asks(text("a", "{role} = 'D'"), matrix), ["U"])
    assert {(one.kind, one.question, one.about) for one in found} == {
        ("nobody", "a", ()),
        ("row_nobody", "F1", ("F1.2",)),
    }
    assert routing_faults(asks(text("a", "{role} = 'D'")), ["U", "D"]) == []


def test_the_language_that_did_not_change_is_marked():
    before = asks({"type": "text", "name": "a", "title": {"default": "Een", "en": "One"}})
    after = asks({"type": "text", "name": "a", "title": {"default": "Eén", "en": "One"}})
    question = after["pages"][0]["elements"][0]
    marks = texts_marked(before, after, {}, "2026-01-01T10:00")
    assert language_behind(question, marks) == "en"
    english = asks({"type": "text", "name": "a", "title": {"default": "Eén", "en": "First"}})
    marks = texts_marked(after, english, marks, "2026-01-02T10:00")
    assert language_behind(question, marks) == "nl"
    both = asks({"type": "text", "name": "a", "title": {"default": "Twee", "en": "Two"}})
    assert language_behind(question, texts_marked(english, both, marks, "2026-01-03")) == ""
    assert texts_marked({"pages": []}, after, {}, "2026-01-01") == {}


def test_versions_differ_by_question_and_by_text():
    older = asks(
        {"type": "text", "name": "a", "title": {"default": "Een", "en": "One"}},
        text("b"), text("c"), text("d"),
    )  # fmt: skip
    newer = asks(
        text("d"),
        {"type": "text", "name": "a", "title": {"default": "Eén", "en": "One"}, "isRequired": True},
        text("b"), text("e"),
    )  # fmt: skip
    found = [
        (one.question, one.kind, one.where + one.language) for one in versions_differ(older, newer)
    ]
    assert found == [
        ("d", "moved", ""),
        ("a", "text", "titlenl"),
        ("a", "other", "isRequired"),
        ("e", "added", ""),
        ("c", "removed", ""),
    ]
    assert versions_differ(older, json.loads(json.dumps(older))) == []


def test_what_differs_is_said_in_words():
    rows = [{"value": "F1.1"}, {"value": "F1.2", "visibleIf": "{role} = 'U'"}]
    older = asks({"type": "matrix", "name": "F1", "rows": rows, "isRequired": True})
    newer = asks({"type": "matrix", "name": "F1", "rows": rows[:1], "isRequired": False})
    with translation.override("nl"):
        found = [(one.before, one.after) for one in versions_differ(older, newer)]
    assert found == [("F1.1, F1.2 ({role} = 'U')", "F1.1"), ("ja", "nee")]


@pytest.mark.parametrize(
    ("older", "newer", "said"),
    [
        (
            {"type": "radiogroup", "choices": ["a", {"value": "b"}]},
            {"type": "radiogroup", "choices": ["a", {"value": "b", "missing": "dont_know"}]},
            [("antwoord b, telt als geen antwoord", "", "Weet ik niet")],
        ),
        (
            {"type": "checkbox", "choices": [{"value": "a", "enableIf": "{x} = 1"}]},
            {"type": "checkbox", "choices": ["a"]},
            [("antwoord a, te kiezen als", "{x} = 1", "")],
        ),
        (
            {"type": "matrixdropdown", "columns": [{"name": "k", "cellType": "text"}]},
            {"type": "matrixdropdown", "columns": [{"name": "k", "cellType": "comment"}]},
            [("kolom k, soort vak", "een korte tekst, getal of datum", "een lange tekst")],
        ),
        (
            {"type": "paneldynamic", "templateElements": [
                {"type": "radiogroup", "name": "t", "choices": ["a", {"value": "b/c"}]}]},
            {"type": "paneldynamic", "templateElements": [
                {"type": "radiogroup", "name": "t",
                 "choices": ["a", {"value": "b/c", "isExclusive": True}]}]},
            [("vraag erin t, antwoord b/c, alleen als enige", "", "ja")],
        ),
        (
            {"type": "matrix", "rows": [{"value": "ja/nee", "text": "Een"}]},
            {"type": "matrix", "rows": [{"value": "ja/nee", "text": "Twee"}]},
            [("stelling ja/nee, Nederlands", "Een", "Twee")],
        ),
        (
            {"type": "radiogroup", "choices": [{"value": "a", "enableIf": "{x} = 1"}]},
            {"type": "radiogroup", "choices": [{"value": "a", "enableIf": "{x} = 2"}, "b"]},
            [("antwoorden", "a", "a, b"), ("antwoord a, te kiezen als", "{x} = 1", "{x} = 2")],
        ),
        (
            {"type": "rating", "rateMax": 5, "minRateDescription": "laag"},
            {"type": "rating", "rateMax": 10, "minRateDescription": "weinig"},
            [("wat het laagste betekent, Nederlands", "laag", "weinig"), ("hoogste", "5", "10")],
        ),
        ({"type": "radiogroup", "choices": [1]}, {"type": "radiogroup", "choices": ["1"]},
         [("antwoorden", '[1]', '["1"]')]),
        ({"type": "radiogroup", "choices": ["a"]},
         {"type": "radiogroup", "choices": [{"value": "a"}]}, []),
        ({"type": "text", "inputType": "date"}, {"type": "text", "inputType": "number"},
         [("wat mensen typen", "datum", "een getal")]),
    ],
)  # fmt: skip
def test_a_difference_never_reads_the_same_before_and_after(older, newer, said):
    found = versions_differ(asks({"name": "v", **older}), asks({"name": "v", **newer}))
    with translation.override("nl"):
        words = [change_in_words(one, newer["type"]) for one in found]
    assert [(place, one.before, one.after) for place, one in words] == said


def test_all_that_the_form_of_a_question_sets_has_words_on_the_page_of_differences():
    posted = QueryDict(mutable=True)
    posted.update(
        {f"{key}_{language}": "x" for language in ("nl", "en") for key in (
            "title", "description", "html", "labelTrue", "labelFalse", "minRateDescription",
            "maxRateDescription", "rows_0", "columns_0", "choices_0")}
    )  # fmt: skip
    posted.update({f"{part}_0_value": "a" for part in ("rows", "columns", "choices")})
    posted.update(dict.fromkeys(("rows_n", "columns_n", "choices_n", "rateMin", "rateMax"), "1"))
    posted.update(dict.fromkeys(("maxLength", "min", "max"), "2"))
    ticked = ("required", "other", "every_row", "rows_0_reversed", DONT_KNOW, NOT_APPLICABLE)
    posted.update(dict.fromkeys(ticked, "on"))
    posted.update({"inputType": "date", "visibleIf": "{a} = 1", "rows_0_if": "{a} = 1"})
    made = [element_given(element_new(kind, "v"), posted) for kind in sorted(FORMED)]
    made += [element_new(kind, "v") for kind in NEW]
    for one in made[:]:
        made += [line for part in INSIDE for line in one.get(part) or () if isinstance(line, dict)]
    keys = {key for one in made for key in one} - {"name"}
    assert {"eachRowRequired", "reversed", "isExclusive", "labelTrue", "maxRowCount"} <= keys
    of_a_survey = {"completedHtml", "pagePrevText", "pageNextText", "completeText"}
    assert (keys | {"construct"} | (TEXTS - of_a_survey)) - set(PLACES) == set()
    assert set(INPUTS) == set(WORDS_OF_INPUTS)


def test_more_to_read_and_more_to_answer_take_longer():
    matrix = {"type": "matrix", "name": "m", "rows": ["a"] * 20, "columns": [1, 2]}
    assert minutes_expected(asks(text("a"))) == 1
    assert minutes_expected(asks(matrix)) == 1
    assert minutes_expected(asks(matrix, {**matrix, "name": "n"})) == 2
    assert minutes_expected(asks(text("a", "{role} = 'D'")), "U") == 0


@pytest.mark.parametrize(
    ("element", "code"),
    [
        ({"type": "dropdown", "name": "a", "choicesByUrl": {"url": "//x"}},
         "survey_property_forbidden"),
        ({"type": "text", "name": "a", "renderAs": "mine"}, "survey_property_forbidden"),
        ({"type": "text", "name": "a", "onclick": "x()"}, "survey_property_unknown"),
        ({"type": "mine", "name": "a"}, "survey_type_unknown"),
        ({"type": "text", "name": "a{b}"}, "survey_name"),
        ({"type": "text", "name": ""}, "survey_name"),
        ({"type": "imagepicker", "name": "a",
          "choices": [{"value": 1, "text": "https://x.test/a.png"}]}, "survey_picture"),
        ({"type": "signaturepad", "name": "a"}, "survey_by_hand"),
        ({"type": "text", "name": "a", "visibleIf": "mine({b}) = 1"}, "survey_function"),
        ({"type": "text", "name": "a", "title": "x" * 20_001}, "survey_text_too_long"),
    ],
)  # fmt: skip
def test_what_may_not_be_in_a_questionnaire_is_refused(element, code):
    with pytest.raises(Refusal) as refused:
        definition_cleaned(asks(element))
    assert refused.value.code == code


def test_what_survey_core_has_itself_may_be_used():
    definition = asks(*SIMPLE, text("z", "iif({naam} = 'x (y)', 1, 2) = 1 and today() > {dag}"))
    assert definition_cleaned(definition) == definition


def test_tags_in_a_text_go_and_html_stays_safe():
    cleaned = definition_cleaned(
        asks({"type": "text", "name": "a", "title": "<img src=x onerror=y>Een < twee"},
             {"type": "html", "name": "h", "html": "<b>x</b><script>y</script>"})
    )  # fmt: skip
    first, second = cleaned["pages"][0]["elements"]
    assert first["title"] == "Een < twee"
    assert second["html"] == "<b>x</b>"


def test_too_many_questions_or_too_deep_is_refused():
    with pytest.raises(Refusal, match="at most"):
        definition_cleaned(asks(*(text(f"q{n}") for n in range(501))))
    deep = text("in")
    for n in range(20):
        deep = {"type": "panel", "name": f"p{n}", "elements": [deep]}
    with pytest.raises(Refusal, match="too deep"):
        definition_cleaned(asks(deep))


def test_questions_move_from_page_to_page_and_conditions_follow_a_new_name():
    definition = {
        "pages": [
            {"name": "p1", "elements": [text("a"), text("b", "{a} = 1 or {a.x} = 2 or {ab} = 3")]},
            {"name": "p2", "elements": [text("c")]},
        ]
    }
    moved = editing.element_move(definition, "b", 1)
    assert [[e["name"] for e in page["elements"]] for page in moved["pages"]] == [["a"], ["b", "c"]]
    assert editing.element_move(moved, "b", -1) == definition
    assert editing.element_move(definition, "a", -1) == definition
    renamed = editing.element_change(definition, "a", text("nieuw"))
    assert renamed["pages"][0]["elements"][1]["visibleIf"] == (
        "{nieuw} = 1 or {nieuw.x} = 2 or {ab} = 3"
    )
    placed = editing.element_place(definition, "c", "p1", 1)
    assert [e["name"] for e in placed["pages"][0]["elements"]] == ["a", "c", "b"]
    with pytest.raises(Refusal, match="already"):
        editing.element_change(definition, "a", text("c"))


@pytest.mark.parametrize(
    ("posted", "condition"),
    [
        ("if_question=a&if_how=%3D&if_value=ja", "{a} = 'ja'"),
        ("if_question=a&if_how=%3E%3D&if_value=3", "{a} >= 3"),
        ("if_question=role&if_how=anyof&if_value=U, D", "{role} anyof ['U', 'D']"),
        ("if_question=a&if_how=notempty&if_value=x", "{a} notempty"),
        ("if_question=a&if_how=%3D&if_value=it's", "{a} = 'its'"),
        ("if_question=&visibleIf= {b} = 1 ", "{b} = 1"),
    ],
)
def test_a_condition_is_built_from_three_fields(posted, condition):
    assert condition_given(QueryDict(posted)) == condition


def test_a_condition_on_a_statement_whose_code_has_a_dot_works_and_is_no_fault():
    definition = asks(SIMPLE[11], text("z", "{F1.F1.1} <= 2"))
    for value, is_shown in ((2, True), (3, False), ("dk", False)):
        shown = answers_check(definition, {"F1": {"F1.1": value}}).shown
        assert ("z" in shown) is is_shown
    assert [one for one in faults_of(definition, []) if one.is_error] == []
    unknown = asks(SIMPLE[11], text("z", "{F1.F1.9} <= 2"))
    assert [one.question for one in faults_of(unknown, []) if one.is_error] == ["z"]
