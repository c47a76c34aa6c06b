"""Is one person one number, and are two persons two?"""

import pytest

from rodedraad.methods.deidentify import (
    DeidentificationRefused,
    Person,
    PersonName,
    Pseudonyms,
    Span,
    pseudonyms_assign,
    recognise,
    replace_spans,
)


def assigned(text: str, *, known: tuple[Person, ...] = (), scope: str = "1") -> Pseudonyms:
    return pseudonyms_assign(recognise(text), known=known, scope=scope)


def test_full_name_form_of_address_and_surname_are_one_person():
    text = (
        "Jan de Vries kwam. Dhr. De Vries belde. Volgens meneer de Vries niet. "
        "Ik sprak J. de Vries."
    )
    result = assigned(text)
    assert result.numbers == (1, 1, 1, 1)
    assert result.questions == ()


def test_the_order_in_the_text_does_not_matter():
    result = assigned("Meneer De Vries belde. Later kwam Jan de Vries zelf.")
    assert result.numbers == (1, 1)


def test_a_man_and_a_woman_of_one_surname_are_two():
    result = assigned("Meneer De Vries en mevrouw De Vries kwamen. Jan de Vries zweeg.")
    assert result.numbers == (1, 2, 1)


def test_a_name_that_can_be_two_people_is_kept_apart_and_asked():
    result = assigned("Jan Bakker en Piet Bakker kwamen. Daarna sprak ik meneer Bakker.")
    assert result.numbers == (1, 2, 3)
    assert [(q.number, q.perhaps) for q in result.questions] == [(3, (1, 2))]


def test_a_full_name_is_the_same_person_in_another_text():
    first = assigned("Mijn naam is Karin Bakker.")
    second = assigned("Ik sprak Karin Bakker.", known=first.persons, scope="2")
    assert second.numbers == (1,)


def test_a_surname_alone_in_another_text_is_kept_apart_and_asked():
    first = assigned("Mijn naam is Karin Bakker.")
    second = assigned("Ik sprak mevrouw Bakker.", known=first.persons, scope="2")
    assert second.numbers == (2,)
    assert [(q.number, q.perhaps) for q in second.questions] == [(2, (1,))]


def test_the_same_text_again_gives_the_same_numbers_and_key():
    text = "Jan Bakker en Piet Bakker kwamen met Anja. Daarna sprak ik meneer Bakker."
    first = assigned(text)
    again = assigned(text, known=first.persons)
    assert (again.numbers, again.persons) == (first.numbers, first.persons)


def test_a_name_in_capitals_is_the_same_person():
    assert assigned("KEES DE BOER: Ja.\nAnja: Kees de Boer kwam.").numbers == (1, 2, 1)


def test_particles_may_be_shortened():
    result = assigned("Anja van der Meer kwam. Mevrouw v.d. Meer bleef.")
    assert result.numbers == (1, 1)


def test_only_names_get_a_number_and_it_stands_in_the_text():
    text = "Karin Bakker, 06-12345678."
    spans = recognise(text)
    numbers = pseudonyms_assign(spans, scope="1").numbers
    assert numbers == (1, None)
    assert replace_spans(text, spans, numbers).text == "[persoon 1], [telefoonnummer]."


def test_two_known_persons_with_one_number_are_refused():
    person = Person(1, (PersonName("Jan Bakker", "1"),))
    span = Span("person", 0, 3, "Jan", "sure", "x")
    with pytest.raises(DeidentificationRefused) as caught:
        pseudonyms_assign([span], known=[person, person], scope="1")
    assert caught.value.code == "deidentification_numbers"
