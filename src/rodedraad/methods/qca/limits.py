"""Can so few cases bear so many conditions?"""

from rodedraad.methods.notices import Notice
from rodedraad.methods.qca.refusals import QcaRefusal

FEW_CASES = 16
MOST_CONDITIONS_OF_FEW_CASES = 4
SHORTEST_REASON = 10


def limit_notices(n_cases: int, n_conditions: int, override: str | None) -> tuple[Notice, ...]:
    """Refuse more than four conditions at 16 cases or fewer, unless a reason is given.

    With random data of that size a model without contradictions is found nearly always, so one
    proves nothing. Above 16 cases the number of empty rows is told in a notice instead
    (``limited_diversity``), and the reader judges.

    Marx, A. (2010). Crisp-set qualitative comparative analysis (csQCA) and model specification.
    International Journal of Multiple Research Approaches 4, 138-158.

    >>> limit_notices(18, 5, None)
    ()
    """
    if n_cases > FEW_CASES or n_conditions <= MOST_CONDITIONS_OF_FEW_CASES:
        return ()
    if override is None:
        raise QcaRefusal(
            f"{n_conditions} conditions are too many for {n_cases} cases: with so few cases a "
            "model without contradictions is found nearly always, also in random data. Take at "
            f"most {MOST_CONDITIONS_OF_FEW_CASES} conditions, or override with a reason that the "
            "report will print.",
            code="qca_too_many_conditions",
            conditions=n_conditions,
            cases=n_cases,
        )
    if len(override.strip()) < SHORTEST_REASON:
        raise QcaRefusal(
            "The reason to take more conditions than the cases bear is too short. Write it as the "
            f"report should print it (at least {SHORTEST_REASON} characters).",
            code="qca_override_reason",
        )
    return (
        Notice(
            "condition_limit_overridden",
            {"conditions": n_conditions, "cases": n_cases, "reason": override.strip()},
        ),
    )
