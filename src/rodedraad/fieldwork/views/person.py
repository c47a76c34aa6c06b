"""One participation: how far it is, what was agreed, which mail it got; who it is only if asked."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from rodedraad.accounts.origin import request_origin
from rodedraad.errors import Refusal
from rodedraad.fieldwork.access import (
    contacts_asked,
    fieldwork_asked,
    may_read_contacts,
    participation_for,
)
from rodedraad.fieldwork.consents import (
    consent_record,
    consent_text_for,
    consent_texts_now,
    consents_now,
    dependence_of,
)
from rodedraad.fieldwork.forms import ConsentForm, ContactForm, StateForm
from rodedraad.fieldwork.opting_out import mail_stop
from rodedraad.fieldwork.people import contact_change, contact_forget, participation_state_set
from rodedraad.fieldwork.people_list import reach_of
from rodedraad.fieldwork.steps import people_steps
from rodedraad.fieldwork.vault import ContactData, contacts_open
from rodedraad.fieldwork.wording import PURPOSES, REASONS


@require_safe
@login_required
def person(request: HttpRequest, slug: str, uuid: object) -> HttpResponse:
    """Show a participation by its pseudonym, without a name."""
    access = fieldwork_asked(request.user, slug)
    found = participation_for(access, uuid)
    now, texts = consents_now(found), consent_texts_now(access.study)
    said = found.consents.select_related("text").order_by("-pk")
    context = {
        "study": access.study,
        "steps": people_steps(access.study),
        "participation": found,
        "reach": reach_of([found]).get(str(found.uuid), ""),
        "may_read": may_read_contacts(access),
        "reasons": REASONS,
        "consents": [(purpose, texts.get(purpose), now.get(purpose)) for purpose in PURPOSES],
        "history": said,
        "consent_form": ConsentForm(initial={"day": timezone.localdate().isoformat()}),
        "dependence": dependence_of(found),
        "events": found.events.select_related("person").order_by("-pk"),
        "mails": found.messages.select_related("mailing").order_by("-pk"),
        "state_form": StateForm(initial={"state": found.state}),
    }
    return render(request, "fieldwork/person.html", context)


@require_POST
@never_cache
@login_required
def contact(request: HttpRequest, slug: str, uuid: object) -> HttpResponse:
    """Show who somebody is, after writing down why, or keep what was changed."""
    access = contacts_asked(request.user, slug)
    found = participation_for(access, uuid)
    origin = request_origin(request)
    refusal = None
    if "name" in request.POST:
        form = ContactForm(request.POST)
        if form.is_valid():
            try:
                contact_change(found, form.data_given(), person=access.person, origin=origin)
            except Refusal as caught:
                refusal = caught
            else:
                messages.success(request, _("The contact data were changed."))
                return redirect("fieldwork:person", slug, found.uuid)
    else:
        reason = request.POST.get("reason", "")
        if reason not in REASONS:
            raise Refusal("Choose why you must see who this is.", code="contact_reason")
        told = contacts_open(
            access.study, [found], reason=reason, person=access.person, origin=origin
        ).get(found.uuid, ContactData())
        names = ("name", "mail", "telephone", "organisation", "address")
        form = ContactForm(initial={name: getattr(told, name) for name in names})
    context = {
        "study": access.study,
        "steps": people_steps(access.study),
        "participation": found,
        "form": form,
        "refusal": refusal,
    }
    return render(request, "fieldwork/contact.html", context)


@require_POST
@login_required
def forget(request: HttpRequest, slug: str, uuid: object) -> HttpResponse:
    """Remove the contact data of somebody for good."""
    access = contacts_asked(request.user, slug)
    found = participation_for(access, uuid)
    contact_forget(found, person=access.person, origin=request_origin(request))
    messages.success(request, _("The contact data were removed. What was answered stays."))
    return redirect("fieldwork:person", slug, found.uuid)


@require_POST
@login_required
def mail_stopped(request: HttpRequest, slug: str, uuid: object) -> HttpResponse:
    """Write down that somebody wants no mail, or that the address does not work."""
    access = contacts_asked(request.user, slug)
    found = participation_for(access, uuid)
    why = request.POST.get("why", "")
    if why not in ("bounced", "opted_out"):
        raise Http404("There is no such reason.")
    mail_stop(found, why, person=access.person, origin=request_origin(request))
    return redirect("fieldwork:person", slug, found.uuid)


@require_POST
@login_required
def state(request: HttpRequest, slug: str, uuid: object) -> HttpResponse:
    """Write down by hand how far somebody is."""
    access = fieldwork_asked(request.user, slug)
    found = participation_for(access, uuid)
    form = StateForm(request.POST)
    if not form.is_valid():
        raise Refusal("There is no such state. Choose one of the list.", code="state_unknown")
    participation_state_set(
        found,
        form.cleaned_data["state"],
        reason=form.cleaned_data["reason"],
        person=access.person,
        origin=request_origin(request),
    )
    return redirect("fieldwork:person", slug, found.uuid)


@require_POST
@login_required
def consent(request: HttpRequest, slug: str, uuid: object) -> HttpResponse:
    """Write down that somebody agreed to a purpose, or took that back."""
    access = fieldwork_asked(request.user, slug)
    found = participation_for(access, uuid)
    form = ConsentForm(request.POST)
    if not form.is_valid() or request.POST.get("given") not in ("0", "1"):
        raise Refusal("Say on which day and how somebody agreed.", code="consent_unfit")
    consent_record(
        found,
        consent_text_for(access.study, request.POST.get("purpose", "")),
        given=request.POST["given"] == "1",
        day=form.cleaned_data["day"],
        how=form.cleaned_data["how"],
        person=access.person,
        origin=request_origin(request),
    )
    return redirect("fieldwork:person", slug, found.uuid)
