"""Which parts every page is built from: table, notice, empty state, figure, breadcrumbs, pages."""

from typing import Any

from django import template
from django.core.paginator import Page
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import gettext as _

from rodedraad.errors import Refusal
from rodedraad.web.refusals import refusal_sentence

register = template.Library()


@register.simple_block_tag
def table(content: SafeString, *, caption: str) -> SafeString:
    """Show rows (``thead`` and ``tbody`` inside) with a caption; wide tables scroll sideways."""
    return render_to_string(
        "web/part/table.html",
        {"content": content, "caption": caption, "element_id": f"table-{slugify(caption)}"},
    )


@register.simple_block_tag
def notice(content: SafeString, *, kind: str = "info", label: str = "") -> SafeString:
    """Show a remark that must be read: ``kind`` is ``info`` or ``warning``."""
    if kind not in {"info", "warning"}:
        raise template.TemplateSyntaxError(f"A notice is 'info' or 'warning', not '{kind}'.")
    default = _("Note:") if kind == "info" else _("Please note:")
    return render_to_string(
        "web/part/notice.html", {"content": content, "kind": kind, "label": label or default}
    )


@register.simple_block_tag
def empty(content: SafeString, *, title: str) -> SafeString:
    """Say that there is nothing yet (``title``) and what to do about it (inside)."""
    return render_to_string("web/part/empty.html", {"content": content, "title": title})


@register.simple_block_tag
def figure(content: SafeString, *, caption: str) -> SafeString:
    """Show a picture with its caption; the table of its numbers follows it on the page."""
    return render_to_string("web/part/figure.html", {"content": content, "caption": caption})


@register.simple_tag
def refused(refusal: Refusal) -> SafeString:
    """Say above a form why it was refused, in the language of the page."""
    context = {"sentence": refusal_sentence(refusal), "message": refusal.message}
    return render_to_string("web/part/refused.html", context)


@register.simple_tag
def breadcrumbs(here: str, *steps: str) -> SafeString:
    """Show the way to this page: ``here``, then label and address of each step above it."""
    pairs = list(zip(steps[::2], steps[1::2], strict=True))
    return render_to_string("web/part/breadcrumbs.html", {"here": here, "steps": pairs})


@register.simple_tag(takes_context=True)
def pagination(context: Context, page: Page[Any]) -> SafeString:
    """Show previous and next of a long list; the other query parameters stay as they are."""
    addresses: dict[str, Any] = {"page": page}
    for key, there in (("previous_query", page.number - 1), ("next_query", page.number + 1)):
        query = context["request"].GET.copy()
        query["page"] = str(there)
        addresses[key] = query.urlencode()
    return render_to_string("web/part/pagination.html", addresses)


@register.filter
def refusal_words(refusal: Refusal) -> str:
    """Say why something was refused, in the language of the page: for a row of a table or list."""
    return refusal_sentence(refusal) or refusal.message
