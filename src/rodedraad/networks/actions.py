"""How the arrangements of a wave come into a study: from the tables of the country."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl
from django.db import transaction

from rodedraad.country.history import Country
from rodedraad.errors import Refusal
from rodedraad.methods.rulesets.drive import LegalBasis as DriveBasis
from rodedraad.methods.rulesets.drive import Member, Provision, network_drive
from rodedraad.methods.rulesets.scale import scale_level
from rodedraad.networks.legal import JOINT_ARRANGEMENT, LegalBasis, legal_basis_of
from rodedraad.networks.models import Arrangement, Membership
from rodedraad.studies.models import Case, Wave

JOINT_ARRANGEMENTS_SEEN_IN = 2016
COOPERATION = "cooperation"
COLLEGES = "colleges"
UNKNOWN_DOMAIN = "unknown"


@dataclass(frozen=True, slots=True)
class Seat:
    """One published record: this municipality takes part in this arrangement."""

    kind: str
    key: str
    name: str
    domain: str
    cooperation: bool
    code: str
    source: str
    source_row: str


@transaction.atomic
def arrangements_write(wave: Wave, country: Country) -> int:
    """Add the arrangements and memberships of ``wave`` when it has none; return the memberships.

    Region types come from the year of the wave, joint arrangements only from the year in which
    they were published. Drive follows rule c.2 and scale level our own rule; the arrangement keeps
    both with the version of the rule.

    Raises
    ------
    Refusal
        When a municipality that takes part is no case of the study.
    """
    if Arrangement.objects.filter(wave=wave).exists():
        return 0
    seats = list(published_seats(country, wave.reference_date.year))
    case_of = dict(Case.objects.filter(study=wave.study).values_list("unit_code", "pk"))
    if missing := sorted({seat.code for seat in seats} - set(case_of)):
        raise Refusal(
            f"The frame of this study lacks {len(missing)} of the municipalities that take part in "
            f"arrangements of {wave.label}, {missing[0]} first. Add all municipalities of that "
            "date to the frame, then add the arrangements again.",
            code="frame_incomplete",
            wave=wave.label,
            missing=missing,
        )
    arrangements = {
        arrangement.key: arrangement
        for arrangement in Arrangement.objects.bulk_create(
            _arrangements(wave, seats, len(country.municipalities_on(wave.reference_date)))
        )
    }
    basis_of = {key: _basis(wave, arrangement) for key, arrangement in arrangements.items()}
    memberships = Membership.objects.bulk_create(
        (
            Membership(
                arrangement=arrangements[seat.key],
                case_id=case_of[seat.code],
                seen_on=wave.reference_date,
                basis=basis_of[seat.key],
                source=seat.source,
                source_row=seat.source_row,
            )
            for seat in seats
        ),
        batch_size=5000,
    )
    return len(memberships)


def published_seats(country: Country, year: int) -> Iterator[Seat]:
    """Yield every published membership of a municipality in ``year``, in the order published.

    Members of joint arrangements that are no municipality, or that could not be matched to one,
    have no seat; the table ``joint_arrangements`` keeps and counts them.
    """
    cooperates = {
        row["key"]: row["kind"] == COOPERATION
        for row in country.table("region_types").iter_rows(named=True)
    }
    regions = country.table("regions").filter(pl.col("year") == year)
    for row in regions.iter_rows(named=True):
        yield Seat(
            kind=row["region_type"],
            key=f"{row['region_type']}/{row['region']}",
            name=row["region"],
            domain=row["domain"],
            cooperation=cooperates[row["region_type"]],
            code=row["code"],
            source=row["source"],
            source_row=row["source_row"],
        )
    if year != JOINT_ARRANGEMENTS_SEEN_IN:
        return
    joint = country.table("joint_arrangements").filter(pl.col("code").is_not_null())
    for row in joint.iter_rows(named=True):
        yield Seat(
            kind=JOINT_ARRANGEMENT,
            key=f"{JOINT_ARRANGEMENT}/{row['arrangement_key']}",
            name=row["arrangement"],
            domain=UNKNOWN_DOMAIN,
            cooperation=True,
            code=row["code"],
            source=row["source"],
            source_row=row["source_row"],
        )


def _arrangements(
    wave: Wave, seats: Sequence[Seat], n_municipalities: int
) -> Iterator[Arrangement]:
    first = {seat.key: seat for seat in reversed(seats)}
    members = Counter(key for key, _ in {(seat.key, seat.code) for seat in seats})
    siblings = Counter(seat.kind for seat in first.values())
    covered = Counter(kind for kind, _ in {(seat.kind, seat.code) for seat in seats})
    for key in sorted(first):
        seat = first[key]
        region = seat.kind != JOINT_ARRANGEMENT
        level = scale_level(
            members[key],
            n_municipalities=n_municipalities,
            n_regions=siblings[seat.kind] if region else None,
            covered=covered[seat.kind] if region else None,
        )
        arrangement = Arrangement(
            study=wave.study,
            wave=wave,
            key=key,
            name=seat.name,
            kind=seat.kind,
            domain=seat.domain,
            is_cooperation=seat.cooperation,
            scale_level=level.label,
        )
        if seat.cooperation:
            _put_law(arrangement, wave, members[key])
        yield arrangement


def _put_law(arrangement: Arrangement, wave: Wave, n_members: int) -> None:
    """Set legal form, references and the drive label of rule c.2 at the date of the wave."""
    basis = legal_basis_of(arrangement.kind, arrangement.name)
    year = wave.reference_date.year
    drive = network_drive(
        _drive_basis(basis, year),
        [Member("municipality", prescribed=_prescribed(basis, year))] * n_members,
        on=wave.reference_date,
    )
    arrangement.legal_form = basis.legal_form.form.nl if basis.legal_form else ""
    arrangement.legal_refs = [
        {"act": ref.act, "article": ref.article, "url": ref.url} for ref in basis.refs_of(year)
    ]
    arrangement.drive = drive.label
    arrangement.drive_class = drive.two_classes
    arrangement.drive_explanation_nl = drive.explanation.nl
    arrangement.drive_explanation_en = drive.explanation.en
    arrangement.drive_ruleset = drive.rules.identity


def _drive_basis(basis: LegalBasis, year: int) -> DriveBasis:
    """Translate the legal facts of a kind to the input of rule c.2; extra tasks are not known."""
    provision = basis.provision(year)
    if provision == "not_established":
        return DriveBasis(researched=False)
    prescribes = provision == "prescribes"
    asked = () if provision == "none" else basis.refs_of(year)
    return DriveBasis(
        researched=True,
        provisions=tuple(
            Provision(f"{ref.act}, art. {ref.article}", prescribes_party=prescribes)
            for ref in asked
            if not prescribes or ref.what == "prescribes"
        ),
    )


def _prescribed(basis: LegalBasis, year: int) -> bool | None:
    """Tell whether the law prescribes that municipalities are members; null where not known."""
    provision = basis.provision(year)
    if provision == "prescribes":
        return COLLEGES in basis.prescribed_parties and basis.municipal_part == "member"
    return None if provision == "not_established" else False


def _basis(wave: Wave, arrangement: Arrangement) -> str:
    if not arrangement.is_cooperation:
        return Membership.Basis.UNKNOWN
    basis = legal_basis_of(arrangement.kind, arrangement.name)
    prescribed = _prescribed(basis, wave.reference_date.year)
    return {
        True: Membership.Basis.PRESCRIBED,
        False: Membership.Basis.VOLUNTARY,
        None: Membership.Basis.UNKNOWN,
    }[prescribed]
