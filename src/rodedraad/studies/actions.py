"""How a study comes into being and changes: from a template, a frame filled, a wave frozen."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from rodedraad.accounts.audit import audit_record
from rodedraad.accounts.models import Person
from rodedraad.country.history import Country
from rodedraad.errors import Refusal
from rodedraad.studies.models import (
    Case,
    Construct,
    Framework,
    Item,
    ResearchQuestion,
    Study,
    TeamMember,
    Wave,
)
from rodedraad.studies.template import StudyTemplate


@transaction.atomic
def study_create(
    *,
    template: StudyTemplate,
    slug: str,
    person: Person | None,
    client: str = "",
    title_nl: str = "",
    title_en: str = "",
    simulated: bool = False,
    origin: str,
) -> Study:
    """Make a study from ``template``, with ``person`` as its lead, and return it.

    The template is kept whole, so that later changes of the template do not reach this study. A
    title that is left out is that of the template. ``simulated`` says that its answers will be
    drawn by a computer; that never changes afterwards, and every page of the study says so.

    Raises
    ------
    Refusal
        When a study with this ``slug`` exists already.
    """
    if Study.objects.filter(slug=slug).exists():
        raise Refusal(
            f"There is already a study called '{slug}'. Choose another short name.",
            code="study_exists",
            slug=slug,
        )
    study = Study.objects.create(
        slug=slug,
        title_nl=title_nl or template.title.nl,
        title_en=title_en or template.title.en,
        client=client,
        template_key=template.key,
        template_version=template.version,
        template=template.model_dump(mode="json"),
        unit_kind=template.unit_kind,
        simulated=simulated,
        created_by=person,
    )
    ResearchQuestion.objects.bulk_create(
        ResearchQuestion(study=study, order=order, text_nl=q.text.nl, text_en=q.text.en)
        for order, q in enumerate(template.questions, start=1)
    )
    framework = _framework_first(study, template)
    Wave.objects.bulk_create(
        Wave(
            study=study,
            label=wave.label,
            reference_date=wave.reference_date,
            framework=framework,
        )
        for wave in template.waves
    )
    if person is not None:
        TeamMember.objects.create(study=study, person=person, role=TeamMember.Role.LEAD)
    audit_record(person=person, action="study_create", object=f"study:{slug}", origin=origin)
    return study


def _framework_first(study: Study, template: StudyTemplate) -> Framework:
    framework = Framework.objects.create(
        study=study,
        version=1,
        rulesets={ruleset.name: ruleset.version for ruleset in template.rulesets},
    )
    source = template.constructs()
    constructs = Construct.objects.bulk_create(
        Construct(
            framework=framework,
            code=construct.code,
            order=order,
            kind=construct.kind,
            name_nl=construct.name.nl,
            name_en=construct.name.en,
            definition_nl=construct.definition.nl,
            definition_en=construct.definition.en,
            details=construct.model_dump(
                mode="json", exclude={"code", "kind", "name", "definition", "items"}
            ),
        )
        for order, construct in enumerate(source, start=1)
    )
    Item.objects.bulk_create(
        Item(
            construct=stored,
            code=item.id,
            order=order,
            text_nl=item.nl,
            text_en=item.en,
            reversed=item.reversed,
            roles=list(item.roles),
        )
        for stored, construct in zip(constructs, source, strict=True)
        for order, item in enumerate(construct.items, start=1)
    )
    return framework


def frame_fill(study: Study, units: Iterable[tuple[str, str]]) -> int:
    """Add the units (code, name) that the frame of ``study`` lacks, and return how many."""
    known = set(Case.objects.filter(study=study).values_list("unit_code", flat=True))
    missing = [
        Case(study=study, unit_kind=study.unit_kind, unit_code=code, name=name)
        for code, name in units
        if code not in known
    ]
    Case.objects.bulk_create(missing)
    return len(missing)


def frame_fill_from_country(study: Study, country: Country) -> int:
    """Add every municipality that existed on the day of the frame or later; return how many."""
    begins = date.fromisoformat(study.template["cases"]["frame_date"])
    units = [
        (each.code, each.name)
        for each in country.municipalities.values()
        if each.end_date is None or each.end_date >= begins
    ]
    return frame_fill(study, sorted(units))


@transaction.atomic
def lead_ensure(study: Study, person: Person) -> bool:
    """Make ``person`` the lead of a study that has none; say whether that was needed.

    A study made by a command has no lead until someone signs in.
    """
    Study.objects.select_for_update().get(pk=study.pk)
    if TeamMember.objects.filter(study=study, role=TeamMember.Role.LEAD).exists():
        return False
    TeamMember.objects.update_or_create(
        study=study, person=person, defaults={"role": TeamMember.Role.LEAD}
    )
    audit_record(
        person=None,
        action="team_role_given",
        object=f"study:{study.slug} person:{person.pk} lead",
        origin="command",
    )
    return True


@transaction.atomic
def wave_freeze(wave: Wave, *, person: Person | None, origin: str) -> None:
    """Fix the framework version of ``wave``: from now on neither can change.

    The design is then done: a study that was in that phase goes on to fieldwork. Freezing twice
    changes nothing.
    """
    Study.objects.select_for_update().get(pk=wave.study_id)
    wave.refresh_from_db()
    if wave.frozen_at is None:
        _freeze(wave, person, origin)
    Study.objects.filter(pk=wave.study_id, status=Study.Status.DESIGN).update(
        status=Study.Status.FIELDWORK
    )


def _freeze(wave: Wave, person: Person | None, origin: str) -> None:
    wave.frozen_at = timezone.now()
    wave.save(update_fields=["frozen_at"])
    if wave.framework.frozen_at is None:
        wave.framework.frozen_at = wave.frozen_at
        wave.framework.save(update_fields=["frozen_at"])
    audit_record(person=person, action="wave_freeze", object=f"wave:{wave.pk}", origin=origin)


@transaction.atomic
def framework_next(wave: Wave, *, person: Person | None, origin: str) -> Framework:
    """Give an open wave its own next version of the framework, to edit, and return it.

    Raises
    ------
    Refusal
        When the wave is frozen.
    """
    Study.objects.select_for_update().get(pk=wave.study_id)
    wave.refresh_from_db()
    if wave.frozen_at is not None:
        raise Refusal(
            f"Wave {wave.label} is frozen since {wave.frozen_at:%Y-%m-%d}. "
            "Make a new wave to work with another framework.",
            code="wave_frozen",
            wave=wave.label,
        )
    old = wave.framework
    if old.frozen_at is None:
        return old
    last = Framework.objects.filter(study=wave.study).order_by("-version").first()
    new = Framework.objects.create(
        study=wave.study, version=(last or old).version + 1, rulesets=old.rulesets
    )
    for construct in old.constructs.prefetch_related("items"):
        items = list(construct.items.all())
        construct.pk, construct.framework = None, new
        construct.save(force_insert=True)
        for item in items:
            item.pk, item.construct = None, construct
        Item.objects.bulk_create(items)
    wave.framework = new
    wave.save(update_fields=["framework"])
    audit_record(person=person, action="framework_next", object=f"wave:{wave.pk}", origin=origin)
    return new
