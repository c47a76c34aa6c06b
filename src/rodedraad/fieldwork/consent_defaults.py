"""Which words ask for consent when a study has not written its own? One text for each purpose."""

from collections.abc import Mapping

CONSENT_DEFAULTS: Mapping[str, Mapping[str, str]] = {
    "take_part": {
        "nl": (
            "Ik doe mee aan dit onderzoek. Ik weet waar het over gaat en wat er met mijn "
            "antwoorden gebeurt. Meedoen is vrijwillig. Ik mag op elk moment stoppen en hoef niet "
            "te zeggen waarom."
        ),
        "en": (
            "I take part in this study. I know what it is about and what happens with my answers. "
            "Taking part is voluntary. I may stop at any time and need not say why."
        ),
    },
    "recording": {
        "nl": (
            "Het gesprek mag worden opgenomen. De opname wordt gebruikt om het gesprek uit te "
            "schrijven. Daarna wordt de opname gewist."
        ),
        "en": (
            "The talk may be recorded. The recording is used to write the talk down. After that "
            "it is erased."
        ),
    },
    "quotes": {
        "nl": (
            "Wat ik zeg, mag zonder mijn naam in het rapport staan. Het citaat zegt niet wie ik "
            "ben of waar ik precies werk."
        ),
        "en": (
            "What I say may stand in the report without my name. The quote does not say who I am "
            "or where exactly I work."
        ),
    },
    "named_quotes": {
        "nl": (
            "Wat ik zeg, mag met mijn naam en functie in het rapport staan. Ik krijg het citaat "
            "eerst te lezen."
        ),
        "en": (
            "What I say may stand in the report with my name and position. I read the quote first."
        ),
    },
    "contact_again": {
        "nl": "De onderzoekers mogen mij later nog eens vragen om mee te doen.",
        "en": "The researchers may ask me to take part again later.",
    },
    "reuse": {
        "nl": (
            "Andere onderzoekers mogen mijn antwoorden zonder mijn naam later ook gebruiken, voor "
            "onderzoek naar hetzelfde onderwerp."
        ),
        "en": (
            "Other researchers may use my answers later too, without my name, for research on the "
            "same subject."
        ),
    },
}
