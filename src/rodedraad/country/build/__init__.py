"""How are the country tables made from the published files?"""

from rodedraad.country.build.adding import country_add
from rodedraad.country.build.laying import Laid
from rodedraad.country.build.writing import BuildReport, country_build

__all__ = ["BuildReport", "Laid", "country_add", "country_build"]
