"""Which Dutch words announce a name, belong to one, or only look like one?"""

# Forms of address: what follows with a capital is a name.
ADDRESS_FEMALE = ("mevrouw", "mevr.", "mevr", "mw.", "mw", "mvr.", "mejuffrouw", "juffrouw", "juf")
ADDRESS_MALE = ("de heer", "dhr.", "dhr", "meneer", "mijnheer", "mhr.", "m'neer", "hr.")
DEGREES = (
    "prof.", "professor", "dr.", "drs.", "ir.", "ing.", "mr.", "ds.", "dokter", "dominee",
    "pastoor", "pater", "zuster", "broeder", "imam",
)  # fmt: skip

# Relatives and neighbours: "mijn dochter Lotte".
RELATIVES_FEMALE = (
    "vrouw", "dochter", "moeder", "zus", "zusje", "oma", "tante", "nicht", "vriendin",
    "buurvrouw", "schoonmoeder", "schoondochter", "schoonzus", "stiefmoeder", "mama",
    "kleindochter",
)  # fmt: skip
RELATIVES_MALE = (
    "man", "zoon", "vader", "broer", "broertje", "opa", "oom", "neef", "vriend", "buurman",
    "schoonvader", "schoonzoon", "zwager", "stiefvader", "papa", "kleinzoon",
)  # fmt: skip

# Functions and roles: "wethouder Hendriks", "cliënt Bram".
FUNCTIONS = (
    "adviseur", "advocaat", "ambtenaar", "arts", "begeleider", "begeleidster", "behandelaar",
    "beleidsadviseur", "beleidsmedewerker", "bestuurder", "burgemeester", "casemanager",
    "casus", "cliënt", "client", "coach", "collega", "commissaris", "consulent", "coördinator",
    "coordinator", "deelnemer", "directeur", "familie", "gedragswetenschapper", "gedeputeerde",
    "gezin", "gemeentesecretaris", "gezinsvoogd", "griffier", "hulpverlener", "huisarts",
    "inwoner", "jeugdarts", "jeugdconsulent", "jongerenwerker", "kamerlid", "klant", "leerling",
    "leraar", "manager", "mantelzorger", "medewerker", "medewerkster", "mentor", "minister",
    "onderzoeker", "opbouwwerker", "patiënt", "pleegmoeder", "pleegvader", "projectleider",
    "psycholoog", "psychiater", "raadslid", "rechter", "respondent", "secretaris",
    "staatssecretaris", "teamleider", "teammanager", "therapeut", "verpleegkundige", "voogd",
    "voorzitter", "vrijwilliger", "vrijwilligster", "werkcoach", "wethouder", "wijkagent",
    "wijkcoach", "wijkverpleegkundige", "wijkwerker", "zorgcoördinator",
)  # fmt: skip

# Parts between first name and surname; a full stop may follow an abbreviated one.
PARTICLES = (
    "van de", "van der", "van den", "van 't", "van ’t", "van het", "van", "von der", "von",
    "de la", "de", "den", "der", "des", "ten", "ter", "'t", "’t", "in 't", "in ’t", "op 't",
    "op ’t", "op den", "aan den", "uit den", "in den", "v.d.", "v. d.", "v/d", "vd", "el",
    "ait", "aït", "ben", "bin", "da", "dos", "di", "du", "le", "la",
)  # fmt: skip

# Words that may stand before a name of a place, street or organisation and never before a person.
_INSTITUTION_BEFORE = """
    arena basisschool bibliotheek buurt buurtcentrum buurthuis buurtteam camping cbs college dorp
    dorpshuis fonds gebied gebouw gemeente gemeenten hotel huis huize inloop inloophuis kasteel
    kerk kindcentrum kliniek kwartier locatie lyceum manege moskee museum obs park pc plaats
    polder project provincie rbs regio school sint sinte speeltuin st stad station stichting
    straat supermarkt vereniging verpleeghuis verzorgingshuis wijk wijkcentrum wijkteam
    winkelcentrum woonvoorziening zalencentrum ziekenhuis zorgboerderij zorgcentrum zorggroep
    zwembad
"""
INSTITUTION_BEFORE = frozenset(_INSTITUTION_BEFORE.split())
_INSTITUTION_AFTER = """
    academie arena basisschool bibliotheek collectief college fonds fundatie groep gymnasium
    hospitaal huis instituut kindcentrum kliniek lyceum mavo museum park prijs scholengroep school
    stichting universiteit vmbo ziekenhuis
"""
INSTITUTION_AFTER = frozenset(_INSTITUTION_AFTER.split())
PLACE_ENDINGS = (
    "straat", "laan", "plein", "kade", "gracht", "singel", "dreef", "steeg", "boulevard",
    "school", "college", "ziekenhuis", "stichting", "park", "wet", "fonds", "lyceum", "team",
    "centrum", "weg",
)  # fmt: skip

