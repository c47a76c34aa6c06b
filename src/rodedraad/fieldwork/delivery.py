"""Did a mail leave? Hands one to the mail server and says what came of it, never more than once.

What cannot be known is said to be unsure: a connection that breaks while the server answers may
have left a mail or not.
"""

import logging
import smtplib
from enum import StrEnum

from anymail.exceptions import AnymailError, AnymailInvalidAddress, AnymailRecipientsRefused
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend

log = logging.getLogger(__name__)
PERMANENT = 500
SERVER_FAULT = 500
NO_SUCH_MAILBOX = frozenset({550, 551, 553, 554})


class Outcome(StrEnum):
    """What came of handing a mail over."""

    SENT = "sent"
    REFUSED = "refused"
    """The server says that it does not bring mail to this address."""
    LATER = "later"
    """Nothing left; it may work another time."""
    UNREACHABLE = "unreachable"
    """Nothing left, and no other mail will either: the server is not there for us."""
    FAILED = "failed"
    """Nothing left, and it will not work as it is."""
    UNSURE = "unsure"


def mail_deliver(connection: BaseEmailBackend, mail: EmailMultiAlternatives) -> Outcome:
    """Hand a mail over once. No address comes in a log: only what kind of fault there was."""
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as fault:
        return _told(Outcome.UNREACHABLE, fault)
    try:
        sent = connection.send_messages([mail])
    except (OSError, smtplib.SMTPException, AnymailError) as fault:
        outcome = _outcome_of(fault)
        if outcome == Outcome.UNSURE:
            _closed(connection)
        return _told(outcome, fault)
    return Outcome.SENT if sent else Outcome.FAILED


def _outcome_of(fault: Exception) -> Outcome:
    """What a fault says: who answered no, and who did not answer."""
    if isinstance(fault, smtplib.SMTPRecipientsRefused):
        return _refused(fault)
    if isinstance(fault, AnymailRecipientsRefused | AnymailInvalidAddress):
        return Outcome.REFUSED
    if isinstance(fault, smtplib.SMTPSenderRefused | smtplib.SMTPHeloError):
        return Outcome.UNREACHABLE
    if isinstance(fault, smtplib.SMTPResponseException):
        return Outcome.FAILED if fault.smtp_code >= PERMANENT else Outcome.LATER
    status = getattr(fault, "status_code", None) if isinstance(fault, AnymailError) else None
    if status is not None and status < SERVER_FAULT:
        return Outcome.FAILED
    return Outcome.UNSURE


def _refused(fault: smtplib.SMTPRecipientsRefused) -> Outcome:
    """The server has a code for each address: 550 stays so, 451 does not."""
    codes = {code for code, _words in fault.recipients.values()}
    if max(codes) < PERMANENT:
        return Outcome.LATER
    return Outcome.REFUSED if codes & NO_SUCH_MAILBOX else Outcome.FAILED


def _closed(connection: BaseEmailBackend) -> None:
    try:
        connection.close()
    except (OSError, smtplib.SMTPException) as fault:
        _told(Outcome.UNSURE, fault)


def _told(outcome: Outcome, fault: Exception) -> Outcome:
    log.warning("A mail: %s, because of %s.", outcome, type(fault).__name__)
    return outcome
