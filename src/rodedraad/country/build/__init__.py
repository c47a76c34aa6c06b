"""How are the country tables made from the published files?"""

from rodedraad.country.build.writing import BuildReport, country_build

__all__ = ["BuildReport", "country_build"]
