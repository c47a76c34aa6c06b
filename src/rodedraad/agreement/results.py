"""How far do the coders of a closed round agree, worked out once and kept as it was?"""

import hashlib
from collections.abc import Callable
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from threadpoolctl import threadpool_limits

import rodedraad
from rodedraad.accounts.models import Person
from rodedraad.agreement.models import AgreementResult
from rodedraad.agreement.reading import Read, passages_read, round_clock, round_read
from rodedraad.agreement.units import CHARACTER
from rodedraad.coding.models import Round
from rodedraad.methods.agreement.passage_agreement import (
    PARTS,
    CodeOutcome,
    Judged,
    PassageAgreement,
    passage_agreement,
)
from rodedraad.methods.agreement.passage_codes import Presence
from rodedraad.methods.agreement.passage_draws import Figure

SEED = 20_260_101
RESAMPLES = 1_000
CONFIDENCE = 0.95
RESULT_PARTS = PARTS + 1


def result_make(
    of: Round,
    *,
    person: Person | None,
    seed: int = SEED,
    resamples: int = RESAMPLES,
    between: Callable[[], object] = lambda: None,
) -> AgreementResult:
    """Work out the agreement of a closed blind round and keep it; one that stands is given back.

    ``between`` is called ``RESULT_PARTS`` times meanwhile; what it raises ends the work.

    Raises
    ------
    Refusal
        When the round is not blind or still open, no source was finished by two coders, or nobody
        coded anything.
    """
    parameters = {"unit": of.unit or CHARACTER, "resamples": resamples, "confidence": CONFIDENCE}
    known = AgreementResult.objects.filter(
        round=of, seed=seed, parameters=parameters, code_version=code_version(),
        clock=round_clock(of),
    ).first()  # fmt: skip
    if known is not None:
        return known
    read = round_read(of)
    between()
    found = read_agreement(read, resamples=resamples, seed=seed, between=between)
    return AgreementResult.objects.create(
        round=of,
        parameters=parameters,
        seed=seed,
        fingerprint=read.fingerprint(),
        clock=round_clock(of),
        code_version=code_version(),
        result=result_json(read, found),
        made_by=person,
    )


def read_agreement(
    read: Read,
    *,
    resamples: int,
    seed: int,
    between: Callable[[], object] = lambda: None,
) -> PassageAgreement:
    """Work out the agreement of what was read.

    The matrices are small: threads of the matrix library would mostly wait for each other.
    """
    with threadpool_limits(1, user_api="blas"):
        return passage_agreement(
            passages_read(read, f"{len(read.versions)} sources"),
            resamples=resamples,
            seed=seed,
            confidence=CONFIDENCE,
            between=between,
        )


def result_of(of: Round) -> AgreementResult | None:
    """Return the newest result of a round."""
    return of.agreement_results.order_by("-pk").first()


def stale_of(result: AgreementResult) -> str:
    """Tell why a result is not of now: ``codings`` or ``code`` changed since; "" when it is."""
    if result.clock != round_clock(result.round):
        return "codings"
    return "code" if result.code_version != code_version() else ""


@cache
def code_version() -> str:
    """Return the version of the product and a digest of the code that compares."""
    package = Path(rodedraad.__file__).parent
    files = sorted(
        [*(package / "methods/agreement").glob("*.py"), package / "methods/intervals.py",
         package / "agreement/units.py", package / "agreement/reading.py"]
    )  # fmt: skip
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()
    return f"{rodedraad.__version__}+{digest[:12]}"


def result_json(read: Read, found: PassageAgreement) -> dict[str, Any]:
    """Return a result as it is kept: plain values, codes and coders by uuid with their names."""
    codes = {str(one.uuid): one.name for one in read.codes}
    coders = {str(one.uuid): one for one in read.coders}
    finished = read.finished()
    missing = [
        {"coder": coder.name, "source": str(version.source.uuid), "title": version.source.title}
        for row, version in zip(finished, read.versions, strict=True)
        for done, coder in zip(row, read.coders, strict=True)
        if not done
    ]
    return {
        "unit": found.unit,
        "n_units": found.n_units,
        "n_sources": found.n_sources,
        "n_sources_all": found.n_sources_all,
        "n_sources_round": len(read.versions),
        "n_compared": int((finished.sum(axis=1) > 1).sum()),
        "coders": [{"uuid": uuid, "name": coders[uuid].name} for uuid in found.coders],
        "missing": missing,
        "n_whole": len(read.rows) - len(read.ranges),
        "n_left": read.n_left,
        "codes": [_code(one, codes[one.code], found.n_units) for one in found.per_code],
        "overall": {
            "any_code": _presence(found.any_code, found.n_units),
            "same_sets": found.same_sets,
            "sets": _figure(found.sets),
            "unitising": _figure(found.unitising),
            "strength": _judged(found.strength),
            "valence": _judged(found.valence),
        },
        "resampling": asdict(found.resampling),
        "notices": [{"code": one.code, "context": dict(one.context)} for one in found.notices],
    }


def _code(one: CodeOutcome, name: str, n_units: int) -> dict[str, Any]:
    return {
        "uuid": one.code,
        "name": name,
        **_presence(one.presence, n_units),
        "unitising": _figure(one.unitising),
        "strength": _judged(one.strength),
        "valence": _judged(one.valence),
    }


def _presence(one: Presence, n_units: int) -> dict[str, Any]:
    return {
        "n_any": one.n_any,
        "n_all": one.n_all,
        "share_any": one.n_any / n_units if n_units else 0.0,
        "prevalence": one.prevalence,
        "by_coder": list(one.by_coder),
        "figures": {figure.name: _figure(figure) for figure in one.figures},
    }


def _figure(one: Figure | None) -> dict[str, float | None]:
    if one is None:
        return {"estimate": None, "low": None, "high": None}
    between = one.interval
    return {
        "estimate": one.estimate,
        "low": between.low if between else None,
        "high": between.high if between else None,
    }


def _judged(one: Judged | None) -> dict[str, Any]:
    found = _figure(one.figure if one else None)
    return {**found, "n_units": one.n_units if one else 0}
