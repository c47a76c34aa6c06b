"""How forms look: every ``{{ form }}`` has labels, help, errors and a summary of the errors."""

from django.forms.renderers import TemplatesSetting


class PageRenderer(TemplatesSetting):
    """Renders forms and fields with the templates of ``web/part``."""

    form_template_name = "web/part/form.html"
    field_template_name = "web/part/field.html"
