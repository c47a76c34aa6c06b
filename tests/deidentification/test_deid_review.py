"""Is every person found, known again in another text, decided on by people, and undone?"""

from collections.abc import Callable

import pytest
from deid_texts import NAMES
from django.db import connection

from rodedraad.accounts.models import AuditEvent, Person
from rodedraad.deidentification.finding import marks_find, pieces_of
from rodedraad.deidentification.making import names_left, text_make
from rodedraad.deidentification.models import Mark, Pseudonym, PseudonymName, Review
from rodedraad.deidentification.pseudonyms import names_lock_again, names_of
from rodedraad.deidentification.review import (
    mark_apart,
    mark_change,
    mark_decide,
    marks_add,
    marks_decide,
    person_link,
    step_undo,
)
from rodedraad.deidentification.staying import names_staying, staying_add
from rodedraad.errors import Refusal
from rodedraad.sources.actions import version_correct
from rodedraad.sources.models import Source
from rodedraad.studies.models import Study

Words = Callable[[Mark], str]


def states(review: Review) -> list[tuple[object, ...]]:
    rows = review.marks.values_list(
        "start", "end", "kind", "pseudonym__number", "decision", "replacement"
    )
    return list(rows)


def all_accepted(review: Review, person: Person) -> None:
    marks_decide(review, "accepted", person=person)


def test_the_rules_find_people_and_numbers_and_no_municipality(
    review: Review, words_of: Words
) -> None:
    found = {(mark.kind, words_of(mark)) for mark in review.marks.all()}
    assert ("person", "Jan de Vries") in found
    assert ("person", "El Amrani") in found
    assert ("telephone", "06-12345678") in found
    assert ("bsn", "111222333") in found
    assert ("email", "info@voorbeeld.test") in found
    assert not any("Urk" in words for _, words in found)


def test_a_mark_holds_places_and_no_words(review: Review) -> None:
    texts = [str(value) for row in review.marks.values_list() for value in row]
    assert not any(name in text for text in texts for name in NAMES)


def test_one_person_has_one_number_within_a_text_and_over_texts(
    review: Review, second: Source, words_of: Words
) -> None:
    first = {words_of(m): m.pseudonym.number for m in review.marks.filter(kind="person")}
    assert first["Jan de Vries"] == first["De Vries"] != first["El Amrani"]
    again = marks_find(second.versions.get())
    other = {words_of(m): m.pseudonym.number for m in again.marks.filter(kind="person")}
    assert other["Jan de Vries"] == first["Jan de Vries"]
    assert other["Bakker"] not in first.values()
    numbers = list(Pseudonym.objects.values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))


def test_looking_again_gives_the_same_numbers_and_keeps_what_was_decided(
    review: Review, lead: Person, source: Source
) -> None:
    mark = review.marks.filter(kind="telephone").get()
    mark_decide(review, mark.pk, mark.row_version, "rejected", person=lead)
    before = states(review)
    marks_find(source.versions.get())
    assert states(review) == before


def test_names_on_the_list_of_the_study_stay(
    study: Study, source: Source, lead: Person, words_of: Words
) -> None:
    assert {"Urk", "Zeewolde", "Rotterdam"} <= names_staying(study)
    assert (
        staying_add(study, "Jan de Vries\n\nWerkzaak\nJan de Vries", person=lead, origin="t") == 2
    )
    found = marks_find(source.versions.get())
    assert "Werkzaak" not in {words_of(mark) for mark in found.marks.all()}
    doubted = {words_of(mark) for mark in found.marks.filter(doubt="allowed_name")}
    assert doubted == {"Jan de Vries"}  # "ik ben" before it: a person after all, to be looked at


def test_two_people_do_not_write_over_each_other(
    review: Review, lead: Person, team: dict[str, Person]
) -> None:
    mark = review.marks.first()
    assert mark is not None
    mark_decide(review, mark.pk, mark.row_version, "accepted", person=lead)
    with pytest.raises(Refusal) as refused:
        mark_decide(review, mark.pk, mark.row_version, "rejected", person=team["named"])
    assert refused.value.code == "changed_by_other"
    mark.refresh_from_db()
    assert mark.decision == "accepted"


