"""How does a benchmark come by a study as large as the country, with something in every room?

Used by ``national_pages.py``. Evidence, cases, networks and the report come from the code that
makes simulated studies and the first study; what a person would do by hand is laid in at once.
"""

import argparse
import random
from datetime import date, timedelta
from typing import NamedTuple

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import connection, transaction
from django.utils import timezone

from rodedraad.accounts.audit import audit_record_each
from rodedraad.accounts.models import Person
from rodedraad.agreement.models import Finished
from rodedraad.agreement.rounds import RoundFacts, coding_round_close, coding_round_open
from rodedraad.assessment.class_runs import class_constructs, classes_make
from rodedraad.assessment.conclusions.qca import Anchors
from rodedraad.assessment.qca_runs import QcaPlan, qca_make
from rodedraad.assessment.relation_runs import relations_draw
from rodedraad.assessment.score_runs import scores_make
from rodedraad.assessment.type_runs import steering_make, types_make
from rodedraad.coding.actions.codes import CodeFacts, code_add, code_change
from rodedraad.coding.codebook import codebook_current
from rodedraad.coding.models import Change, Code, Coder, Coding, Memo, Round
from rodedraad.coding.rounds import coder_for
from rodedraad.country.current import current_country
from rodedraad.fieldwork.consents import consent_text_for
from rodedraad.fieldwork.mailing import mailing_make
from rodedraad.fieldwork.models import (
    Consent,
    ConsentText,
    Interview,
    Message,
    Participation,
    ParticipationEvent,
)
from rodedraad.fieldwork.people import PersonGiven, people_add
from rodedraad.fieldwork.vault import ContactData
from rodedraad.first_study.runs import runs_make
from rodedraad.first_study.steps import evidence_get, frame_get, networks_get, selection_get
from rodedraad.jobs.models import Job
from rodedraad.reports.actions import report_make
from rodedraad.scoring.models import Score
from rodedraad.search.models import SavedSearch
from rodedraad.simulation.study import evidence_simulate
from rodedraad.sources.models import Paragraph, Source, SourceVersion
from rodedraad.studies.actions import study_create
from rodedraad.studies.models import Case, SelectionEvent, SelectionPlan, Study, TeamMember, Wave
from rodedraad.studies.template import framework, template_load
from rodedraad.surveys.models import (
    AnswerEvent,
    Invitation,
    LeftOut,
    Response,
    ResponseState,
    Survey,
    SurveyVersion,
)
from rodedraad.surveys.questionnaire.freezing import version_freeze, version_next
from rodedraad.surveys.questionnaire.running import FRAMEWORK, survey_make

SLUG, LEAD = "landelijk", "meter@voorbeeld.test"
SEED, DAY = 1, date(2025, 1, 1)
ROLES = "DCUBPRI"
PARAGRAPHS, LONG = 20, 400
BATCH = 5000
WAYS = (
    ("planned",),
    ("invited",),
    ("invited", "reached"),
    ("invited", "started", "done"),
    ("invited", "started", "done"),
    ("invited", "refused"),
)


class Made(NamedTuple):
    """The study, who leads it, and the lot that draws what is made up."""

    study: Study
    lead: Person
    lot: random.Random


@transaction.atomic
def national_study(asked: argparse.Namespace) -> Study:
    """Make the study, with each of its rooms filled as far as ``asked`` says."""
    template = template_load("change-factors").model_copy(
        update={"framework": tuple(each.code for each in framework().constructs)}
    )
    networks = template_load("network-development")  # of whose years the arrangements are known
    now = template.waves[-1].model_copy(update={"label": "2025", "reference_date": DAY})
    template = template.model_copy(
        update={"waves": (*networks.waves, now), "cases": networks.cases}
    )
    country = current_country()
    study = study_create(
        template=template, slug=SLUG, person=None, simulated=True, origin="benchmark"
    )
    frame_get(study, country)
    plan, _is_new = selection_get(study, country)
    codes = tuple(each.code for each in country.municipalities_on(DAY))
    lead = Person.objects.create_user(LEAD, name="Meter")
    TOTP.activate(lead, generate_totp_secret())
    TeamMember.objects.create(study=study, person=lead, role=TeamMember.Role.LEAD)
    made = Made(study, lead, random.Random(SEED))
    wave = study.waves.get(label="2025")
    evidence_simulate(wave, codes, invited=asked.invited, seed=SEED)
    networks_get(study, country)
    evidence_get(study, country)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    runs_make(study, country, plan)
    report_make(study)
    Case.objects.filter(study=study, unit_code__in=codes).update(role=Case.Role.MAIN)
    assessment_fill(study, wave)
    selection_fill(made, plan)
    people = people_fill(made, wave, asked.people)
    survey_fill(made, wave, people)
    versions = sources_fill(made, wave, asked.sources)
    interviews_fill(made, wave, people, versions)
    coding_fill(made, versions, asked.codings)
    log_fill(made)
    return study


