"""Does a browser say of wrong answers what the server says of them, in both languages?"""

from typing import Any

from answering_pages import REFUSED_STYLE, begin, invited, survey_out
from tests.surveys.questionnaires import WRONG, wrongly_answered

from rodedraad.later import later_load
from rodedraad.surveys.engine.pool import answers_check

ERRORS = """([answers, language]) => {
    const survey = document.getElementById('rd-survey').survey;
    survey.locale = language;
    survey.data = answers;
    survey.currentPage.validate(true, false);
    return survey.getAllQuestions().flatMap(
        (question) => question.errors.map((error) => [question.name, error.getText()]));
}"""


def test_a_browser_and_the_server_say_the_same(live_site: Any, transactional_db: None) -> None:
    live_site.expected = (REFUSED_STYLE,)
    later_load()
    definition, answers = wrongly_answered(WRONG)
    page = live_site.open(invited(survey_out(definition)), timezone_id="Pacific/Honolulu")
    begin(page)
    for language in ("nl", "en"):
        told = [tuple(one) for one in page.evaluate(ERRORS, [answers, language])]
        checked = answers_check(definition, answers, language)
        assert told == [(one.question, one.text) for one in checked.errors]
        assert len(told) == len(WRONG)
