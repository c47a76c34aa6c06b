"""Which questions were kept, to be asked again by everybody in the team?"""

from django.conf import settings
from django.db import models

from rodedraad.studies.models import Study


class SavedSearch(models.Model):
    """A question with its conditions, under a name; what it meets is searched anew each time."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="saved_searches")
    name = models.CharField(max_length=120)
    query = models.CharField(max_length=500)
    filters = models.JSONField(default=dict, help_text="The other fields of the form, by name.")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True, help_text="Taken away; can be put back.")

    class Meta:
        ordering = ("name", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("study", "name"),
                condition=models.Q(removed_at=None),
                name="saved_search_name_once",
            ),
        )

    def __str__(self) -> str:
        return self.name
