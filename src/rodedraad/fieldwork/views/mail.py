"""Which mails are written and sent, and what became of each?"""

from collections.abc import Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rodedraad.accounts.audit import audit_record
from rodedraad.accounts.origin import request_origin
from rodedraad.errors import Refusal
from rodedraad.fieldwork.access import contacts_asked, fieldwork_asked, may_read_contacts
from rodedraad.fieldwork.forms import MailingForm
from rodedraad.fieldwork.hours import may_send, next_moment
from rodedraad.fieldwork.links import subjects_of
from rodedraad.fieldwork.mail_defaults import MAIL_DEFAULTS
from rodedraad.fieldwork.mail_due import mail_by_itself, mail_by_itself_set, mailing_let_go
from rodedraad.fieldwork.mail_jobs import KIND
from rodedraad.fieldwork.mail_words import (
    FIELDS,
    PARTS,
    Letter,
    mail_fill,
    mail_text_for,
    mail_text_save,
    words_check,
)
from rodedraad.fieldwork.mailing import STEPS, mailing_for, mailing_make
from rodedraad.fieldwork.mailing_list import Fitting, fitting_of, mail_is_sent, mailings_of
from rodedraad.fieldwork.models import Mailing, MailText, Message
from rodedraad.fieldwork.people_file import roles_known
from rodedraad.fieldwork.sending import message_again
from rodedraad.fieldwork.steps import fieldwork_steps, mail_steps
from rodedraad.fieldwork.wording import STEPS as STEP_WORDS
from rodedraad.jobs.actions import job_ask
from rodedraad.studies.access import StudyAccess
from rodedraad.studies.models import Study

