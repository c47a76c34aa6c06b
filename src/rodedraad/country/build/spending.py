"""What did each municipality spend per taakveld, and over which breaks do series go on?"""

import polars as pl

from rodedraad.country.build.reading import SourceFolder
from rodedraad.country.tables import SCHEMAS

KEY = "iv3"
REPORTS = {"X005": "accounts", "X000": "budget"}
_COLUMNS = ["year", "report", "gm_code", "taakveld", "taakveld_title", "lasten_x1000eur"]

GROUPS = {
    "community": ("Samenkracht en burgerparticipatie", "Community and participation"),
    "access": ("Toegang en eerstelijnsvoorzieningen", "Access and first-line services"),
    "income": ("Inkomensregelingen", "Income support"),
    "sheltered_work": ("WSW en beschut werk", "Sheltered work"),
    "employment": ("Arbeidsparticipatie", "Labour participation"),
    "care": ("Wmo en jeugdhulp", "Social support and youth care"),
}
# Group and subgroup of every taakveld, with its English name. From 2025 personal budgets (6.79)
# are published without saying whether they are Wmo or youth, so `care` is the finest level that
# goes on over all breaks.
TAAKVELDEN = {
    "6.1": ("community", None, "Community and citizen participation"),
    "6.2": ("access", None, "Neighbourhood teams"),
    "6.21": ("access", None, "Access and first-line services, Wmo"),
    "6.22": ("access", None, "Access and first-line services, youth"),
    "6.23": ("access", None, "Access and first-line services, integrated"),
    "6.3": ("income", None, "Income support"),
    "6.4": ("sheltered_work", None, "Sheltered work"),
    "6.5": ("employment", None, "Labour participation"),
    "6.6": ("care", "wmo", "Individual provisions (Wmo)"),
    "6.60": ("care", "wmo", "Aids and services (Wmo)"),
    "6.71": ("care", "wmo", "Individual services, adults"),
    "6.72": ("care", "youth", "Individual services, minors"),
    "6.73": ("care", "youth", "Residential youth care"),
    "6.74": ("care", "youth", "Youth care: crisis, national and closed"),
    "6.75": ("care", "youth", "Ambulatory youth care"),
    "6.76": ("care", "youth", "Residential youth care"),
    "6.79": ("care", None, "Personal budgets"),
    "6.81": ("care", "wmo", "Escalated care, adults"),
    "6.82": ("care", "youth", "Escalated care, minors"),
    "6.91": ("care", "wmo", "Coordination and policy, Wmo"),
    "6.92": ("care", "youth", "Coordination and policy, youth"),
}


def spending_build(sources: SourceFolder, key: str = KEY) -> pl.DataFrame:
    """The table ``spending``: every published amount."""
    published = sources.csv(key, _COLUMNS)
    kinds = published["report"].str.slice(4)
    for column, known in (("report", kinds.is_in(list(REPORTS))),
                          ("taakveld", published["taakveld"].is_in(list(TAAKVELDEN)))):  # fmt: skip
        unknown = published.filter(~known)
        if unknown.height:
            said = f"has an unknown {column} '{unknown[column][0]}' in line {unknown['row'][0]}"
            raise sources.broken(key, said)
    amounts = sources.numbers(key, published, "lasten_x1000eur", pl.Float64())
    return published.select(
        sources.numbers(key, published, "year", pl.Int32()),
        kinds.replace_strict(REPORTS),
        sources.codes(key, published, "gm_code"),
        "taakveld",
        "taakveld_title",
        amounts.alias("amount_keur"),
        source=pl.lit(key),
        source_row="row",
    )


def spending_classification_build(spending: pl.DataFrame) -> pl.DataFrame:
    """The table ``spending_classification``, with the years in which each taakveld occurs."""
    last = spending["year"].max()
    used = spending.group_by("taakveld").agg(
        title_nl=pl.col("taakveld_title").sort_by("year", "source_row").last(),
        valid_from=pl.col("year").min(),
        valid_to=pl.col("year").max(),
    )
    rows = [
        {
            "taakveld": row["taakveld"],
            "title_nl": row["title_nl"],
            "title_en": title_en,
            "valid_from": row["valid_from"],
            "valid_to": None if row["valid_to"] == last else row["valid_to"],
            "group": group,
            "group_title_nl": GROUPS[group][0],
            "group_title_en": GROUPS[group][1],
            "subgroup": subgroup,
            "source": "rodedraad",
            "source_row": row["taakveld"],
        }
        for row in used.sort("taakveld").iter_rows(named=True)
        for group, subgroup, title_en in [TAAKVELDEN[row["taakveld"]]]
    ]
    return pl.DataFrame(rows, schema=SCHEMAS["spending_classification"])
