"""How are codes of the networks written for a person: drive, basis, scale, domain, kind?

The labels of the rules are data and stay Dutch in code; an English page shows what they mean.
"""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rodedraad.country.history import Country
from rodedraad.country.wording import in_language
from rodedraad.methods.rulesets.label_names import ENGLISH
from rodedraad.networks.legal import JOINT_ARRANGEMENT, legal_bases
from rodedraad.networks.legal_table import MunicipalPart, Named, Provision, What, Words


def label_words(label: str) -> str:
    """A label of a rule, such as ``regelgedreven``, in the language of the page."""
    return ENGLISH.get(label, label) if get_language() == "en" else label


def words_shown(words: Words | Named) -> str:
    """The words of the legal table in the language of the page."""
    return words.en if get_language() == "en" else words.nl


def basis_words(basis: str) -> str:
    """Whether the law prescribes the part of one unit."""
    known = {"prescribed": _("prescribed"), "voluntary": _("voluntary")}
    return known.get(basis, _("unknown"))


def domain_words(domain: str) -> str:
    """The domain of a kind of arrangement."""
    return {
        "social": _("social domain"),
        "safety": _("safety"),
        "physical": _("physical domain"),
        "administrative": _("administrative"),
    }.get(domain, _("domain not known"))


def provision_words(provision: Provision) -> str:
    """What the law does for a kind of cooperation."""
    return {
        "prescribes": _("The law prescribes this cooperation."),
        "asks_or_allows": _("The law asks for or allows this cooperation, and prescribes nobody."),
        "none": _("No provision asks for this cooperation."),
        "not_established": _("It was not established what the law says for this date."),
        "not_applicable": _("This is a division, no cooperation of municipalities."),
    }[provision]


def article_words(what: What) -> str:
    """What one article does."""
    return {
        "prescribes": _("prescribes"),
        "asks": _("asks"),
        "allows": _("allows"),
        "defines_area": _("fixes the area"),
    }[what]


def part_words(part: MunicipalPart) -> str:
    """Which part municipalities have in a kind of cooperation."""
    return {
        "member": _("municipalities are members"),
        "consulted": _("others cooperate, and must consult the municipalities"),
        "none": _("municipalities are no members"),
    }[part]


def confidence_words(confidence: str) -> str:
    """How sure the reading of the law is."""
    return {"high": _("high"), "medium": _("medium")}.get(confidence, _("low"))


def kind_titles(country: Country) -> dict[str, str]:
    """The title of every kind of arrangement, in the language of the page."""
    titles = {
        row["key"]: in_language(row, "title")
        for row in country.table("region_types").iter_rows(named=True)
    }
    return titles | {JOINT_ARRANGEMENT: words_shown(legal_bases()[JOINT_ARRANGEMENT].title)}
