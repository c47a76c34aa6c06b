"""What are the background figures called, what are they counted in, and what are they based on?"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Wording:
    """What a figure is called and counted in; the same in every year that has it."""

    title_nl: str
    title_en: str
    unit_nl: str
    unit_en: str
    kind: str
    weight_key: str | None = None


_INHABITANTS = ("aantal", "number")
_PERCENT = ("%", "%")
_PER_1000 = ("per 1.000 inwoners", "per 1,000 inhabitants")
_KM = ("km", "km")
_EUROS = ("x 1.000 euro", "x 1,000 euro")


def _count(nl: str, en: str, unit: tuple[str, str] = _INHABITANTS) -> Wording:
    return Wording(nl, en, *unit, "count")


def _rate(nl: str, en: str, unit: tuple[str, str] = _PERCENT, of: str = "inhabitants") -> Wording:
    return Wording(nl, en, *unit, "rate", of)


def _mean(nl: str, en: str, unit: tuple[str, str], of: str = "inhabitants") -> Wording:
    return Wording(nl, en, *unit, "mean", of)


WORDINGS: dict[str, Wording] = {
    "inhabitants": _count("Inwoners", "Inhabitants"),
    "aged_under_15_share": _rate("Jonger dan 15 jaar", "Aged under 15"),
    "aged_15_24_share": _rate("15 tot 25 jaar", "Aged 15 to 24"),
    "aged_25_44_share": _rate("25 tot 45 jaar", "Aged 25 to 44"),
    "aged_45_64_share": _rate("45 tot 65 jaar", "Aged 45 to 64"),
    "aged_65_plus_share": _rate("65 jaar of ouder", "Aged 65 and over"),
    "aged_80_plus_share": _rate("80 jaar of ouder", "Aged 80 and over"),
    "non_western_share": _rate(
        "Met niet-westerse migratieachtergrond", "With a non-western migration background"
    ),
    "western_share": _rate(
        "Met westerse migratieachtergrond", "With a western migration background"
    ),
    "population_growth": _rate("Bevolkingsgroei", "Population growth", _PER_1000),
    "households": _count("Particuliere huishoudens", "Private households"),
    "single_person_share": _rate(
        "Eenpersoonshuishoudens", "Single-person households", of="households"
    ),
    "with_children_share": _rate(
        "Huishoudens met kinderen", "Households with children", of="households"
    ),
    "household_size": _mean(
        "Gemiddelde huishoudensgrootte", "Average household size", ("personen", "persons"),
        "households",
    ),
    "population_density": _mean(
        "Bevolkingsdichtheid", "Population density",
        ("inwoners per km² land", "inhabitants per km² of land"), "land_area",
    ),
    "address_density": _mean(
        "Omgevingsadressendichtheid", "Address density of the surroundings",
        ("adressen per km²", "addresses per km²"), "households",
    ),
    "land_area": _count("Oppervlakte land", "Land area", ("km²", "km²")),
    "dwellings": _count("Woningen", "Dwellings"),
    "owner_occupied_share": _rate(
        "Koopwoningen", "Owner-occupied dwellings", of="dwellings"
    ),
    "social_housing_share": _rate(
        "Woningen van een corporatie", "Dwellings of a housing association", of="households"
    ),
    "housing_value": _mean(
        "Gemiddelde woningwaarde (WOZ)", "Average value of dwellings", _EUROS, "dwellings"
    ),
    "disposable_income": _mean(
        "Gemiddeld besteedbaar huishoudensinkomen", "Average disposable household income",
        _EUROS, "households",
    ),
    "standardised_income": _mean(
        "Gemiddeld gestandaardiseerd huishoudensinkomen",
        "Average standardised household income", _EUROS, "households",
    ),
    "income_per_inhabitant": _mean(
        "Gemiddeld inkomen per inwoner", "Average income per inhabitant", _EUROS
    ),
    "low_income_share": _rate(
        "Huishoudens met een laag inkomen", "Households with a low income", of="households"
    ),
    "social_minimum_share": _rate(
        "Huishoudens onder of rond het sociaal minimum",
        "Households at or below the social minimum", of="households",
    ),
    "near_poverty_share": _rate(
        "Huishoudens tot 120% van het sociaal minimum",
        "Households up to 120% of the social minimum", of="households",
    ),
    "social_assistance": _count(
        "Personen met bijstand tot de AOW-leeftijd",
        "Persons on social assistance below pension age",
    ),
    "social_assistance_per_1000": _rate(
        "Personen met bijstand tot de AOW-leeftijd",
        "Persons on social assistance below pension age", _PER_1000,
    ),
    "social_assistance_recipients": _count(
        "Personen met een bijstandsuitkering", "Persons on social assistance"
    ),
    "social_assistance_recipients_per_1000": _rate(
        "Personen met een bijstandsuitkering", "Persons on social assistance", _PER_1000
    ),
    "disability_benefit": _count(
        "Personen met een arbeidsongeschiktheidsuitkering", "Persons on disability benefit"
    ),
    "disability_benefit_per_1000": _rate(
        "Personen met een arbeidsongeschiktheidsuitkering", "Persons on disability benefit",
        _PER_1000,
    ),
    "unemployment_benefit": _count(
        "Personen met een werkloosheidsuitkering", "Persons on unemployment benefit"
    ),
    "unemployment_benefit_per_1000": _rate(
        "Personen met een werkloosheidsuitkering", "Persons on unemployment benefit", _PER_1000
    ),
    "wajong_benefit": _count(
        "Personen met een Wajong-uitkering", "Persons on benefit for the young disabled"
    ),
    "pension_recipients": _count("Personen met AOW", "Persons with a state pension"),
    "jobs": _count("Banen van werknemers", "Jobs of employees", ("x 1.000", "x 1,000")),
    "jobs_per_1000": _rate("Banen van werknemers", "Jobs of employees", _PER_1000),
    "labour_participation": _rate("Netto arbeidsparticipatie", "Net labour participation"),
    "high_education_share": _rate("Hoog opgeleid", "Highly educated"),
    "low_education_share": _rate("Laag opgeleid", "Low education"),
    "wmo_clients_per_1000": _rate("Wmo-cliënten", "Clients of social support", _PER_1000),
    "youth_care_share": _rate("Jongeren met jeugdzorg", "Young people with youth care"),
    "distance_gp": _mean("Afstand tot huisarts", "Distance to general practitioner", _KM),
    "distance_hospital": _mean("Afstand tot ziekenhuis", "Distance to hospital", _KM),
    "distance_supermarket": _mean(
        "Afstand tot grote supermarkt", "Distance to large supermarket", _KM
    ),
    "distance_day_care": _mean("Afstand tot kinderdagverblijf", "Distance to day care", _KM),
    "distance_school": _mean("Afstand tot basisschool", "Distance to primary school", _KM),
}  # fmt: skip
