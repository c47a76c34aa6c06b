"""What is read about the networks of a study: kinds, arrangements and members of a wave."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from rodedraad.networks.legal import JOINT_ARRANGEMENT
from rodedraad.networks.models import Arrangement, Membership
from rodedraad.studies.models import Study, Wave


@dataclass
class Kind:
    """One kind of arrangement in a wave; counters hold arrangements per label."""

    key: str
    domain: str
    is_cooperation: bool
    n_arrangements: int = 0
    n_municipalities: int = 0
    n_records: int = 0
    drives: Counter[str] = field(default_factory=Counter)
    classes: Counter[str] = field(default_factory=Counter)
    scales: Counter[str] = field(default_factory=Counter)
    refs: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)

    @property
    def is_joint(self) -> bool:
        """Whether these are joint arrangements of the register, not a kind of region."""
        return self.key == JOINT_ARRANGEMENT


def wave_chosen(study: Study, label: str) -> tuple[list[Wave], Wave | None]:
    """Return the waves of a study and the one called ``label``; the first when not given.

    A study without waves has none. Raises ``Http404`` for a label that it does not have.
    """
    waves = list(study.waves.all())
    chosen = next((wave for wave in waves if wave.label == label), None)
    if label and chosen is None:
        raise Http404(_("This study has no wave of that name."))
    return waves, chosen or next(iter(waves), None)


def kinds_of_wave(wave: Wave, only: str | None = None) -> dict[str, Kind]:
    """Return the kinds of arrangement of the wave by key, with their counts and labels.

    All of them, or ``only`` the one of this key.
    """
    arrangements = Arrangement.objects.filter(wave=wave).order_by()
    members = Membership.objects.filter(arrangement__wave=wave)
    if only is not None:
        arrangements = arrangements.filter(kind=only)
        members = members.filter(arrangement__kind=only)
    kinds: dict[str, Kind] = {}
    columns = ("kind", "domain", "is_cooperation", "drive", "drive_class", "scale_level")
    for row in arrangements.values(*columns, "legal_refs").annotate(n=Count("pk")):
        kind = kinds.setdefault(
            row["kind"], Kind(row["kind"], row["domain"], row["is_cooperation"])
        )
        kind.n_arrangements += row["n"]
        kind.scales[row["scale_level"]] += row["n"]
        if row["is_cooperation"]:
            kind.drives[row["drive"]] += row["n"]
            kind.classes[row["drive_class"]] += row["n"]
        for ref in row["legal_refs"]:
            kind.refs.setdefault((ref["act"], ref["article"]), ref)
    for row in _member_counts(members):
        kinds[row["arrangement__kind"]].n_municipalities = row["n_cases"]
        kinds[row["arrangement__kind"]].n_records = row["n_records"]
    return kinds


def _member_counts(members: QuerySet[Membership]) -> Iterable[dict[str, Any]]:
    return (
        members.order_by()
        .values("arrangement__kind")
        .annotate(n_cases=Count("case", distinct=True), n_records=Count("pk"))
    )


def arrangements_of_kind(wave: Wave, kind: str) -> QuerySet[Arrangement]:
    """Return the arrangements of one kind by name, each with ``n_members``."""
    found = Arrangement.objects.filter(wave=wave, kind=kind)
    return found.annotate(n_members=Count("members__case", distinct=True)).order_by("name")


def drives_of_kind(wave: Wave, kind: str) -> list[dict[str, Any]]:
    """Return each drive label with its explanation, ruleset and number of arrangements."""
    labels = ("drive", "drive_explanation_nl", "drive_explanation_en", "drive_ruleset")
    found = Arrangement.objects.filter(wave=wave, kind=kind, is_cooperation=True).order_by()
    return list(found.values(*labels).annotate(n=Count("pk")).order_by("-n", *labels))


def regions_by_code(wave: Wave, kind: str) -> dict[str, list[str]]:
    """Return the names of the arrangements of a kind per code of a member."""
    rows = Membership.objects.filter(arrangement__wave=wave, arrangement__kind=kind)
    found: Mapping[str, list[str]] = defaultdict(list)
    for code, name in rows.order_by("arrangement__name").values_list(
        "case__unit_code", "arrangement__name"
    ):
        if name not in found[code]:
            found[code].append(name)
    return dict(found)


def arrangement_of(study: Study, pk: int) -> Arrangement:
    """Return one arrangement of the study, with its wave. Raises ``Http404``."""
    found = Arrangement.objects.filter(study=study, pk=pk).select_related("wave").first()
    if found is None:
        raise Http404(_("This study has no such arrangement."))
    return found


def members_of(arrangement: Arrangement) -> list[Membership]:
    """Return the memberships by name of the member."""
    return list(arrangement.members.select_related("case").order_by("case__name", "pk"))


def in_other_waves(arrangement: Arrangement) -> list[Arrangement]:
    """Return the arrangement of the same kind and name in the other waves of the study."""
    same = Arrangement.objects.filter(study_id=arrangement.study_id, key=arrangement.key)
    others = same.exclude(pk=arrangement.pk).select_related("wave")
    return list(others.order_by("wave__reference_date"))
