"""What fieldwork keeps: people in a vault, participations, consent, mail and interviews."""

from rodedraad.fieldwork.models.consent import Consent, ConsentText
from rodedraad.fieldwork.models.interviews import Interview, InterviewChange
from rodedraad.fieldwork.models.mail import Mailing, MailText, Message, StudyMail
from rodedraad.fieldwork.models.participation import Participation, ParticipationEvent
from rodedraad.fieldwork.models.vault import Contact, ContactLink, MailDay

__all__ = [
    "Consent",
    "ConsentText",
    "Contact",
    "ContactLink",
    "Interview",
    "InterviewChange",
    "MailDay",
    "MailText",
    "Mailing",
    "Message",
    "Participation",
    "ParticipationEvent",
    "StudyMail",
]