PER_PAGE = 100


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def mailings(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the mailings of a study, and let one be made."""
    post = request.method == "POST"
    access = contacts_asked(request.user, slug) if post else fieldwork_asked(request.user, slug)
    subjects = subjects_of(access.study)
    fitting = fitting_of(access.study, subjects)
    form = MailingForm(request.POST or None, initial=_initial(access, fitting))
    form.fields["about"].choices = [(each.about, each.title) for each in subjects]  # type: ignore[attr-defined]
    form.fields["step"].choices = [(step, STEP_WORDS[step]) for step in STEPS]  # type: ignore[attr-defined]
    form.fields["roles"].choices = list(roles_known().items())  # type: ignore[attr-defined]
    refusal = None
    if post and form.is_valid():
        try:
            made = mailing_make(
                access.study, **form.cleaned_data, person=access.person,
                origin=request_origin(request),
            )  # fmt: skip
        except Refusal as caught:
            refusal = caught
        else:
            return redirect("fieldwork:mailing", slug, made.uuid)
    titles = {each.about: each.title for each in subjects}
    context = {
        "study": access.study,
        "steps": fieldwork_steps(access.study),
        "rows": [(each, titles.get(each.about, "")) for each in mailings_of(access.study)],
        "fitting": fitting,
        "anonymous": any(each.anonymous for each in subjects),
        "mail_steps": STEPS,
        "form": form,
        "refusal": refusal,
        "may_make": may_read_contacts(access),
        "is_sent": mail_is_sent(),
        "by_itself": mail_by_itself(access.study),
    }
    return render(request, "fieldwork/mailings.html", context)


@require_POST
@login_required
def by_itself_set(request: HttpRequest, slug: str) -> HttpResponse:
    """Let what waits go by itself, or only when somebody says so."""
    access = contacts_asked(request.user, slug)
    on = request.POST.get("on") == "1"
    mail_by_itself_set(access.study, on=on, person=access.person, origin=request_origin(request))
    said = _("What waits goes by itself now.") if on else _("What waits goes when you send it now.")
    messages.success(request, said)
    return redirect("fieldwork:mailings", slug)


@require_safe
@login_required
def mailing(request: HttpRequest, slug: str, uuid: object) -> HttpResponse:
    """Show one mailing: what became of each message, by pseudonym."""
    access = fieldwork_asked(request.user, slug)
    found = _mailing(access, uuid)
    counted = mailings_of(access.study).get(pk=found.pk)
    states = [(state, getattr(counted, f"n_{state}")) for state in Message.State.values]
    rows = found.messages.select_related("participation", "participation__case")
    shown = request.GET.get("state", "")
    if shown:
        rows = rows.filter(state=shown)
    now = timezone.now()
    context = {
        "study": access.study,
        "steps": mail_steps(access.study),
        "mailing": found,
        "states": [(state, n) for state, n in states if n],
        "page": Paginator(rows.order_by("participation__pseudonym"), PER_PAGE).get_page(
            request.GET.get("page")
        ),
        "n_waiting": counted.n_waiting + counted.n_sending,  # type: ignore[attr-defined]
        "n_bounced": counted.n_bounced,  # type: ignore[attr-defined]
        "preview": _preview(access.study, found.text, found),
        "may_make": may_read_contacts(access),
        "may_now": may_send(now),
        "moment": next_moment(now),
        "by_itself": mail_by_itself(access.study) and found.let_go_at is not None,
        "is_sent": mail_is_sent(),
    }
    return render(request, "fieldwork/mailing.html", context)


@require_POST
@login_required
def send(request: HttpRequest, slug: str, uuid: object) -> HttpResponse:
    """Let a worker send what waits."""
    access = contacts_asked(request.user, slug)
    found = _mailing(access, uuid)
    mailing_let_go(found)
    job = job_ask(
        access.study,
        KIND,
        {"mailing": str(found.uuid)},
        access.person,
        origin=request_origin(request),
    )
    return redirect("jobs:job", slug, job.pk)


@require_POST
@login_required
def stop(request: HttpRequest, slug: str, uuid: object) -> HttpResponse:
    """Stop a mailing: what waits is not sent."""
    access = contacts_asked(request.user, slug)
    found = _mailing(access, uuid)
    Mailing.objects.filter(pk=found.pk, stopped_at=None).update(stopped_at=timezone.now())
    waiting = found.messages.filter(state=Message.State.WAITING)
    n = waiting.update(state=Message.State.SKIPPED, reason="stopped")
    audit_record(
        person=access.person,
        action="mailing_stop",
        object=f"study:{slug} mailing:{found.pk} messages:{n}",
        origin=request_origin(request),
    )
    return redirect("fieldwork:mailing", slug, found.uuid)


@require_POST
@login_required
def again(request: HttpRequest, slug: str, uuid: object, message: object) -> HttpResponse:
    """Decide about a mail of which nobody knows whether it was sent."""
    access = contacts_asked(request.user, slug)
    found = get_object_or_404(Message, uuid=message, mailing=_mailing(access, uuid))
    message_again(
        found,
        again=request.POST.get("again") == "1",
        person=access.person,
        origin=request_origin(request),
    )
    return redirect("fieldwork:mailing", slug, uuid)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def text(request: HttpRequest, slug: str, step: str) -> HttpResponse:
    """Show the words of a mail as it reads, and let a new version be made."""
    access = fieldwork_asked(request.user, slug)
    if step not in MAIL_DEFAULTS:
        raise Http404("There is no such mail.")
    now = mail_text_for(access.study, step)
    given = {part: getattr(now, part) for part in PARTS}
    refusal = None
    if request.method == "POST":
        given = {part: request.POST.get(part, "") for part in PARTS}
        try:
            if "look" in request.POST:
                words_check(step, given)
                now = MailText(study=access.study, step=step, version=now.version, **given)
            else:
                now = mail_text_save(
                    access.study, step, given, person=access.person, origin=request_origin(request)
                )
                done = _("Version %(n)s holds from now on.") % {"n": now.version}
                messages.success(request, done)
                return redirect("fieldwork:mail_text", slug, step)
        except Refusal as caught:
            refusal = caught
    context = {
        "study": access.study,
        "steps": mail_steps(access.study),
        "step": step,
        "given": given,
        "text": now,
        "fields": FIELDS,
        "refusal": refusal,
        "preview": _preview(access.study, now, None),
    }
    return render(request, "fieldwork/mail_text.html", context)


def _preview(study: Study, text: MailText, mailing: Mailing | None) -> list[tuple[str, Letter]]:
    """The mail as a made-up person would read it, in each language that it has."""
    languages = ["nl", "en"] if text.body_en else ["nl"]
    return [
        (language, mail_fill(text, language, _made_up(study, mailing, language)))
        for language in languages
    ]


def _made_up(study: Study, mailing: Mailing | None, language: str) -> dict[str, str]:
    ends = mailing.ends_on if mailing and mailing.ends_on else timezone.localdate()
    with translation.override(language):
        return {
            "naam": "A. Voorbeeld",
            "gemeente": "Voorbeeldstad",
            "onderzoek": study.title_en if language == "en" else study.title_nl,
            "link": _("the link of this person"),
            "einddatum": formats.date_format(ends, "j F Y"),
            "afzender": (mailing and mailing.signed_by) or _("who signs"),
            "afmelden": _("the link to unsubscribe"),
        }


def _initial(access: StudyAccess, fitting: Sequence[Fitting]) -> dict[str, str]:
    """What the form begins with: the first mail that somebody would get."""
    first = next(iter(fitting), None)
    ends = first.subject.ends_on.isoformat() if first and first.subject.ends_on else ""
    step = next((step for step, n in first.counts if n), STEPS[0]) if first else STEPS[0]
    return {"step": step, "signed_by": access.person.name, "ends_on": ends}


def _mailing(access: StudyAccess, uuid: object) -> Mailing:
    found = mailing_for(access.study, uuid)  # type: ignore[arg-type]
    if found is None:
        raise Http404("There is no such mailing in this study.")
    return found
