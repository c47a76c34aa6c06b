"""How is something sealed, so that whoever has the database alone cannot read it?

Each purpose has a key of its own, never in the database: it comes from an environment variable,
or from a file in the data folder that only its owner may read. More secrets may follow after
commas, from before a change of key: the first seals, all of them open.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from hmac import new as hmac_new

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from rodedraad.errors import Refusal
from rodedraad.home import secret_text

SHORTEST = 32
NONCE_BYTES = 12


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a key is for: where it is kept, and how refusals about it are called.

    ``info`` goes into every key that is derived, so two purposes never share one; ``code`` begins
    the codes of refusals; ``what`` is sealed with it, in English and in the plural.
    """

    info: str
    variable: str
    file: str
    code: str
    what: str


@dataclass(frozen=True, slots=True, repr=False)
class Key:
    """One secret, from which a key to lock and a key to recognise are derived."""

    code: str
    locking: bytes
    marking: bytes


def key_current(purpose: Purpose) -> Key:
    """Return the key that seals now. Refuses one that is too short."""
    return keys_all(purpose)[0]


def keys_all(purpose: Purpose) -> Sequence[Key]:
    """Return every key of this installation for a purpose, the one that seals now first."""
    return [_key(purpose.info, secret) for secret in _secrets(purpose)]


def key_coded(purpose: Purpose, code: str) -> Key:
    """Return the key with this code: the current one, or an older one named after it.

    Raises
    ------
    Refusal
        When this installation does not have it: what was sealed with it cannot be opened.
    """
    for key in keys_all(purpose):
        if key.code == code:
            return key
    raise Refusal(
        f"{purpose.what} were locked with the key {code}, and this installation does not have it. "
        f"Put it back: in {purpose.variable} after a comma, or as the file {purpose.file}.",
        code=f"{purpose.code}_key_missing",
        key=code,
    )


def seal(key: Key, content: bytes, about: str) -> bytes:
    """Return content locked with AES-256-GCM; ``about`` says whose it is and must come back."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key.locking).encrypt(nonce, content, about.encode())


def unseal(purpose: Purpose, key: Key, sealed: bytes, about: str) -> bytes:
    """Return the content. Refuses what was changed, or moved to what it is not about."""
    nonce, locked = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
    try:
        return AESGCM(key.locking).decrypt(nonce, locked, about.encode())
    except (InvalidTag, ValueError) as fault:
        raise Refusal(
            f"{purpose.what} were changed in the database, so they cannot be opened. Restore them "
            "from a backup.",
            code=f"{purpose.code}_damaged",
        ) from fault


def digest(key: Key, told: str) -> str:
    """Return a keyed fingerprint of a text, 64 characters: nothing to whoever lacks the key."""
    return hmac_new(key.marking, told.encode(), sha256).hexdigest()


def _secrets(purpose: Purpose) -> list[str]:
    given = os.environ.get(purpose.variable) or secret_text(purpose.file)
    secrets = [secret.strip() for secret in given.split(",") if secret.strip()]
    if not secrets or any(len(secret) < SHORTEST for secret in secrets):
        raise Refusal(
            f"A key in {purpose.variable} is shorter than {SHORTEST} characters. Give it a long "
            "random value.",
            code=f"{purpose.code}_key_short",
            least=SHORTEST,
        )
    return secrets


@lru_cache(maxsize=16)
def _key(info: str, secret: str) -> Key:
    def derived(part: str) -> bytes:
        told = f"{info} {part}".encode()
        return HKDF(algorithm=SHA256(), length=32, salt=None, info=told).derive(secret.encode())

    return Key(
        code=derived("code").hex()[:16], locking=derived("locking"), marking=derived("marking")
    )
