"""Which published files are the country tables built from, and on what terms?"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from rodedraad.country.tables import Source

CBS = "Centraal Bureau voor de Statistiek"
CC_BY = "CC BY 4.0"
CBS_TEXT = "Bron: CBS (CC BY 4.0)"
STATLINE = "https://opendata.cbs.nl/ODataApi/OData/"


@dataclass(frozen=True)
class PublishedFile:
    """One file of the source folder, with the number of records it should hold."""

    key: str
    file: str
    rows: int
    title_nl: str
    title_en: str
    publisher: str = CBS
    licence: str = CC_BY
    attribution: str = CBS_TEXT
    published: str | None = None
    url: str | None = None

    def source(self, folder: Path) -> Source:
        """The entry for ``sources.json``, with the fingerprint of the file as it lies there."""
        return Source(
            key=self.key,
            title_nl=self.title_nl,
            title_en=self.title_en,
            publisher=self.publisher,
            licence=self.licence,
            attribution=self.attribution,
            published=self.published,
            url=self.url,
            file=self.file,
            sha256=fingerprint(folder / self.file),
            rows=self.rows,
        )


def fingerprint(file: Path) -> str:
    """The SHA-256 of a file."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def boundary_file(year: int, suffix: str, rows: int) -> PublishedFile:
    """The published boundaries of one year."""
    return PublishedFile(
        key=f"boundaries_{year}",
        file=f"boundaries/municipalities_{year}.{suffix}",
        rows=rows,
        title_nl=f"Gemeentegrenzen {year}, vereenvoudigd",
        title_en=f"Municipal boundaries {year}, simplified",
        publisher="CBS / Kadaster",
        attribution="Gemeentegrenzen: CBS / Kadaster (CC BY 4.0), vereenvoudigd",
    )


PUBLISHED: tuple[PublishedFile, ...] = (
    PublishedFile(
        key="tooi",
        file="register/tooi_municipalities_v5.json",
        rows=734,
        title_nl="TOOI-waardelijst gemeenten, versie 5",
        title_en="TOOI value list of municipalities, version 5",
        publisher="Ministerie van Binnenlandse Zaken en Koninkrijksrelaties",
        licence="Government reference data",
        attribution="Bron: TOOI-waardelijst gemeenten",
        published="2026-01-29",
        url="https://identifier.overheid.nl/tooi/set/rwc_gemeenten_compleet/5",
    ),
    PublishedFile(
        key="population",
        file="register/population_2017_2026.csv",
        rows=3_543,
        title_nl="Inwoners per gemeente op 1 januari, 2017-2026",
        title_en="Inhabitants per municipality on 1 January, 2017-2026",
    ),
    PublishedFile(
        key="70072ned",
        file="cbs/70072ned_2015.csv",
        rows=770,
        title_nl="Regionale kerncijfers Nederland 2015",
        title_en="Regional key figures of the Netherlands 2015",
        url=STATLINE + "70072ned",
    ),
    PublishedFile(
        key="84799NED",
        file="cbs/cbs.v3.84799NED_TypedDataSet.parquet",
        rows=17_341,
        title_nl="Kerncijfers wijken en buurten 2020",
        title_en="Key figures of districts and neighbourhoods 2020",
        published="2021-03-26",
        url=STATLINE + "84799NED",
    ),
    PublishedFile(
        key="85039NED",
        file="cbs/85039NED_2021_derived.json",
        rows=352,
        title_nl="Kerncijfers wijken en buurten 2021, per gemeente bewerkt",
        title_en="Key figures of districts and neighbourhoods 2021, adapted per municipality",
        attribution="Bron: CBS (CC BY 4.0), bewerkt",
        url=STATLINE + "85039NED",
    ),
    PublishedFile(
        key="iv3",
        file="cbs/iv3_social_domain_2017_2026.csv.gz",
        rows=69_829,
        title_nl="Iv3: lasten van het sociaal domein per gemeente en taakveld, 2017-2026",
        title_en="Iv3: social-domain expenditure per municipality and taakveld, 2017-2026",
    ),
    PublishedFile(
        key="regions_2022",
        file="cbs/regions_2022.csv",
        rows=8_625,
        title_nl="Gebieden in Nederland 2022",
        title_en="Regions of the Netherlands 2022",
        published="2022-08-23",
        url=STATLINE + "85067NED",
    ),
    PublishedFile(
        key="regioatlas_2016",
        file="cooperation/regioatlas_2016.csv",
        rows=12_995,
        title_nl="Regioatlas 2016: samenwerkingsgebieden per gemeente",
        title_en="Regioatlas 2016: cooperation regions per municipality",
        publisher="Regioatlas",
        licence="ODC-PDDL-1.0",
        attribution="Bron: Regioatlas (2016)",
    ),
    PublishedFile(
        key="opengr_2016",
        file="cooperation/opengr_2016.csv",
        rows=3_752,
        title_nl="OpenGR 2016: gemeenschappelijke regelingen en deelnemers",
        title_en="OpenGR 2016: joint arrangements and their members",
        publisher="OpenGR",
        licence="ODC-PDDL-1.0",
        attribution="Bron: OpenGR (2016)",
    ),
    boundary_file(2015, "topojson", 393),
    boundary_file(2016, "topojson", 390),
    boundary_file(2021, "geojson", 352),
    boundary_file(2023, "topojson", 342),
)

NO_FILES: tuple[Source, ...] = (
    Source(
        key="staatsblad",
        title_nl="Herindelingswetten in het Staatsblad",
        title_en="Acts on municipal division in the Bulletin of Acts and Decrees",
        publisher="KOOP",
        licence="No copyright (art. 11 Auteurswet)",
        attribution="Bron: Staatsblad",
        published=None,
        url="https://zoek.officielebekendmakingen.nl/",
        file=None,
        sha256=None,
        rows=None,
    ),
    Source(
        key="rodedraad",
        title_nl="Eigen indeling van Rode Draad",
        title_en="Classification made by Rode Draad",
        publisher="Rode Draad",
        licence="EUPL-1.2",
        attribution="Indeling: Rode Draad",
        published=None,
        url=None,
        file=None,
        sha256=None,
        rows=None,
    ),
)


def sources_by_key(files: Iterable[PublishedFile]) -> dict[str, PublishedFile]:
    """The files by key."""
    return {item.key: item for item in files}


def sources_text(entries: Iterable[Source]) -> str:
    """What ``sources.json`` holds for these entries."""
    return json.dumps([asdict(each) for each in entries], ensure_ascii=False, indent=1) + "\n"
