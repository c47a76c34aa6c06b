"""Which name does a question get: one that expressions can ask for, and that no other has?"""

import re

NOT_IN_NAMES = re.compile(r"[^\w-]+")


class Names:
    """The names that are taken."""

    def __init__(self) -> None:
        self.taken: set[str] = set()

    def give(self, wanted: str, near: str = "") -> str:
        """Return the name as wanted when it can be, else one made from it."""
        plain = NOT_IN_NAMES.sub("_", wanted.strip()) or "vraag"
        tries = [plain, f"{near}_{plain}" if near else plain]
        tries += [f"{plain}_{number}" for number in range(2, 2_000)]
        name = next(one for one in tries if one.lower() not in self.taken)
        self.taken.add(name.lower())
        return name
