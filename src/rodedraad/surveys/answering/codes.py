"""With which code does somebody go on elsewhere? It follows from a key; its digest is stored."""

import base64
from hashlib import sha256
from hmac import new as hmac_new
from uuid import UUID

from rodedraad.home import secret_text
from rodedraad.surveys.models import Response
from rodedraad.surveys.ways_in import KEY

CHARACTERS = 12
GROUP = 4
LOOKS_LIKE = str.maketrans({"0": "O", "1": "I", "8": "B"})
"""What people read for a letter: the code has none of these three figures."""


def code_of(response: UUID) -> str:
    """Return the code of a response as it is shown: ``K7QF-2MZT-XBCA``, 60 bits."""
    told = hmac_new(secret_text(KEY).encode(), b"resume:" + response.bytes, sha256).digest()
    code = base64.b32encode(told).decode()[:CHARACTERS]
    return "-".join(code[at : at + GROUP] for at in range(0, CHARACTERS, GROUP))


def code_digest(code: str) -> str:
    """Return what is stored of a code, however it was typed."""
    typed = "".join(one for one in code.upper() if one.isalnum()).translate(LOOKS_LIKE)
    return hmac_new(secret_text(KEY).encode(), b"code:" + typed.encode(), sha256).hexdigest()


def response_with(code: str) -> Response | None:
    """Return the response that a code opens."""
    return (
        Response.objects.filter(resume_digest=code_digest(code)).exclude(resume_digest="").first()
    )
