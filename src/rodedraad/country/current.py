"""Which tables of the country this installation uses: those built here, else those carried."""

from pathlib import Path

from rodedraad.country.history import Country, country_tables
from rodedraad.country.tables import CARRIED, SOURCES_FILE
from rodedraad.home import home_folder

BUILT = "country"


def current_country() -> Country:
    """Return the country of the tables in the data folder, or of the carried ones."""
    return country_tables(tables_in_use())


def tables_in_use() -> Path:
    """The folder of those tables."""
    built = home_folder() / BUILT
    return built if (built / SOURCES_FILE).is_file() else CARRIED
