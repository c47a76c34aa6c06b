"""Which kinds of regions are there, under which names are they published, and what are they for?

The titles are those of the sources; domain of the 2022-only kinds, kind and note are ours.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class RegionType:
    """One kind of region. ``raw_2016`` and ``raw_2022`` are its published names, blanks off."""

    key: str
    title_nl: str
    title_en: str
    domain: str
    kind: str
    raw_2016: str | None = None
    raw_2022: str | None = None
    note: str | None = None


_COOP, _STATE, _STAT = "cooperation", "state", "statistical"
_SOCIAL, _SAFETY, _PHYSICAL, _ADMIN = "social", "safety", "physical", "administrative"

REGION_TYPES: tuple[RegionType, ...] = (
    RegionType("arbeidsmarktregio", "Arbeidsmarktregio's", "Labour-market regions",
               _SOCIAL, _COOP, "Arbeidsmarktregio's", "Arbeidsmarktregio's"),
    RegionType("centrumgemeente-opvang",
               "Centrumgemeenten maatschappelijke opvang en beschermd wonen",
               "Central municipalities for shelter and sheltered living", _SOCIAL, _COOP,
               "Centrumgemeente maatschappelijke opvang & beschermd wonen"),
    RegionType("centrumgemeente-vrouwenopvang",
               "Centrumgemeenten vrouwenopvang en huiselijk geweld",
               "Central municipalities for women's shelter and domestic violence",
               _SOCIAL, _COOP,
               "Centrumgemeenten vrouwenopvang / geweld in huiselijke kring"),
    RegionType("ggd-regio", "GGD-regio's", "Municipal health service regions",
               _SOCIAL, _COOP, "GGD's", "GGD-regio's"),
    RegionType("hlz-regio", "HLZ-regio's (Hervorming Langdurige Zorg)",
               "Long-term care reform regions", _SOCIAL, _COOP,
               "HLZ-regio's (Hervorming Langdurige Zorg)"),
    RegionType("intergemeentelijke-sociale-dienst", "Intergemeentelijke sociale diensten",
               "Intermunicipal social services", _SOCIAL, _COOP,
               "Intergemeentelijke sociale diensten",
               note="Only municipalities that take part are listed (107 of 390)."),
    RegionType("jeugdregio", "Jeugdregio's", "Youth care regions",
               _SOCIAL, _COOP, "Jeugdzorgregio's", "Jeugdregio's"),
    RegionType("kamer-van-koophandel", "Kamer van Koophandel", "Chamber of Commerce regions",
               _SOCIAL, _STATE, "Kamer van Koophandel", "Kamer van Koophandel",
               "Regions of one national body; the Regioatlas files it under social."),
    RegionType("samenwerkingsverband-po", "Passend onderwijs, primair onderwijs",
               "Inclusive education partnerships, primary", _SOCIAL, _COOP,
               "Passend Onderwijs - Primair Onderwijs",
               note="Partnerships of school boards that must consult the municipalities."),
    RegionType("samenwerkingsverband-vo", "Passend onderwijs, voortgezet onderwijs",
               "Inclusive education partnerships, secondary", _SOCIAL, _COOP,
               "Passend Onderwijs - Voortgezet Onderwijs",
               note="Partnerships of school boards that must consult the municipalities."),
    RegionType("rcf-handhaving", "RCF Kenniscentra Handhaving",
               "Regional knowledge centres on benefit enforcement", _SOCIAL, _COOP,
               "RCF Kenniscentra Handhaving",
               note="Serve municipalities jointly."),
    RegionType("rmc-regio", "RMC-regio's (Regionaal Meld- en Coördinatiepunt)",
               "Early school leaving registration regions", _SOCIAL, _COOP,
               "RMC-regio's (Regionaal Meld- en Coördinatiepunt)",
               "Regionale Meld- en Coördinatiepunten"),
    RegionType("regionaal-platform-arbeidsmarkt", "Regionale Platforms Arbeidsmarkt",
               "Regional labour-market platforms", _SOCIAL, _COOP,
               "Regionale Platforms Arbeidsmarkt"),
    RegionType("sociale-werkvoorziening", "Sociale werkvoorziening", "Sheltered employment",
               _SOCIAL, _COOP, "Sociale Werkvoorziening",
               note="Some municipalities take part in two."),
    RegionType("veilig-thuis-regio", "Veilig Thuis-regio's",
               "Domestic violence and child abuse desks", _SOCIAL, _COOP,
               "Veilig Thuis regio's", "Veilig Thuis Regio's"),
    RegionType("wmo-regio", "Wmo-regio's", "Social support act regions",
               _SOCIAL, _COOP, "WMO-regio's"),
    RegionType("zorgkantoorregio", "Zorgkantoorregio's", "Long-term care office regions",
               _SOCIAL, _STATE, "Zorgkantoorregio's", "Zorgkantoorregio's",
               "Offices that carry out a national act; municipalities do not cooperate in them."),
    RegionType("regioplus-arbeidsmarktregio", "RegioPlus-arbeidsmarktregio's",
               "RegioPlus labour-market regions for care", _SOCIAL, _STAT,
               None, "RegioPlus-arbeidsmarktregio's",
               "Regions of employers in care and welfare, not of municipalities or the state."),
    RegionType("politie-eenheid", "Politie-eenheden", "Police units",
               _SAFETY, _STATE, "Politie-eenheden", "Regionale eenheden"),
    RegionType("riec", "Regionale Informatie- en Expertisecentra",
               "Regional centres on organised crime", _SAFETY, _COOP,
               "Regionaal Informatie en Expertise Centra",
               note="Municipalities with police, prosecution and tax service."),
    RegionType("vpt-regio", "VPT-regio's 2014", "VPT regions 2014",
               _SAFETY, _STATE, "VPT-regio's 2014",
               note="Published without explanation; read as a division of safety services, "
                    "because it follows the safety regions."),
    RegionType("veiligheidshuis", "Veiligheidshuizen", "Safety houses",
               _SAFETY, _COOP, "Veiligheidshuizen"),
    RegionType("veiligheidsregio", "Veiligheidsregio's", "Safety regions",
               _SAFETY, _COOP, "Veiligheidsregio's", "Veiligheidsregio's"),
    RegionType("mirt-gebied", "MIRT-gebieden", "National infrastructure programme areas",
               _PHYSICAL, _STATE, "MIRT-gebieden",
               note="Areas of a programme of the state."),
    RegionType("omgevingsdienst", "Omgevingsdiensten", "Environmental services",
               _PHYSICAL, _COOP, "Omgevingsdiensten (Regionale uitvoeringsdiensten)"),
    RegionType("brzo-dienst", "Omgevingsdiensten met BRZO-taken",
               "Environmental services for major hazards", _PHYSICAL, _COOP,
               "Regionale Uitvoeringsdiensten - BRZO",
               note="Six environmental services that serve the others."),
    RegionType("res-regio", "Regionale Energiestrategie-regio's", "Energy strategy regions",
               _PHYSICAL, _COOP, None, "Regionale Energiestrategie regio’s"),
    RegionType("subres-regio", "SubRES-regio's", "Energy strategy subregions",
               _PHYSICAL, _COOP, None, "SubRES-regio’s"),
    RegionType("landbouwgebied", "Landbouwgebieden", "Agricultural areas",
               _PHYSICAL, _STAT, None, "Landbouwgebieden"),
    RegionType("landbouwgebied-groep", "Landbouwgebieden (groepen)",
               "Agricultural areas (groups)", _PHYSICAL, _STAT,
               None, "Landbouwgebieden (groepen)"),
    RegionType("toeristengebied", "Toeristengebieden", "Tourist areas",
               _PHYSICAL, _STAT, None, "Toeristengebieden"),
    RegionType("toeristengebied-groep", "Toeristengebieden (groepen)",
               "Tourist areas (groups)", _PHYSICAL, _STAT, None, "Toeristengebieden (groepen)"),
    RegionType("arrondissement", "Arrondissementen", "District courts",
               _ADMIN, _STATE, "Arrondissementen", "Arrondissementen (rechtsgebieden)"),
    RegionType("ressort", "Ressorten", "Courts of appeal",
               _ADMIN, _STATE, "Ressorten", "Ressorten (rechtsgebieden)"),
    RegionType("provincie", "Provincies", "Provinces",
               _ADMIN, _STATE, "Provincies", "Provincies"),
    RegionType("nuts-2", "NUTS 2-regio's", "NUTS 2 regions",
               _ADMIN, _STAT, "NUTS-2 Regio's (Provincies)"),
    RegionType("nuts-3", "NUTS 3-regio's", "NUTS 3 regions",
               _ADMIN, _STAT, "NUTS-3 Regio's"),
    RegionType("landsdeel", "Landsdelen (NUTS 1)", "Parts of the country (NUTS 1)",
               _ADMIN, _STAT, "NUTS-1 Regio's (Landsdelen)", "Landsdelen"),
    RegionType("corop", "COROP-gebieden", "COROP regions",
               _ADMIN, _STAT, "COROP regio's", "COROP-gebieden"),
    RegionType("corop-plus", "COROP-plusgebieden", "COROP-plus regions",
               _ADMIN, _STAT, "COROP plusregio's", "COROP-plusgebieden"),
    RegionType("corop-sub", "COROP-subgebieden", "COROP subregions",
               _ADMIN, _STAT, "COROP subregio's", "COROP-subgebieden"),
    RegionType("gemeentegrootte", "Gemeentegrootte", "Size of municipality",
               _ADMIN, _STAT, None, "Gemeentegrootte"),
    RegionType("stedelijkheid", "Stedelijkheid", "Urbanity",
               _ADMIN, _STAT, None, "Stedelijkheid"),
)  # fmt: skip
