"""Which background figures are carried, and how is each made of the published columns?"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Recipe:
    """One figure of one year: ``times`` the sum of ``columns``, divided by column ``per``.

    For 2021 a column is a path in the published JSON.
    """

    year: int
    key: str
    columns: tuple[str, ...]
    times: float = 1
    per: str | None = None

    @property
    def source_column(self) -> str:
        """The published column, or the sum that makes the figure."""
        text = " + ".join(self.columns)
        if self.per is not None:
            return f"{self.times:g} * ({text}) / {self.per}"
        return text if self.times == 1 else f"{self.times:g} * {text}"


SOURCES = {2015: "70072ned", 2020: "84799NED", 2021: "85039NED"}
CODE_COLUMNS = {2015: "RegioS", 2020: "WijkenEnBuurten"}

_P15, _H15 = "TotaleBevolking_1", "TotaalAantalParticuliereHuishoudens_82"
_P20, _H20 = "AantalInwoners_5", "HuishoudensTotaal_28"


def _r(year: int, key: str, *columns: str, times: float = 1, per: str | None = None) -> Recipe:
    return Recipe(year, key, columns, times, per)


RECIPES: tuple[Recipe, ...] = (
    _r(2015, "inhabitants", _P15),
    _r(2015, "aged_under_15_share",
       "JongerDan5Jaar_4", "k_5Tot10Jaar_5", "k_10Tot15Jaar_6", times=100, per=_P15),
    _r(2015, "aged_15_24_share", "k_15Tot20Jaar_7", "k_20Tot25Jaar_8", times=100, per=_P15),
    _r(2015, "aged_25_44_share", "k_25Tot45Jaar_9", times=100, per=_P15),
    _r(2015, "aged_45_64_share", "k_45Tot65Jaar_10", times=100, per=_P15),
    _r(2015, "aged_65_plus_share",
       "k_65Tot80Jaar_11", "k_80JaarOfOuder_12", times=100, per=_P15),
    _r(2015, "aged_80_plus_share", "k_80JaarOfOuder_12", times=100, per=_P15),
    _r(2015, "non_western_share",
       "TotaalNietWesterseMigratieachtergrond_37", times=100, per=_P15),
    _r(2015, "western_share", "WesterseMigratieachtergrond_36", times=100, per=_P15),
    _r(2015, "population_growth", "BevolkingsgroeiRelatief_80"),
    _r(2015, "households", _H15),
    _r(2015, "single_person_share", "Eenpersoonshuishoudens_83", times=100, per=_H15),
    _r(2015, "with_children_share", "HuishoudensMetKinderen_85", times=100, per=_H15),
    _r(2015, "household_size", "GemiddeldeHuishoudensgrootte_89"),
    _r(2015, "population_density", "Bevolkingsdichtheid_57"),
    _r(2015, "address_density", "Omgevingsadressendichtheid_252"),
    _r(2015, "land_area", "Land_248"),
    _r(2015, "dwellings", "VoorraadOp1Januari_90"),
    _r(2015, "owner_occupied_share", "Koopwoningen_94"),
    _r(2015, "housing_value", "GemiddeldeWoningwaarde_99"),
    _r(2015, "disposable_income", "TotaalParticuliereHuishoudens_140"),
    _r(2015, "standardised_income", "TotaalParticuliereHuishoudens_148"),
    _r(2015, "social_assistance", "BijstandTotDeAOWLeeftijd_162"),
    _r(2015, "social_assistance_per_1000",
       "BijstandTotDeAOWLeeftijd_162", times=1000, per=_P15),
    _r(2015, "disability_benefit", "ArbeidsongeschiktheidTotaal_163"),
    _r(2015, "disability_benefit_per_1000",
       "ArbeidsongeschiktheidTotaal_163", times=1000, per=_P15),
    _r(2015, "unemployment_benefit", "Werkloosheid_159"),
    _r(2015, "unemployment_benefit_per_1000", "Werkloosheid_159", times=1000, per=_P15),
    _r(2015, "wajong_benefit", "WajongUitkering_166"),
    _r(2015, "pension_recipients", "AOW_167"),
    _r(2015, "jobs", "TotaalAantalBanen_112"),
    _r(2015, "jobs_per_1000", "TotaalAantalBanen_112", times=1_000_000, per=_P15),
    _r(2015, "distance_gp", "AfstandTotHuisartsenpraktijk_213"),
    _r(2015, "distance_hospital", "AfstandTotZiekenhuis_216"),
    _r(2015, "distance_supermarket", "AfstandTotGroteSupermarkt_226"),
    _r(2015, "distance_day_care", "AfstandTotKinderdagverblijf_218"),
    _r(2015, "distance_school", "AfstandTotSchoolBasisonderwijs_220"),
    _r(2020, "inhabitants", _P20),
    _r(2020, "aged_under_15_share", "k_0Tot15Jaar_8", times=100, per=_P20),
    _r(2020, "aged_15_24_share", "k_15Tot25Jaar_9", times=100, per=_P20),
    _r(2020, "aged_25_44_share", "k_25Tot45Jaar_10", times=100, per=_P20),
    _r(2020, "aged_45_64_share", "k_45Tot65Jaar_11", times=100, per=_P20),
    _r(2020, "aged_65_plus_share", "k_65JaarOfOuder_12", times=100, per=_P20),
    _r(2020, "non_western_share", "NietWestersTotaal_18", times=100, per=_P20),
    _r(2020, "western_share", "WestersTotaal_17", times=100, per=_P20),
    _r(2020, "households", _H20),
    _r(2020, "single_person_share", "Eenpersoonshuishoudens_29", times=100, per=_H20),
    _r(2020, "with_children_share", "HuishoudensMetKinderen_31", times=100, per=_H20),
    _r(2020, "household_size", "GemiddeldeHuishoudensgrootte_32"),
    _r(2020, "population_density", "Bevolkingsdichtheid_33"),
    _r(2020, "address_density", "Omgevingsadressendichtheid_116"),
    _r(2020, "land_area", "OppervlakteLand_111", times=0.01),
    _r(2020, "social_assistance_recipients", "PersonenPerSoortUitkeringBijstand_83"),
    _r(2020, "social_assistance_recipients_per_1000",
       "PersonenPerSoortUitkeringBijstand_83", times=1000, per=_P20),
    _r(2020, "disability_benefit", "PersonenPerSoortUitkeringAO_84"),
    _r(2020, "disability_benefit_per_1000",
       "PersonenPerSoortUitkeringAO_84", times=1000, per=_P20),
    _r(2020, "unemployment_benefit", "PersonenPerSoortUitkeringWW_85"),
    _r(2020, "unemployment_benefit_per_1000",
       "PersonenPerSoortUitkeringWW_85", times=1000, per=_P20),
    _r(2020, "pension_recipients", "PersonenPerSoortUitkeringAOW_86"),
    _r(2020, "distance_supermarket", "AfstandTotGroteSupermarkt_106"),
    _r(2020, "distance_day_care", "AfstandTotKinderdagverblijf_107"),
    _r(2021, "inhabitants", "Population"),
    _r(2021, "aged_under_15_share", "Demographics/Under 15 years (%)"),
    _r(2021, "aged_15_24_share", "Demographics/15-24 years (%)"),
    _r(2021, "aged_25_44_share", "Demographics/25-44 years (%)"),
    _r(2021, "aged_45_64_share", "Demographics/45-64 years (%)"),
    _r(2021, "aged_65_plus_share", "Demographics/65+ years (%)"),
    _r(2021, "non_western_share", "Demographics/Non-Western background (%)"),
    _r(2021, "western_share", "Demographics/Western background (%)"),
    _r(2021, "single_person_share", "Demographics/Single-person households (%)"),
    _r(2021, "household_size", "Demographics/Avg household size"),
    # Published under the wrong name: it is the address density (compare 2020).
    _r(2021, "address_density", "Demographics/Population density (per km²)"),
    _r(2021, "population_density", "Population", per="Environment/Land area (km²)"),
    _r(2021, "land_area", "Environment/Land area (km²)"),
    _r(2021, "owner_occupied_share", "Housing/Owner-occupied (%)"),
    _r(2021, "social_housing_share", "Housing/Social housing (%)"),
    _r(2021, "housing_value", "Housing/Avg WOZ value (x€1k)"),
    _r(2021, "income_per_inhabitant", "IncomeWealth/Avg income per inhabitant (x€1k)"),
    _r(2021, "low_income_share", "Inequality/Low income threshold (%)"),
    _r(2021, "social_minimum_share", "Inequality/At-or-below social minimum (%)"),
    _r(2021, "near_poverty_share", "Inequality/Near-poverty 120% (%)"),
    _r(2021, "social_assistance_recipients_per_1000",
       "Inequality/Bijstand recipients (per 1k)"),
    _r(2021, "disability_benefit_per_1000", "WelfareCare/Disability benefit (per 1k)"),
    _r(2021, "wmo_clients_per_1000", "WelfareCare/Wmo care clients (per 1k)"),
    _r(2021, "youth_care_share", "Inequality/Youth welfare (%)"),
    _r(2021, "labour_participation", "HumanCapital/Labour participation (%)"),
    _r(2021, "high_education_share", "HumanCapital/High education (%)"),
    _r(2021, "low_education_share", "HumanCapital/Low education (%)"),
    _r(2021, "distance_gp", "Services/Distance to GP (km)"),
    _r(2021, "distance_supermarket", "Services/Distance to supermarket (km)"),
    _r(2021, "distance_day_care", "Services/Distance to daycare (km)"),
    _r(2021, "distance_school", "Services/Distance to school (km)"),
)  # fmt: skip


def recipes_of(year: int) -> list[Recipe]:
    """The figures of one year."""
    return [recipe for recipe in RECIPES if recipe.year == year]


def columns_of(year: int) -> list[str]:
    """The published columns that the figures of one year need, each once."""
    return columns_needed(recipes_of(year))


def columns_needed(recipes: Iterable[Recipe]) -> list[str]:
    """The published columns that these recipes need, each once."""
    needed = [name for each in recipes for name in (*each.columns, each.per) if name]
    return list(dict.fromkeys(needed))


def _title(column: str) -> str:
    """The title that CBS made the key of: ``k_0Tot15Jaar_8`` is "0 tot 15 jaar"."""
    return re.sub(r"^k_|_\d+$", "", column)


# Made in the same way every year, with columns named by title, as their number changes. The ones
# below "2020" were empty in the edition of 2020 that is carried.
YEARLY: tuple[Recipe, ...] = (
    *(
        replace(each, columns=tuple(map(_title, each.columns)), per=each.per and _title(each.per))
        for each in recipes_of(2020)
    ),
    _r(2020, "dwellings", "Woningvoorraad"),
    _r(2020, "owner_occupied_share", "Koopwoningen"),
    _r(2020, "social_housing_share", "In bezit woningcorporatie"),
    _r(2020, "housing_value", "Gemiddelde WOZ-waarde van woningen"),
    _r(2020, "income_per_inhabitant", "Gemiddeld inkomen per inwoner"),
    _r(2020, "low_income_share", "Huishoudens met een laag inkomen"),
    _r(2020, "social_minimum_share", "Huish. onder of rond sociaal minimum"),
    _r(2020, "near_poverty_share", "Huishoudens tot 120% van sociaal minimum"),
    _r(2020, "labour_participation", "Netto arbeidsparticipatie"),
    _r(2020, "wmo_clients_per_1000", "Wmo-cliënten relatief"),
    _r(2020, "youth_care_share", "Percentage jongeren met jeugdzorg"),
    _r(2020, "distance_gp", "Afstand tot huisartsenpraktijk"),
    _r(2020, "distance_school", "Afstand tot school"),
)