def assessment_fill(study: Study, wave: Wave) -> None:
    """Conclude all that a lead can ask for."""
    scores_make(study, wave)
    relations_draw(study, wave)
    types_make(study, wave, resamples=0)
    steering_make(study, wave)
    conditions = ("F1", "F2", "F3")
    anchors = {code: Anchors(0.3, 0.5, 0.7) for code in (*conditions, "G2")}
    plan = QcaPlan(name="proef", outcome="G2", conditions=conditions, anchors=anchors)
    qca_make(study, wave, plan)
    asked = [each.code for each in class_constructs(wave)][:4]
    classes_make(study, wave, unit="respondent", constructs=asked, n_classes=2, bootstraps=0)


def selection_fill(made: Made, plan: SelectionPlan) -> None:
    """Give the log three lines for each case, and a second plan to lay beside the first."""
    cases = Case.objects.filter(study=made.study, role=Case.Role.MAIN)
    SelectionEvent.objects.bulk_create(
        SelectionEvent(plan=plan, case=case, kind=kind, person=made.lead)
        for case in cases
        for kind in ("chosen", "invited", "accepted")
    )
    plan.pk, plan.number = None, 2
    plan.save(force_insert=True)


def people_fill(made: Made, wave: Wave, n: int) -> list[Participation]:
    """Bring people into the wave, each some way, with consent and mail."""
    study, lead, lot = made
    cases = list(Case.objects.filter(study=study, role=Case.Role.MAIN))
    given = [
        PersonGiven(
            cases[number % len(cases)],
            ROLES[number // len(cases) % len(ROLES)],
            contact=ContactData(name=f"Persoon {number}", mail=f"p{number}@voorbeeld.test"),
        )
        for number in range(n)
    ]
    people = people_add(wave, given, person=lead, origin="benchmark")
    events = []
    for number, person in enumerate(people):
        way = WAYS[number % len(WAYS)]
        person.state = way[-1]
        events += [
            ParticipationEvent(
                participation=person, state=state, person=lead,
                day=DAY + timedelta(lot.randrange(60)),
                reason="geen tijd" if state == "refused" else "",
            )
            for state in way
            if state != "planned"
        ]  # fmt: skip
    Participation.objects.bulk_update(people, ["state"], batch_size=1000)
    ParticipationEvent.objects.bulk_create(events, batch_size=BATCH)
    texts = [consent_text_for(study, each) for each in ConsentText.Purpose.values]
    Consent.objects.bulk_create(
        (
            Consent(participation=person, text=text, given=lot.random() < 0.9, day=DAY)
            for person in people
            if person.state == Participation.State.DONE
            for text in texts
        ),
        batch_size=BATCH,
    )
    return people


def survey_fill(made: Made, wave: Wave, people: list[Participation]) -> None:
    """Make an open survey of the framework, mailed to all, and answered by who is done."""
    study, lead, lot = made
    survey = survey_make(
        study, title_nl="Vragen", title_en="Questions", wave=wave, roles=ROLES,
        mode=Survey.Mode.CONFIDENTIAL, start=FRAMEWORK, person=lead, origin="benchmark",
    )  # fmt: skip
    first = survey.versions.get()
    version_freeze(first, row_version=first.row_version, person=lead, origin="benchmark")
    survey.state = Survey.State.OPEN
    survey.save()
    version_next(survey, note="Andere woorden", comparable=SurveyVersion.Comparable.YES)
    mailing_make(
        study, f"survey:{survey.uuid}", "invitation", ends_on=DAY, signed_by="Het team",
        person=lead, origin="benchmark",
    )  # fmt: skip
    Message.objects.update(state=Message.State.SENT, sent_on=DAY)
    done = {each.pk for each in people if each.state == Participation.State.DONE}
    Invitation.objects.bulk_create(
        (
            Invitation(
                survey=survey, participation=each, token_digest=f"{each.pk:064x}",
                started_on=DAY if each.pk in done else None,
                finished_on=DAY if each.pk in done else None,
            )
            for each in people
        ),
        batch_size=BATCH,
    )  # fmt: skip
    responses_fill(lot, survey, first, people)
    LeftOut.objects.create(survey=survey, flags=["speeder"], reason="te snel", person=lead)


def responses_fill(
    lot: random.Random, survey: Survey, version: SurveyVersion, people: list[Participation]
) -> None:
    """Lay in a complete response of every person: each national study has so many respondents."""
    rows, states, events = [], [], []
    for number, person in enumerate(people):
        data, asked = answers_made(lot, version, person.role)
        response = Response(
            survey=survey, version=version, case_id=person.case_id, role=person.role, seconds=300,
            pseudonym=f"{person.role}-v{number}", state=Response.State.COMPLETE,
            day=DAY + timedelta(number % 60), evidence_on=DAY,
        )  # fmt: skip
        rows.append(response)
        flags = ["speeder"] if number % 50 == 0 else []
        states.append(
            ResponseState(
                response=response, data=data, sequence=1, checked=True, asked=asked, flags=flags
            )
        )
        events.append(AnswerEvent(response=response, sequence=1, patch=data))
    Response.objects.bulk_create(rows, batch_size=BATCH)
    ResponseState.objects.bulk_create(states, batch_size=1000)
    AnswerEvent.objects.bulk_create(events, batch_size=1000)


def answers_made(
    lot: random.Random, version: SurveyVersion, role: str
) -> tuple[dict[str, object], list[str]]:
    """Return answers to what a role is asked, and which places were asked."""
    data: dict[str, object] = {}
    asked: list[str] = []
    for page in version.definition["pages"]:
        for one in page["elements"]:
            if one["type"] != "matrix":
                continue
            rows = [
                row["value"]
                for row in one["rows"]
                if "visibleIf" not in row or f"'{role}'" in row["visibleIf"]
            ]
            if rows:
                asked += [one["name"], *(f"{one['name']}/{row}" for row in rows)]
                data[one["name"]] = {row: lot.choice((1, 2, 3, 3, 4, 5, "dk")) for row in rows}
    if lot.random() < 0.2:
        data["open"] = "Het wijkteam werkt goed samen met inwoners."
    return data, [*asked, "open"]


def sources_fill(made: Made, wave: Wave, n: int) -> list[SourceVersion]:
    """Lay in sources with a version of some paragraphs each."""
    study, lead, lot = made
    cases = list(Case.objects.filter(study=study, role=Case.Role.MAIN))
    sources = Source.objects.bulk_create(
        Source(
            study=study, wave=wave, title=f"Bron {number}", kind=lot.choice(Source.Kind.values),
            case=lot.choice(cases), date=date(2015, 1, 1) + timedelta(lot.randrange(3650)),
            role=lot.choice(ROLES) if number % 2 else "", sha256=f"{number:064x}",
            respondent=f"R{number % 900}" if number % 2 else "", added_by=lead,
            file_name=f"bron-{number}.txt", media_type="text/plain", size=LONG * PARAGRAPHS,
        )
        for number in range(n)
    )  # fmt: skip
    text = ("wijkteam en inwoners " * 20)[: LONG - 2] + "\n\n"
    versions = SourceVersion.objects.bulk_create(
        (
            SourceVersion(source=source, number=1, text=text * PARAGRAPHS, sha256="0" * 64,
                          n_characters=LONG * PARAGRAPHS, extractor="benchmark")
            for source in sources
        ),
        batch_size=500,
    )  # fmt: skip
    Paragraph.objects.bulk_create(
        (
            Paragraph(version=version, number=number + 1, start=number * LONG,
                      end=number * LONG + LONG - 2, text=text[:-2])
            for version in versions
            for number in range(PARAGRAPHS)
        ),
        batch_size=BATCH,
    )  # fmt: skip
    return versions


def interviews_fill(
    made: Made, wave: Wave, people: list[Participation], versions: list[SourceVersion]
) -> None:
    """Lay in a thousand talks, planned, held and with a transcript."""
    study, lead, _lot = made
    begin = timezone.now()
    talks = Interview.objects.bulk_create(
        Interview(
            study=study, wave=wave, case_id=person.case_id,
            planned_for=begin + timedelta(hours=number),
            state=list(Interview.State.values)[number % 3],
            held_on=DAY if number % 3 else None,
            source_id=versions[number].source_id if number % 3 == 2 else None,
        )
        for number, person in enumerate(people[: min(1000, len(versions))])
    )  # fmt: skip
    taken, led = Interview.participants.through, Interview.led_by.through
    taken.objects.bulk_create(
        taken(interview_id=talk.pk, participation_id=person.pk)
        for talk, person in zip(talks, people, strict=False)
    )
    led.objects.bulk_create(led(interview_id=talk.pk, person_id=lead.pk) for talk in talks)


def coding_fill(made: Made, versions: list[SourceVersion], n: int) -> None:
    """Lay in a codebook, codings, memos, their story, scores of texts and a blind round."""
    study, lead, lot = made
    second = Person.objects.create_user("tweede@voorbeeld.test", name="Tweede")
    TeamMember.objects.create(study=study, person=second, role=TeamMember.Role.RESEARCHER)
    coder, other = coder_for(study, lead), coder_for(study, second)
    known = list(study.waves.get(label="2025").framework.constructs.values_list("code", flat=True))
    codes: list[Code] = []
    for number in range(200):  # one in ten stands at the top, the others under these
        above = lot.choice(codes[: len(codes) // 10 + 1]) if number % 10 else None
        construct = known[number % len(known)] if number % 2 else ""
        facts = CodeFacts(name=f"Code {number}", construct=construct)
        codes.append(code_add(coder, facts, parent=above))
    book = codebook_current(study, person=None)

    def coding(number: int, by: Coder, of: Round | None = None) -> Coding:
        start = lot.randrange(PARAGRAPHS * LONG - 200)
        return Coding(
            study=study, version=versions[number % len(versions)], start=start, end=start + 150,
            coder=by, code=lot.choice(codes), codebook_version=book, made_at=book.made_at,
            quote="wijkteam " * 16, strength=lot.choice([None, 1, 2, 3]), round=of,
        )  # fmt: skip

    codings = [coding(number, coder) for number in range(n)]
    Coding.objects.bulk_create(codings, batch_size=BATCH)
    last = codes[-1]
    other_words = CodeFacts(name=last.name, definition="Anders.")
    code_change(coder, last, other_words, row_version=last.row_version)
    Memo.objects.bulk_create(
        (
            Memo(study=study, coder=coder, text=f"Gedachte {number}", made_at=book.made_at,
                 **({"coding": codings[number % n]} if number % 2
                    else {"source_id": versions[number % len(versions)].source_id}))
            for number in range(2000)
        ),
        batch_size=BATCH,
    )  # fmt: skip
    Change.objects.bulk_create(
        (
            Change(study=study, coder=coder, action="coding_add", things=[])
            for _number in range(n // 4)
        ),
        batch_size=BATCH,
    )
    Score.objects.bulk_create(
        (
            Score(study=study, source_id=version.source_id, coder=coder, kind=Score.Kind.RUBRIC,
                  construct=code, raw=lot.randrange(4), reason="gelezen", version=version)
            for version in versions
            for code in lot.sample(known, 4)
        ),
        batch_size=BATCH,
    )  # fmt: skip
    sources = list(Source.objects.filter(pk__in=[each.source_id for each in versions[:20]]))
    facts = RoundFacts("Ronde 1", Round.Kind.BLIND, "character", sources, [coder, other])
    blind = coding_round_open(study, facts, person=lead, origin="benchmark")
    Coding.objects.bulk_create(
        coding(number % len(sources), each, blind)
        for each in (coder, other)
        for number in range(20 * len(sources))
    )
    Finished.objects.bulk_create(
        Finished(round=blind, coder=each, source=source)
        for each in (coder, other)
        for source in sources
    )
    coding_round_close(blind, person=lead, origin="benchmark")


def log_fill(made: Made) -> None:
    """Lay in jobs that are done, a kept search, and what people did."""
    study, lead, _lot = made
    now = timezone.now()
    Job.objects.bulk_create(
        Job(study=study, kind="scores", fingerprint=f"{number:064x}", person=lead,
            state=Job.State.DONE, started_at=now, finished_at=now)
        for number in range(500)
    )  # fmt: skip
    SavedSearch.objects.create(study=study, name="team", query="wijkteam", made_by=lead)
    read = [f"study:{study.slug} source:{number}" for number in range(50_000)]
    audit_record_each(person=lead, action="source_read", objects=read, origin="benchmark")
