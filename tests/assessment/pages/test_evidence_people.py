"""What one person said: who may see it, that reading is logged, and how a file brings it in."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from pages.conftest import Reader
from rodedraad.accounts.models import AuditEvent
from rodedraad.assessment.evidence import RubricFact, answer_rows_write, rubric_rows_write
from rodedraad.assessment.evidence.facts import AnswerFact
from rodedraad.assessment.models import Evidence
from rodedraad.studies.models import Case, Item, Study, TeamMember, Wave

ADD = "bewijs/inlezen/"


@pytest.fixture
def wave(study: Study) -> Wave:
    """Return the wave of 2016, with an answer, a score of an interview and one of a document."""
    found = study.waves.get(label="2016")
    case = Case.objects.filter(study=study).order_by("unit_code")[0].unit_code
    item = items(found)[0]
    answer_rows_write(
        found,
        [AnswerFact(case=case, item=item.code, role=item.roles[0], respondent="R017", raw=None,
                    missing="dont_know", source="enquete", source_id="17")],
    )  # fmt: skip
    score = {"case": case, "construct": item.construct.code, "source": "bronnen"}
    rubric_rows_write(
        found,
        [
            RubricFact(source_type="interview", raw=2, role="D", respondent="R018",
                       source_id="i1", **score),
            RubricFact(source_type="document", raw=3, source_id="d1", **score),
        ],
    )  # fmt: skip
    return found


def items(wave: Wave) -> list[Item]:
    """Return the items of the wave."""
    return list(
        Item.objects.filter(construct__framework=wave.framework).select_related("construct")
    )


def row_of(wave: Wave, kind: str, respondent: str | None = None) -> Evidence:
    """Return the only row of this kind and respondent."""
    return Evidence.objects.get(wave=wave, kind=kind, respondent=respondent)


def posted(reader: Reader, data: dict[str, object]) -> object:
    """Send the form of the page that brings a file in."""
    return reader.client.post(reader.root + ADD, data)


def file_of(wave: Wave, *answers: str) -> SimpleUploadedFile:
    """Return a file with a respondent on each row and the first item of the wave."""
    case = Case.objects.filter(study=wave.study).order_by("unit_code")[0].unit_code
    item = items(wave)[0]
    lines = [f"{case},{item.roles[0]},R{i},{raw}" for i, raw in enumerate(answers, start=1)]
    text = "\n".join([f"case,role,respondent,{item.code}", *lines])
    return SimpleUploadedFile("antwoorden.csv", text.encode())


def test_a_researcher_sees_role_pseudonym_and_reason_and_reading_is_logged(
    wave: Wave, researcher: Reader
) -> None:
    text = researcher.text("bewijs/?soort=answer")
    assert "R017" in text
    assert "weet niet" in text
    row = row_of(wave, "answer", "R017")
    assert "R017" in researcher.text(f"bewijs/{row.pk}/")
    read = AuditEvent.objects.filter(action="answers_read", person=researcher.person)
    assert [event.object for event in read.order_by("pk")] == [
        f"study:{wave.study.slug} row {row.pk}"
    ] * 2


def test_rows_that_tell_of_no_person_are_read_without_a_line_in_the_log(
    wave: Wave, researcher: Reader
) -> None:
    researcher.text("bewijs/?soort=tie")
    researcher.text(f"bewijs/{row_of(wave, 'rubric').pk}/")
    assert not AuditEvent.objects.filter(action="answers_read").exists()


@pytest.mark.parametrize("role", [TeamMember.Role.CLIENT, TeamMember.Role.PRIVACY_OFFICER])
def test_other_roles_see_no_row_of_a_person_and_are_told_so(wave: Wave, role: str) -> None:
    reader = Reader(wave.study, "lezer", role)
    text = reader.text("bewijs/?meting=2016&soort=rubric")
    assert "R018" not in text
    assert "ziet u met uw rol niet" in text
    assert reader.get("bewijs/?meting=2016&soort=rubric").context["page"].n == 1
    assert reader.get("bewijs/?soort=answer").context["page"].n == 0
    for row in (row_of(wave, "answer", "R017"), row_of(wave, "rubric", "R018")):
        assert reader.get(f"bewijs/{row.pk}/").status_code == 404
    assert reader.get(f"bewijs/{row_of(wave, 'rubric').pk}/").status_code == 200
    assert ADD not in reader.get("bewijs/").content.decode()
    for path in (ADD, "bewijs/sjabloon-feiten.csv"):
        assert reader.get(path).status_code == 404


def test_a_file_is_checked_first_and_added_when_the_person_says_so(
    wave: Wave, researcher: Reader
) -> None:
    before = Evidence.objects.count()
    sent = {"wave": wave.pk, "source": "Enquête 2016", "file": file_of(wave, "4", "n.v.t.")}
    checked = posted(researcher, sent)
    assert checked.context["checked"].new == 2
    assert Evidence.objects.count() == before
    key = re.search(r'name="key" value="([^"]+)"', checked.content.decode())[1]

    other = Reader(wave.study, "ander", TeamMember.Role.RESEARCHER)
    assert posted(other, {"key": key, "wave": wave.pk}).status_code == 302
    assert Evidence.objects.count() == before

    done = posted(researcher, {"key": key, "wave": wave.pk})
    assert done.status_code == 302
    assert done["Location"].endswith("bewijs/?meting=2016&soort=answer")
    assert Evidence.objects.filter(source="Enquête 2016").count() == 2
    event = AuditEvent.objects.get(action="evidence_added")
    assert event.person == researcher.person
    assert event.object.startswith(f"study:{wave.study.slug} 2 rows file ")

    posted(researcher, {"key": key, "wave": wave.pk})
    assert Evidence.objects.count() == before + 2
    sent["file"] = file_of(wave, "4", "n.v.t.")
    again = posted(researcher, sent)
    assert (again.context["checked"].new, "key" in again.context) == (0, False)


def test_a_wrong_file_shows_row_column_and_cure_and_the_form_again(
    wave: Wave, researcher: Reader
) -> None:
    answer = posted(
        researcher, {"wave": wave.pk, "source": "s", "file": file_of(wave, "4", "veel")}
    )
    text = answer.content.decode()
    assert [(f.row, f.code) for f in answer.context["faults"]] == [(3, "missing_unknown")]
    assert "is geen antwoord" in text
    assert 'name="file"' in text
    assert not Evidence.objects.filter(source="s").exists()


def test_a_wave_of_another_study_and_a_key_of_nothing_are_refused(
    wave: Wave, researcher: Reader
) -> None:
    other = Study.objects.create(
        slug="ander", title_nl="", title_en="", template_key="", template_version="", template={}
    )
    theirs = Wave.objects.create(
        study=other, label="x", reference_date=wave.reference_date, framework=wave.framework
    )
    assert posted(researcher, {"key": "x", "wave": theirs.pk}).status_code == 404
    assert posted(researcher, {"key": "x", "wave": "²"}).status_code == 404
    answer = posted(researcher, {"wave": theirs.pk, "file": file_of(wave, "4")})
    assert "wave" in answer.context["form"].errors


@pytest.mark.parametrize("form", ["feiten", "respondenten"])
def test_a_template_is_a_csv_that_the_page_takes(wave: Wave, researcher: Reader, form: str) -> None:
    answer = researcher.get(f"bewijs/sjabloon-{form}.csv")
    sent = SimpleUploadedFile("sjabloon.csv", answer.content)
    newest = wave.study.waves.latest("reference_date")
    checked = posted(researcher, {"wave": newest.pk, "file": sent})
    assert checked.context["checked"].new > 0


def test_text_that_a_spreadsheet_would_run_is_no_formula_in_the_download(
    wave: Wave, researcher: Reader
) -> None:
    case = Case.objects.filter(study=wave.study)[0].unit_code
    score = RubricFact(case=case, construct=items(wave)[0].construct.code, raw=1,
                       source_type="document", source="=1+1", source_id="@d2")  # fmt: skip
    rubric_rows_write(wave, [score])
    answer = researcher.get("bewijs.csv?soort=rubric")
    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert [line for line in lines if "'=1+1" in line and "'@d2" in line]
    assert not [line for line in lines if ",=1+1" in line]
