"""Whether a study is made whole, gets a lead, and what is frozen stays as it was."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import DatabaseError, transaction

from rodedraad.accounts.models import AuditEvent, Person
from rodedraad.country.current import current_country
from rodedraad.errors import Refusal
from rodedraad.studies.actions import (
    frame_fill_from_country,
    framework_next,
    lead_ensure,
    study_create,
    wave_freeze,
)
from rodedraad.studies.models import Construct, Framework, Item, Study, Wave
from rodedraad.studies.template import template_load


@pytest.fixture
def waves(study: Study) -> tuple[Wave, Wave]:
    """Give both waves of the study; they share version 1 of the framework."""
    first, second = study.waves.all()
    return first, second


def test_a_study_keeps_template_questions_constructs_and_items(study: Study) -> None:
    template = template_load("network-development")
    assert study.template == template.model_dump(mode="json")
    assert study.questions.count() == len(template.questions)
    framework = study.frameworks.get()
    assert [c.code for c in framework.constructs.all()] == list(template.framework)
    items = Item.objects.filter(construct__framework=framework)
    assert items.count() == sum(len(c.items) for c in template.constructs())
    assert items.filter(reversed=True).exists()


def test_a_title_of_ones_own_takes_the_place_of_that_of_the_template(lead: Person) -> None:
    made = study_create(
        template=template_load("scan"),
        slug="eigen",
        person=lead,
        title_nl="Mijn scan",
        origin="test",
    )
    assert made.title_nl == "Mijn scan"
    assert made.title_en == template_load("scan").title.en


def test_a_short_name_is_given_once(study: Study, lead: Person) -> None:
    with pytest.raises(Refusal) as caught:
        study_create(template=template_load("scan"), slug="proef", person=lead, origin="test")
    assert caught.value.code == "study_exists"
    assert Study.objects.count() == 1


def test_the_frame_holds_every_municipality_since_its_date_once(study: Study) -> None:
    country = current_country()
    codes = set(study.cases.values_list("unit_code", flat=True))
    assert codes >= {each.code for each in country.municipalities_on(date(2015, 1, 1))}
    assert codes >= {each.code for each in country.municipalities_on(date(2022, 1, 1))}
    assert "GM0003" in codes
    assert not codes & {
        each.code for each in country.municipalities.values()
        if each.end_date and each.end_date < date(2015, 1, 1)
    }  # fmt: skip
    assert frame_fill_from_country(study, country) == 0


def test_whoever_signs_in_first_leads_a_study_made_by_a_command(
    person: Callable[[str], Person],
) -> None:
    study = study_create(
        template=template_load("scan"), slug="opdracht", person=None, origin="command"
    )
    first, second = person("eerste"), person("tweede")
    assert lead_ensure(study, first)
    assert not lead_ensure(study, second)
    assert not lead_ensure(study, first)
    assert list(study.team.values_list("person", "role")) == [(first.pk, "lead")]
    assert AuditEvent.objects.filter(action="team_role_given", object__contains="lead").count() == 1


def test_freezing_a_wave_freezes_its_framework_and_does_it_once(
    waves: tuple[Wave, Wave], lead: Person
) -> None:
    wave = waves[0]
    wave_freeze(wave, person=lead, origin="test")
    frozen = Wave.objects.get(pk=wave.pk)
    assert frozen.frozen_at is not None
    assert frozen.framework.frozen_at == frozen.frozen_at
    assert Study.objects.get(pk=wave.study_id).status == Study.Status.FIELDWORK
    wave_freeze(Wave.objects.get(pk=wave.pk), person=lead, origin="test")
    assert Wave.objects.get(pk=wave.pk).frozen_at == frozen.frozen_at
    assert AuditEvent.objects.filter(action="wave_freeze").count() == 1


def test_a_wave_that_was_frozen_meanwhile_gets_no_other_framework(
    waves: tuple[Wave, Wave], lead: Person
) -> None:
    stale = Wave.objects.get(pk=waves[0].pk)
    wave_freeze(waves[0], person=lead, origin="test")
    with pytest.raises(Refusal) as caught:
        framework_next(stale, person=lead, origin="test")
    assert caught.value.code == "wave_frozen"
    assert Framework.objects.count() == 1


def test_an_open_wave_gets_a_copy_of_a_frozen_framework(
    waves: tuple[Wave, Wave], lead: Person
) -> None:
    first, second = waves
    assert framework_next(second, person=lead, origin="test") == first.framework
    wave_freeze(first, person=lead, origin="test")
    made = framework_next(second, person=lead, origin="test")
    assert made.version == 2
    assert Wave.objects.get(pk=second.pk).framework == made
    assert Wave.objects.get(pk=first.pk).framework.version == 1
    texts = [
        list(
            Item.objects.filter(construct__framework=framework)
            .order_by("construct__order", "order")
            .values_list("construct__code", "code", "text_nl", "text_en", "reversed")
        )
        for framework in (first.framework, made)
    ]
    assert texts[0] == texts[1]
    assert texts[0]


@pytest.mark.parametrize(
    "change",
    [
        lambda: Wave.objects.filter(frozen_at__isnull=False).update(reference_date="2000-01-01"),
        lambda: Wave.objects.filter(frozen_at__isnull=False).update(frozen_at=None),
        lambda: Framework.objects.update(rulesets={}),
        lambda: Construct.objects.update(name_nl="anders"),
        lambda: Construct.objects.all().delete(),
        lambda: Item.objects.update(text_nl="anders"),
        lambda: Item.objects.all().delete(),
        lambda: Item.objects.create(
            construct=Construct.objects.first(), code="X9", order=9, text_nl="a", text_en="b"
        ),
        lambda: Construct.objects.create(
            framework=Framework.objects.first(), code="X9", order=9, kind="theme"
        ),
    ],
)
def test_the_database_refuses_to_change_what_is_frozen(
    change: Callable[[], object], waves: tuple[Wave, Wave], lead: Person
) -> None:
    wave_freeze(waves[0], person=lead, origin="test")
    with pytest.raises(DatabaseError, match="is frozen"), transaction.atomic():
        change()
    assert Construct.objects.count() == len(template_load("network-development").framework)


def test_what_is_open_can_still_be_changed(waves: tuple[Wave, Wave], lead: Person) -> None:
    wave_freeze(waves[0], person=lead, origin="test")
    made = framework_next(waves[1], person=lead, origin="test")
    item = Item.objects.filter(construct__framework=made).first()
    Item.objects.filter(pk=item.pk).update(text_nl="anders")
    assert Item.objects.get(pk=item.pk).text_nl == "anders"
    Wave.objects.filter(pk=waves[1].pk).update(reference_date="2023-01-01")


def test_an_item_cannot_be_moved_into_a_frozen_framework(
    waves: tuple[Wave, Wave], lead: Person
) -> None:
    wave_freeze(waves[0], person=lead, origin="test")
    made = framework_next(waves[1], person=lead, origin="test")
    item = Item.objects.filter(construct__framework=made).first()
    target = Construct.objects.filter(framework=waves[0].framework).first()
    with pytest.raises(DatabaseError, match="is frozen"), transaction.atomic():
        Item.objects.filter(pk=item.pk).update(construct=target)


def test_freezing_a_later_wave_leaves_the_phase_of_the_study(
    waves: tuple[Wave, Wave], lead: Person
) -> None:
    Study.objects.filter(pk=waves[0].study_id).update(status=Study.Status.ANALYSIS)
    wave_freeze(waves[1], person=lead, origin="test")
    assert Study.objects.get(pk=waves[0].study_id).status == Study.Status.ANALYSIS
