"""Which municipality does a member of a joint arrangement name, if it is a municipality at all?

Only names are published. A name is matched to the municipalities of 1 January 2016, else to one
that had ended by then. Whatever is not certain stays unmatched, with the reason.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from rodedraad.country.build.cleaning import folded
from rodedraad.country.history import Country, Municipality

VALID_ON = date(2016, 1, 1)

# Names that no rule finds, each checked against the other members of its arrangement.
SPELLINGS = {
    "nuenen": ("Nuenen, Gerwen en Nederwetten", "first part of the name"),
    "hoogezand": ("Hoogezand-Sappemeer", "first part of the name"),
    "gedrop mierlo": ("Geldrop-Mierlo", "letter missing"),
    "haasbergen": ("Haaksbergen", "letter missing"),
    "neusden": ("Heusden", "wrong first letter"),
}
# Kind, sign in the name, reason; the last are pieces of names that the source cut or glued.
STRANGERS = (
    ("foreign", re.compile(r"\(duitsland\)"), "German member"),
    ("province", re.compile(r"^provincie "), "province"),
    (
        "water_board",
        re.compile(r"^(waterschap|hoogheer?mraadschap|wetterskip)\b|^de dommel$"),
        "water board",
    ),
    (
        "municipality",
        re.compile(r"^(grave en mill|sint hubert|middelaar|waal en wijchen|zevenaar beuningen)$"),
        "piece of a name that the source cut",
    ),
)


@dataclass(frozen=True)
class Matched:
    """What a member turned out to be; see ``joint_arrangements`` in the reference."""

    kind: str
    code: str | None
    named_code: str | None
    match: str
    why: str | None


_AMBIGUOUS = Matched("municipality", None, None, "unmatched", "name of several municipalities")


def compared(name: str) -> str:
    """The form in which names are compared: no capitals, accents, hyphens, dots or commas."""
    words = re.sub(r"[,.]", "", folded(name).replace("-", " ")).split()
    return " ".join(words[1:] if words[:1] == ["gemeente"] else words)


class Matcher:
    """Matches the members of arrangements to municipalities."""

    def __init__(self, country: Country) -> None:
        self.country = country
        self.valid: dict[str, list[Municipality]] = defaultdict(list)
        self.ended: dict[str, list[Municipality]] = defaultdict(list)
        for each in country.municipalities.values():
            if each.existed_on(VALID_ON):
                self.valid[compared(each.name)].append(each)
                self.valid[compared(re.sub(r"\(.*\)", "", each.name))].append(each)
            elif each.end_date is not None and each.end_date < VALID_ON:
                self.ended[compared(each.name)].append(each)

    def members(self, names: Sequence[str]) -> list[Matched]:
        """The members of one arrangement; the others help to tell two of one name apart."""
        first = [self.member(name) for name in names]
        provinces = Counter(
            self.country.municipalities[found.code].province for found in first if found.code
        )
        return [
            self._by_province(name, provinces) if found is _AMBIGUOUS else found
            for name, found in zip(names, first, strict=True)
        ]

    def member(self, name: str) -> Matched:
        """One member, judged on its name only."""
        key = compared(name)
        stranger = _stranger(key)
        if stranger is not None:
            return stranger
        found = {each.code: each for each in self.valid.get(key, ())}
        if len(found) > 1:
            return _AMBIGUOUS
        if found:
            return self._found(name, next(iter(found.values())))
        return self._ended(key) or self._spelled(key) or _OTHER

    def _found(self, name: str, municipality: Municipality) -> Matched:
        exact = name == municipality.name
        why = None if exact else f"other spelling of {municipality.name}"
        code = municipality.code
        return Matched("municipality", code, code, "exact" if exact else "variant", why)

    def _spelled(self, key: str) -> Matched | None:
        name, why = SPELLINGS.get(key, ("", ""))
        meant = self.valid.get(compared(name))
        return replace(self._found(key, meant[0]), why=f"{name}: {why}") if meant else None

    def _ended(self, key: str) -> Matched | None:
        if not self.ended.get(key):
            return None
        last = max(self.ended[key], key=lambda each: each.end_date or date.min)
        heirs = self.country.successors(last.code, VALID_ON)
        names = ", ".join(sorted(heir.municipality.name for heir in heirs))
        if len({heir.municipality.code for heir in heirs}) > 1:
            why = f"ended on {last.end_date}, divided over {names}"
            return Matched("municipality", None, last.code, "unmatched", why)
        why = f"ended on {last.end_date}, wholly in {names}"
        return Matched("municipality", heirs[0].municipality.code, last.code, "predecessor", why)

    def _by_province(self, name: str, provinces: Counter[str]) -> Matched:
        candidates = {each.code: each for each in self.valid[compared(name)]}.values()
        ranked = sorted(candidates, key=lambda each: -provinces[each.province])
        if provinces[ranked[0].province] == provinces[ranked[1].province]:
            return _AMBIGUOUS
        first, second = ranked[0].province, ranked[1].province
        why = f"{ranked[0].name}: more members from {first} than from {second}"
        return replace(self._found(name, ranked[0]), why=why)


def _stranger(key: str) -> Matched | None:
    """A member that by its name is certainly no (whole) municipality."""
    for kind, sign, why in STRANGERS:
        if sign.search(key):
            return Matched(kind, None, None, "unmatched", why)
    return None


_OTHER = Matched("other", None, None, "unmatched", "no municipality of this name")
