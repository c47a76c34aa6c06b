"""Where do the outside services live? Defaults, and the environment that overrides them."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

_VARIABLES = {
    "cbs_v3": "RODEDRAAD_CBS_V3",
    "cbs_v3_third_party": "RODEDRAAD_CBS_V3_THIRD_PARTY",
    "cbs_v4": "RODEDRAAD_CBS_V4",
    "tooi": "RODEDRAAD_TOOI",
    "pdok": "RODEDRAAD_PDOK",
}


@dataclass(frozen=True)
class ServiceAddresses:
    """The base address of every service, without a slash at the end.

    ``cbs_v3`` and ``cbs_v3_third_party`` are the machine: ``/ODataFeed/odata/<table>`` and
    ``/ODataCatalog/Tables`` hang below it. ``cbs_v4`` and ``pdok`` hold the path to the tables
    and to the collections; ``tooi`` is the folder of the value lists.
    """

    cbs_v3: str = "https://opendata.cbs.nl"
    cbs_v3_third_party: str = "https://dataderden.cbs.nl"
    cbs_v4: str = "https://datasets.cbs.nl/odata/v1/CBS"
    tooi: str = "https://repository.officiele-overheidspublicaties.nl/waardelijsten"
    pdok: str = "https://api.pdok.nl/cbs/gebiedsindelingen/ogc/v1"

    def __post_init__(self) -> None:
        for field in fields(self):
            object.__setattr__(self, field.name, getattr(self, field.name).strip().rstrip("/"))

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "ServiceAddresses":
        """The defaults, with every variable of ``environment`` that is set and not empty."""
        given = {name: environment.get(variable, "") for name, variable in _VARIABLES.items()}
        return cls(**{name: value for name, value in given.items() if value.strip()})
