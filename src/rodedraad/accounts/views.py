"""Which pages an administrator has: people and the audit log."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from rodedraad.accounts.actions import (
    account_create,
    account_switch,
    password_link,
    second_factor_reset,
)
from rodedraad.accounts.forms import AccountForm
from rodedraad.accounts.models import AuditEvent, Person
from rodedraad.accounts.origin import request_origin
from rodedraad.accounts.second_factor import has_second_factor
from rodedraad.accounts.wording import object_words, words_of

View = Callable[..., HttpResponse]
ROWS_PER_PAGE = 50


def administrator_required(view: View) -> View:
    """Let an administrator through; send others to sign-in, or refuse with 403."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not _signed_in(request).is_administrator:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


@require_safe
@administrator_required
def people(request: HttpRequest) -> HttpResponse:
    """List everyone with an account."""
    everyone = Person.objects.order_by("name", "email")
    page = Paginator(everyone, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/people.html", {"page": page})


@require_safe
@administrator_required
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one account and what can be changed about it."""
    shown = get_object_or_404(Person, pk=pk)
    context = {"person": shown, "has_second_factor": has_second_factor(shown)}
    return render(request, "accounts/person.html", context)


@administrator_required
def person_add(request: HttpRequest) -> HttpResponse:
    """Make an account and show the link with which its owner sets a password."""
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = account_create(
            by=_signed_in(request), origin=request_origin(request), **form.cleaned_data
        )
        return _link_page(request, made)
    return render(request, "accounts/person_add.html", {"form": form})


@require_POST
@administrator_required
def person_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a new link with which this person sets a password."""
    return _link_page(request, get_object_or_404(Person, pk=pk, is_active=True))


@require_POST
@administrator_required
def person_second_factor(request: HttpRequest, pk: int) -> HttpResponse:
    """Unlink the app of someone who lost their telephone."""
    changed = get_object_or_404(Person, pk=pk)
    second_factor_reset(changed, by=_signed_in(request), origin=request_origin(request))
    messages.success(request, _("The app is unlinked."))
    return redirect("accounts:person", pk)


@require_POST
@administrator_required
def person_switch(request: HttpRequest, pk: int) -> HttpResponse:
    """Switch an account off, or on again."""
    changed = get_object_or_404(Person, pk=pk)
    account_switch(changed, by=_signed_in(request), origin=request_origin(request))
    done = _("The account is open again.") if changed.is_active else _("The account is closed.")
    messages.success(request, done)
    return redirect("accounts:person", pk)


@require_safe
@administrator_required
def audit(request: HttpRequest) -> HttpResponse:
    """Show the audit log, newest first."""
    events = AuditEvent.objects.select_related("person")
    page = Paginator(events, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    lines = [
        (
            event,
            words_of("action", event.action),
            object_words(event.object),
            words_of("result", event.result),
            words_of("origin", event.origin),
        )
        for event in page
    ]
    return render(request, "accounts/audit.html", {"page": page, "lines": lines})


def _link_page(request: HttpRequest, owner: Person) -> HttpResponse:
    link = password_link(owner, by=_signed_in(request), origin=request_origin(request))
    address = request.build_absolute_uri(link)
    return render(request, "accounts/person_link.html", {"person": owner, "address": address})


def _signed_in(request: HttpRequest) -> Person:
    if not isinstance(request.user, Person):
        raise PermissionDenied
    return request.user
