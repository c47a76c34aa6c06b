"""How do numbers, names and pictures come into the text of a report?"""

from django import template
from django.template.context import Context
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from rodedraad.reports.number_text import number_text

register = template.Library()


@register.simple_tag(takes_context=True)
def number(context: Context, key: str) -> SafeString:
    """Show the number ``key`` of the report's book, as a link to the rows behind it."""
    entry = context["book"][key]
    text = number_text(entry.value, entry.decimals, entry.unit, context["language"])
    return format_html('<a class="rd-number" href="number:{}">{}</a>', key, text)


@register.filter
def name(text: str) -> SafeString:
    """Show a name as it was published; one with a digit is marked as no number of ours."""
    shown = conditional_escape(text)
    if any(letter.isdigit() for letter in text):
        return format_html('<span class="rd-name">{}</span>', shown)
    return mark_safe(shown)  # noqa: S308 - escaped above


@register.simple_block_tag
def picture(content: SafeString, key: str, caption: str) -> SafeString:
    """Show a picture of the report; inside stands what one sees, for who cannot see it."""
    return format_html(
        '<figure class="rd-figure" id="picture-{}"><div class="rd-figure__picture">'
        '<img src="picture:{}" alt="{}"/></div><figcaption>{}</figcaption></figure>',
        key,
        key,
        mark_safe(" ".join(content.split())),  # noqa: S308 - the template escaped it
        caption,
    )


@register.simple_block_tag
def numbers_table(content: SafeString, key: str, caption: str) -> SafeString:
    """Show rows (``thead`` and ``tbody`` inside) with a caption; ``key`` is unique in the text."""
    return format_html(
        '<div class="rd-table" role="region" tabindex="0" aria-labelledby="table-{}">'
        '<table><caption id="table-{}">{}</caption>{}</table></div>',
        key,
        key,
        caption,
        content,
    )
