"""What can go wrong between us and an outside service that a person can mend?"""

from rodedraad.errors import Refusal


class ServiceRefusal(Refusal):
    """An outside service cannot be used as asked; the base of all refusals of this package."""

    code = "service-refused"


class ServiceUnreachable(ServiceRefusal):
    """No usable answer after all attempts: no connection, 429 or 5xx, or a cut-off answer."""

    code = "service-unreachable"


class ServiceNotFound(ServiceRefusal):
    """The service answers, but does not know what was asked (404, 410)."""

    code = "service-not-found"


class ServiceAnswerInvalid(ServiceRefusal):
    """The service answers something else than data of the agreed shape."""

    code = "service-answer-invalid"


class ServiceAnswerTooLarge(ServiceRefusal):
    """The answer is larger than the limit that was set."""

    code = "service-answer-too-large"


class AddressRefused(ServiceRefusal):
    """An address is not http(s), or leads to another machine than the one that was asked."""

    code = "service-address-refused"


class ColumnMissing(ServiceRefusal):
    """A table has no column, or more than one, with the title and group that were asked."""

    code = "service-column-missing"


class DownloadNotStored(ServiceRefusal):
    """A download cannot be written: no disk left, or no right to write."""

    code = "download-not-stored"