def test_every_step_can_be_undone(review: Review, lead: Person, words_of: Words) -> None:
    before, key = states(review), set(PseudonymName.objects.values_list("pseudonym__number"))
    amrani = next(mark for mark in review.marks.all() if words_of(mark) == "El Amrani")
    mark_change(
        review, amrani.pk, 1, kind="person", words="mevrouw El Amrani", replacement="de chef",
        person=lead,
    )  # fmt: skip
    number = review.marks.get(kind="person", start__lt=110, rule="introduction").pseudonym.number
    person_link(review, amrani.pseudonym.number, number, person=lead)
    mark_apart(review, amrani.pk, 3, person=lead)
    marks_decide(review, "accepted", kind="bsn", person=lead)
    marks_add(review, "Werkzaak", "person", person=lead)
    for _ in range(5):
        step_undo(review, person=lead)
    added = review.marks.filter(rule="person")
    assert [mark.decision for mark in added] == ["rejected"]
    assert [state for state in states(review) if state[4] != "rejected"] == before
    assert set(PseudonymName.objects.values_list("pseudonym__number")) == key
    with pytest.raises(Refusal) as refused:
        step_undo(review, person=lead)
    assert refused.value.code == "nothing_to_undo"


def test_undo_does_not_take_back_what_somebody_else_did_since(
    review: Review, lead: Person, team: dict[str, Person]
) -> None:
    mark = review.marks.first()
    assert mark is not None
    mark_decide(review, mark.pk, 1, "accepted", person=lead)
    mark_decide(review, mark.pk, 2, "rejected", person=team["named"])
    with pytest.raises(Refusal) as refused:
        step_undo(review, person=lead)
    assert refused.value.code == "changed_by_other"


def test_words_that_were_missed_are_marked_everywhere_and_stay_known(
    second: Source, talk: Callable[..., Source], lead: Person, words_of: Words
) -> None:
    review = marks_find(second.versions.get())
    assert "Blauwbaard" not in {words_of(mark) for mark in review.marks.all()}
    marks_add(review, "Blauwbaard", "person", person=lead)
    with pytest.raises(Refusal) as refused:
        marks_add(review, "Blauwbaard", "person", person=lead)
    assert refused.value.code == "mark_there"
    with pytest.raises(Refusal) as refused:
        marks_add(review, "Roodkapje", "person", person=lead)
    assert refused.value.code == "mark_not_found"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"words": "Interviewer"}, "mark_words_elsewhere"),
        ({"words": "De Vries, dat ben ik dus, mailt naar info"}, "mark_overlaps"),
        ({"replacement": "Vries junior"}, "replacement_names"),
        ({"kind": "hobby"}, "kind_unknown"),
    ],
)
def test_a_change_that_does_not_fit_is_refused(
    review: Review, lead: Person, words_of: Words, given: dict[str, str], code: str
) -> None:
    mark = next(mark for mark in review.marks.all() if words_of(mark) == "De Vries")
    asked = {"kind": "person", "words": "", "replacement": ""} | given
    with pytest.raises(Refusal) as refused:
        mark_change(review, mark.pk, 1, person=lead, **asked)
    assert refused.value.code == code


def test_no_text_is_made_while_places_are_open(review: Review, lead: Person) -> None:
    with pytest.raises(Refusal) as refused:
        text_make(review, person=lead, origin="test")
    assert refused.value.code == "marks_open"


def test_the_text_that_is_made_has_numbers_for_names_and_keeps_its_paragraphs(
    review: Review, lead: Person, source: Source
) -> None:
    all_accepted(review, lead)
    made = text_make(review, person=lead, origin="test")
    assert not any(name in made.text for name in NAMES)
    assert "gemeente Urk" in made.text
    assert "[BSN]" in made.text
    raw = source.versions.get(number=1)
    assert made.paragraphs.count() == raw.paragraphs.count()
    assert all(row.text == made.text[row.start : row.end] for row in made.paragraphs.all())
    kinds = list(raw.paragraphs.values_list("number", "kind"))
    assert list(made.paragraphs.values_list("number", "kind")) == kinds
    assert made.deidentified
    assert "rodedraad" in made.extractor
    source.refresh_from_db()
    assert source.confidentiality == "team"
    actions = set(AuditEvent.objects.values_list("action", flat=True))
    assert "deidentify_make" in actions


def test_who_speaks_is_replaced_in_the_margin_too(
    talk: Callable[..., Source], lead: Person
) -> None:
    said = "".join(f"Karin Smit: Zin {n}.\nPiet Bos: Goed.\n" for n in range(4))
    review = marks_find(talk(said, "Sprekers").versions.get())
    all_accepted(review, lead)
    made = text_make(review, person=lead, origin="test")
    labels = set(made.paragraphs.values_list("label", flat=True))
    assert len(labels) == 2
    assert all(label.startswith("[persoon ") for label in labels)


