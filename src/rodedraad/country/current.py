"""Which tables of the country this installation uses: those built here, else those carried."""

from rodedraad.country.history import Country, country_tables
from rodedraad.country.tables import SOURCES_FILE
from rodedraad.home import home_folder

BUILT = "country"


def current_country() -> Country:
    """Return the country of the tables in the data folder, or of the carried ones."""
    built = home_folder() / BUILT
    return country_tables(built if (built / SOURCES_FILE).is_file() else None)
