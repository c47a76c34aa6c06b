"""From a document to the scores page and back to the words: does the whole way hold?"""

from django.urls import reverse

from rodedraad.scoring.score_actions import Given, score_give

WORDS = "leert van haar fouten"


def test_a_score_of_a_document_stands_on_the_scores_page_and_leads_to_its_words(
    browse, study, wave, plan, anna
):
    start = plan.versions.get().text.index(WORDS)
    given = Given(kind="rubric", construct="F5", raw=2, place=(start, start + len(WORDS)))
    score_give(anna, plan, given)
    assert browse.post(reverse("scoring:take_over", args=[study.slug])).status_code == 302
    assert browse.post(reverse("assessment:scores_work_out", args=[study.slug])).status_code == 302
    page = browse.get(reverse("assessment:score", args=[study.slug, "F5"]))
    assert "0,67" in page.text
    asked = {"meting": wave.label, "construct": "F5", "soort": "rubric", "over": "document"}
    rows = browse.get(reverse("assessment:evidence", args=[study.slug]), asked)
    assert WORDS in rows.text
    (row, *_rest) = rows.context["rows"][0]
    one = browse.get(reverse("assessment:row", args=[study.slug, row.pk]))
    reader = f"{reverse('coding:reader', args=[study.slug, plan.uuid])}?plek={start}"
    assert f'href="{reader}"' in one.text
    read = browse.get(reader)
    assert WORDS in read.text