# Capitalised words that are no names of persons.
_NOT_NAMES = """
    Aan Aanwezig Actie Afspraak Akkoord Algemene Als Amsterdam Amsterdammer Antwoord April
    Arabisch Arbeid Artikel Augustus Begroting Beleid Beleidsplan Belg Belgisch Belgische
    Beschikking Besluit Beste Bestuur Bij Bijlage Bron Burgemeester Buurt Centrum Christen Cliënt
    Cliënten Collega Collegas College Commissie Conclusie Convenant Daar Dag Dames Dan Dat Datum
    De December Deel Den Deze Die Dienst Dinsdag Directie Dit Doel Dolgraag Domein Donderdag
    Dordtenaar Dorp Drechtsteden Duits Duitse Een Eerste En Engels Engelse Er Europa Europese
    Februari Figuur Franse GGD GGZ Geachte Gemeente Gemeenten Gemeenteraad Gezin Gezondheid Haagse
    Haar Hen Heren Het Hier Hij Hoe Hoofd Hoofdstuk Huisarts Hun Iedereen Ik In Inleiding
    Inspectie Interview Interviewer Inwoners Ja Jaar Januari Je Jeugd Jeugdhulp Jeugdteam Jeugdwet
    Jeugdzorg Jij Juli Jullie Juni Kabinet Kamer Kamerbrief Kamerstuk Katholiek Kern Koningin
    Kwaliteit Locatie Maandag Maar Maart Maatschappelijke Maatschappij Man Mantelzorger Marokkaan
    Marokkaans Marokkaanse Medewerker Mei Men Met Mijn Minister Ministerie Moderator Moslim Motie
    Na Naam Nederland Nederlander Nederlanders Nederlands Nederlandse Nee Niemand Noord Nota
    November Nu Of Oktober Oma Ondersteuning Onderwerp Onderzoek Onderzoeker Ons Onze Oost Op Opa
    Opmerking Organisatie Ouders Over Overheid Overig Pagina Participatie Participatieraad
    Participatiewet Partij Passend Plan Politie Pool Pools Poolse Positieve Praktijk Prinses
    Programma Project Provincie Raad Rapport Rechtbank Regeling Regio Rekenkamer Respondent Rijk
    Rijksoverheid Rotterdammer Samen Samenvatting School September Sint Sociaal Sociale Spreker
    Staat Staatsblad Stad Stadhuis Stichting Syrisch Syrische Syriër Tabel Tante Te Team Tegen Tel
    Ten Ter Tijd Titel Toelichting Toen Tot Turk Turks Turkse Tweede U Uit Uitvoering Uw Van
    Vereniging Verordening Verslag Vervoer Visie Volgens Voor Voorbeeld Voorzitter Vraag Vragen
    Vrijdag Wat We Welzijn Werk Werkgroep West Wet Wethouder Wie Wij Wijk Wijkteam Wijkteams Wil
    Wmo Wmo-consulent Woensdag Zaterdag Ze Zelf Zie Zij Zijn Zo Zondag Zorg Zorggroep
    Zorgverzekeraar Zuid
"""
NOT_NAMES = frozenset(_NOT_NAMES.split())
NOT_PERSONS = ("Albert Heijn", "Jan Linders", "Dirk van den Broek", "Max Havelaar", "Anna Paulowna")

# Surnames that many people have, alone in the middle of a sentence taken for a person. None of
# them is an ordinary word with a capital ("Groen", "Post"): these need other words around them.
_SURNAMES = """
    Amrani Aydin Bakker Beek Bensaïd Berg Boer Boersma Bos Bosch Bosman Bouma Bouwman Bouzid Broek
    Brouwer Bruijn Bruin Claassen Claessens Dam Dekker Demir Dijk Dijkstra Driessen Es Evers
    Gerritsen Graaf Groot Haan Hassan Heide Hendriks Hendrikse Hendriksen Hermans Hermsen Heuvel
    Hoek Hoekstra Hofman Horst Houten Huisman Idrissi Jacobs Jacobsen Jansen Jansens Janssen Jong
    Kaya Kok Koning Kooistra Koopman Koopmans Koster Kramer Kuijpers Kuiper Kuipers Laan Lambers
    Leeuw Leeuwen Linden Loon Maas Martens Meer Meijer Meijerink Meyer Mulder Nguyen Peeters
    Peters Pol Postma Rossum Ruiter Sanders Schipper Scholten Schouten Simons Singh Smeets Smit
    Smits Snijders Terpstra Timmermans Tuinstra Veen Veenstra Veer Velde Velden Veldhuis Veldman
    Ven Verbeek Verhagen Verhoeven Vermeer Vermeulen Visser Vliert Vliet Vos Vries Wagenaar Wal
    Wiersma Willems Willemsen Wit Wolters Wouters Yildiz Yilmaz Zanten Zijlstra Zwart Özdemir
    Öztürk
"""
SURNAMES = frozenset(_SURNAMES.split())
_NEEDS_PARTICLE = """
    Beek Berg Boer Bos Broek Bruijn Bruin Dam Dijk Es Graaf Groot Haan Heide Heuvel Hoek Horst
    Houten Jong Koning Laan Leeuw Leeuwen Linden Loon Meer Pol Rossum Ruiter Veen Veer Velde
    Velden Ven Vliert Vliet Vos Vries Wal Wit Zanten Zwart
"""
NEEDS_PARTICLE = frozenset(_NEEDS_PARTICLE.split())

# Labels before a colon at the start of a line that are no names of speakers.
GREETINGS = ("beste", "lieve", "hoi", "hallo", "dag", "geachte")
GOODBYES = ("groet", "groeten", "groetjes", "hoogachtend", "liefs", "vriendelijke groet")
