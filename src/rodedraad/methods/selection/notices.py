"""What must a reader of a selection know besides its outcome?"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Notice:
    """One remark that belongs to a result: a code for pages, a sentence for people.

    ``subject`` names what it is about (a variable, a stratum, a case), ``count`` how often.
    """

    code: str
    message: str
    subject: str = ""
    count: int = 0
