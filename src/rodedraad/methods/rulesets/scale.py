"""At which scale does an arrangement between municipalities work?"""

from dataclasses import dataclass

from rodedraad.methods.rulesets.ruling import RuleRefusal, Rules, Ruling, Sentence, reaches

NEIGHBOURHOOD = "wijk"
MUNICIPALITY = "gemeente"
REGION = "regio"
SUPRAREGIONAL = "bovenregionaal"
NATIONAL = "landelijk"
LEVELS = (NEIGHBOURHOOD, MUNICIPALITY, REGION, SUPRAREGIONAL, NATIONAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleRules(Rules):
    """Thresholds of the scale level: our own, there is no official one.

    ``min_regions``: a division of the country in at least so many regions is regional.
    ``cover``: share of municipalities from which a division counts as covering the country.
    ``max_members``: the largest regional arrangement that is not part of such a division.
    """

    name: str = "scale-level"
    version: str = "1"
    min_regions: int = 20
    cover: float = 0.95
    max_members: int = 30


SCALE_RULES = ScaleRules()


def scale_level(
    members: int,
    *,
    n_municipalities: int,
    n_regions: int | None = None,
    covered: int | None = None,
    rules: ScaleRules = SCALE_RULES,
) -> Ruling:
    """Scale level of a region or joint arrangement, from its members and its siblings.

    In this order: one member is gemeente; members that cover the country are landelijk; a kind
    with at least 20 regions is regio; a kind with fewer that together cover the country is
    bovenregionaal; anything else (a joint arrangement, a kind that covers part of the country)
    is regio up to 30 members and bovenregionaal above. The level wijk lies below the municipality
    and never follows from this rule.

    Parameters
    ----------
    members: number of member municipalities, at least 1.
    n_municipalities: number of municipalities in the country on that date.
    n_regions: number of regions of the same kind, this one included; ``None`` for a joint
        arrangement, which has no siblings.
    covered: number of municipalities in any region of that kind; ``None`` for a joint arrangement.
    """
    _check(members, n_municipalities, n_regions, covered)
    share = members / n_municipalities
    inputs: dict[str, object] = {
        "members": members,
        "n_municipalities": n_municipalities,
        "n_regions": n_regions,
        "covered": covered,
    }
    if members == 1:
        label, why = MUNICIPALITY, Sentence("Er is één lid.", "There is one member.")
    elif reaches(share, rules.cover):
        label, why = (
            NATIONAL,
            Sentence(
                f"De {members} leden zijn {share:.0%} van alle gemeenten.",
                f"The {members} members are {share:.0%} of all municipalities.",
            ),
        )
    elif n_regions is not None and n_regions >= rules.min_regions:
        label, why = (
            REGION,
            Sentence(
                f"Er zijn {n_regions} regio's van deze soort ({rules.min_regions} of meer).",
                f"There are {n_regions} regions of this kind ({rules.min_regions} or more).",
            ),
        )
    elif n_regions is not None and reaches((covered or 0) / n_municipalities, rules.cover):
        label, why = (
            SUPRAREGIONAL,
            Sentence(
                f"{n_regions} regio's van deze soort (minder dan {rules.min_regions}) beslaan samen"
                " het land.",
                f"{n_regions} regions of this kind (fewer than {rules.min_regions}) together cover"
                " the country.",
            ),
        )
    else:
        regional = members <= rules.max_members
        label, why = (
            (REGION if regional else SUPRAREGIONAL),
            Sentence(
                f"Er zijn {members} leden (tot en met {rules.max_members} is regio), en geen"
                " indeling van het hele land.",
                f"There are {members} members ({rules.max_members} or fewer is a region), and no"
                " division of the whole country.",
            ),
        )
    return Ruling(rules=rules, inputs=inputs, label=label, explanation=why)


def _check(members: int, n_municipalities: int, n_regions: int | None, covered: int | None) -> None:
    if not 1 <= members <= n_municipalities:
        raise RuleRefusal(
            f"Members must be from 1 to the {n_municipalities} municipalities of that date. Got"
            f" {members} instead; count municipalities only, each once.",
            code="scale_members",
        )
    if (n_regions is None) != (covered is None):
        raise RuleRefusal(
            "Give the number of regions of a kind together with the municipalities they cover, or"
            " neither for a joint arrangement.",
            code="scale_siblings",
        )
    if n_regions is None or covered is None:
        return
    if n_regions < 1 or not members <= covered <= n_municipalities:
        raise RuleRefusal(
            f"{n_regions} regions that cover {covered} municipalities cannot hold one with"
            f" {members} members out of {n_municipalities}. Count the kind again.",
            code="scale_siblings",
        )