def test_words_of_the_reviewer_can_come_instead(
    review: Review, lead: Person, words_of: Words
) -> None:
    mark = next(mark for mark in review.marks.all() if words_of(mark) == "El Amrani")
    mark_change(
        review, mark.pk, 1, kind="person", words="", replacement="de directeur", person=lead
    )
    all_accepted(review, lead)
    assert "mevrouw [de directeur]. Zij" in text_make(review, person=lead, origin="t").text


def test_a_text_without_people_can_be_made_too(talk: Callable[..., Source], lead: Person) -> None:
    source = talk("Het regent.\nHet is koud.\n", "Weer")
    made = text_make(marks_find(source.versions.get()), person=lead, origin="test")
    assert made.deidentified
    assert made.text == source.versions.get(number=1).text


def test_a_corrected_text_is_about_people_again(
    review: Review, lead: Person, source: Source
) -> None:
    all_accepted(review, lead)
    text_make(review, person=lead, origin="test")
    version_correct(source, "Jan de Vries sprak.", person=lead, origin="test")
    source.refresh_from_db()
    assert source.confidentiality == "personal"


def test_names_in_the_facts_of_the_source_are_told(
    talk: Callable[..., Source], lead: Person
) -> None:
    source = talk(title="Gesprek met Jan de Vries")
    review = marks_find(source.versions.get())
    all_accepted(review, lead)
    text_make(review, person=lead, origin="test")
    assert names_left(review) == ["title", "file_name"]


def test_after_it_no_table_but_the_raw_text_holds_a_name(
    review: Review, second: Source, lead: Person, source: Source
) -> None:
    marks_add(review, "Werkzaak", "person", person=lead)
    all_accepted(review, lead)
    text_make(review, person=lead, origin="test")
    held = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT count(*) FROM "{table}" row WHERE row::text LIKE ANY(%s)',
                [[f"%{name}%" for name in NAMES]],
            )  # fmt: skip
            if n := cursor.fetchone()[0]:
                held[table] = n
        cursor.execute("SELECT count(*) FROM sources_paragraph p JOIN sources_sourceversion v "
            "ON v.id = p.version_id WHERE v.deidentified AND p.text LIKE ANY(%s)",
            [[f"%{name}%" for name in NAMES]],
        )  # fmt: skip
        assert cursor.fetchone()[0] == 0
    raw = {"sources_sourceversion", "sources_paragraph"}
    assert set(held) == raw
    assert held["sources_sourceversion"] == 2  # the raw versions of the two talks


def test_the_key_is_in_no_table_and_its_file_is_for_its_owner_alone(
    review: Review, home: object
) -> None:
    path = home / "pseudonym_key"  # type: ignore[operator]
    secret = path.read_text()
    assert path.stat().st_mode & 0o777 == 0o600
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT count(*) FROM "{table}" row WHERE row::text LIKE %s',
                [f"%{secret}%"],
            )  # fmt: skip
            assert cursor.fetchone()[0] == 0, table


def test_names_are_locked_with_a_newer_key_and_still_known(
    review: Review, second: Source, monkeypatch: pytest.MonkeyPatch, home: object, words_of: Words
) -> None:
    old = (home / "pseudonym_key").read_text()  # type: ignore[operator]
    number = next(m for m in review.marks.all() if words_of(m) == "Jan de Vries").pseudonym.number
    new = "n" * 40
    monkeypatch.setenv("RODEDRAAD_PSEUDONYM_KEY", f"{new},{old}")
    again = marks_find(second.versions.get())
    assert number in set(again.marks.values_list("pseudonym__number", flat=True))
    assert names_lock_again() > 0
    assert names_lock_again() == 0
    monkeypatch.setenv("RODEDRAAD_PSEUDONYM_KEY", new)
    assert "Jan de Vries" in names_of(Pseudonym.objects.get(number=number))
    monkeypatch.setenv("RODEDRAAD_PSEUDONYM_KEY", "x" * 40)
    with pytest.raises(Refusal) as refused:
        names_of(Pseudonym.objects.get(number=number))
    assert refused.value.code == "pseudonym_key_missing"


def test_a_name_moved_to_another_person_in_the_database_does_not_open(review: Review) -> None:
    first, other = Pseudonym.objects.order_by("number")[:2]
    PseudonymName.objects.filter(pseudonym=first).update(pseudonym=other)
    with pytest.raises(Refusal) as refused:
        names_of(other)
    assert refused.value.code == "pseudonym_damaged"


def test_a_long_text_is_cut_at_lines_and_nothing_is_lost() -> None:
    text = "Een regel.\n" * 500 + "x" * 3000
    pieces = list(pieces_of(text, 1000))
    assert "".join(words for _, words in pieces) == text
    assert all(text.startswith(words, start) for start, words in pieces)
    assert all(len(words) <= 1000 for _, words in pieces)
