"""What does ``rodedraad agreement`` do: find study and round, and give the agreement?"""

from typing import Any

from rodedraad.agreement.results import result_make, result_of, stale_of
from rodedraad.coding.models import Round
from rodedraad.errors import Refusal


def round_agreement(slug: str, number: int, *, again: bool) -> dict[str, Any]:
    """Return the agreement of a closed blind round as it was kept, worked out when there is none.

    Raises
    ------
    Refusal
        When there is no such study or round, or the round cannot be compared.
    """
    of = Round.objects.filter(study__slug=slug, number=number).select_related("study").first()
    if of is None:
        known = Round.objects.filter(study__slug=slug).values_list("number", "label")
        listed = ", ".join(f"{one} ({label})" for one, label in known) or "none"
        raise Refusal(
            f"There is no round {number} in a study '{slug}'. Its rounds are: {listed}.",
            code="round_unknown",
            slug=slug,
            number=number,
        )
    kept = None if again else result_of(of)
    found = kept or result_make(of, person=None)
    return {
        "study": slug,
        "round": of.number,
        "label": of.label,
        "made_at": found.made_at.isoformat(),
        "parameters": found.parameters,
        "seed": found.seed,
        "fingerprint": found.fingerprint,
        "code_version": found.code_version,
        "stale": stale_of(found),
        **found.result,
    }
