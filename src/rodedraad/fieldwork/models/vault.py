"""Who people are and how they are reached: apart from all study data, in a schema of its own.

Study data know a participation by its pseudonym. Only these tables say whose it is, their
contents are sealed with a key that is not in the database, and no study table points at them.
"""

from uuid import uuid4

from django.db import models


def vault_table(name: str) -> str:
    """Return the name of a table in the schema ``vault``, as Django quotes names."""
    return f'vault"."{name}'


class Contact(models.Model):
    """One person who may be asked, over all studies.

    ``sealed`` holds the mail address; ``mark`` is a keyed digest of it in lower case, to find the
    same person again without reading. It stays when somebody wants no mail, so that a study that
    brings them in later sends none either.
    """

    uuid = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    mark = models.CharField(max_length=64, unique=True, null=True)
    sealed = models.BinaryField()
    key = models.CharField(max_length=16, help_text="Which key sealed it.")
    opted_out_on = models.DateField(null=True, help_text="Wants no mail of any study.")
    bounced_on = models.DateField(null=True, help_text="The address does not work.")
    bounce_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = vault_table("contact")

    def __str__(self) -> str:
        return str(self.uuid)


class ContactLink(models.Model):
    """Whose a participation is: the only way from study data to a person.

    ``sealed`` holds name, mail address, telephone, organisation and postal address as this study
    was given them: another study that asks the same person does not see or change them.
    """

    participation = models.UUIDField(primary_key=True)
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="links")
    sealed = models.BinaryField()
    key = models.CharField(max_length=16, help_text="Which key sealed it.")

    class Meta:
        db_table = vault_table("contact_link")

    def __str__(self) -> str:
        return str(self.participation)


class MailDay(models.Model):
    """That a person got a mail on a day: at most one over all studies."""

    uuid = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="mail_days")
    day = models.DateField()

    class Meta:
        db_table = vault_table("mail_day")
        constraints = (models.UniqueConstraint(fields=("contact", "day"), name="one_mail_a_day"),)

    def __str__(self) -> str:
        return f"{self.contact_id} {self.day}"
