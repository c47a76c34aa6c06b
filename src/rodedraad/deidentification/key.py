"""With which key are the names behind pseudonyms locked, and where is that key?

Never in the database: it comes from ``RODEDRAAD_PSEUDONYM_KEY``, or from the file
``pseudonym_key`` in the data folder, which only its owner may read; see ``rodedraad.sealing``.
"""

from rodedraad import sealing
from rodedraad.sealing import Key

PSEUDONYMS = sealing.Purpose(
    info="rodedraad pseudonyms",
    variable="RODEDRAAD_PSEUDONYM_KEY",
    file="pseudonym_key",
    code="pseudonym",
    what="Names behind pseudonyms",
)
MARK_CHARACTERS = 32


def key_current() -> Key:
    """Return the key with which names are locked now. Refuses one that is too short."""
    return sealing.key_current(PSEUDONYMS)


def key_coded(code: str) -> Key:
    """Return the key with this code; refuses when this installation does not have it."""
    return sealing.key_coded(PSEUDONYMS, code)


def name_lock(key: Key, name: str, about: str) -> bytes:
    """Return a name locked; ``about`` says whose it is and must come back."""
    return sealing.seal(key, name.encode(), about)


def name_unlock(key: Key, secret: bytes, about: str) -> str:
    """Return the name. Refuses what was changed, or moved to another person or study."""
    return sealing.unseal(PSEUDONYMS, key, secret, about).decode()


def word_mark(key: Key, study: int, word: str) -> str:
    """Return the fingerprint of a word of a name in a study: nothing to whoever lacks the key."""
    return sealing.digest(key, f"{study}:{word.casefold()}")[:MARK_CHARACTERS]
