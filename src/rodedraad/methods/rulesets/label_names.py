"""What are the Dutch labels of the rulesets called in English?"""

from collections.abc import Mapping

ENGLISH: Mapping[str, str] = {
    "onbepaald": "undetermined",
    # drive of a network, portfolio of a municipality
    "regelgedreven": "driven by regulation",
    "niet-regelgedreven": "not driven by regulation",
    "regelomlijst": "framed by regulation",
    "gemengd": "mixed",
    "overwegend regelgedreven": "mainly driven by regulation",
    "overwegend niet": "mainly not driven by regulation",
    # phase
    "nog geen fase": "no phase yet",
    "verkennen": "explore",
    "delen": "share",
    "overeenkomen": "agree",
    "vormgeven": "shape",
    "uitvoeren en vernieuwen": "deliver and renew",
    # governance and fit
    "gedeeld bestuur": "shared governance",
    "leidende organisatie": "lead organisation",
    "netwerkorganisatie": "network administrative organisation",
    "past": "fits",
    "past deels": "fits in part",
    "past niet": "does not fit",
    # ties and response of a network
    "bevestigd": "confirmed",
    "eenzijdig": "one-sided",
    "betwist": "contested",
    "afwezig": "absent",
    "onbekend": "unknown",
    "netwerkmaten mogelijk": "network measures possible",
    "te weinig respons": "too little response",
    # scale level
    "wijk": "neighbourhood",
    "gemeente": "municipality",
    "regio": "region",
    "bovenregionaal": "supraregional",
    "landelijk": "national",
    # steering and anchoring
    "kaderstellend loslaten": "letting go within frames",
    "sturen": "steering",
    "vrijblijvend loslaten": "letting go without commitment",
    "ad-hoc ingrijpen": "ad hoc intervention",
    "spanningsveld": "tension",
    "zelfde beeld": "same view",
    "borging in gevaar": "anchoring at risk",
    "geen alarm": "no alert",
    "vooraf nagegaan": "checked beforehand",
    "achteraf ingevuld": "filled in afterwards",
    # participation
    "verwachtingskloof": "expectation gap",
    "geen verwachtingskloof": "no expectation gap",
    # change type
    "veranderaar": "changer",
    "voorzichtige veranderaar": "careful changer",
    "voorzichtige": "careful",
    "grensgeval": "borderline case",
    # red thread
    "kandidaat": "candidate",
    "onderbouwd": "supported",
    "gevalideerd": "validated",
    "herzien": "revised",
    "niet herkend": "not recognised",
    # confidence
    "hoog": "high",
    "redelijk": "moderate",
    "beperkt": "limited",
    "zwak": "weak",
}
