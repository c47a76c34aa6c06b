"""Which words does a mail or letter have when a study has not written its own?"""

from collections.abc import Mapping

MAIL_DEFAULTS: Mapping[str, Mapping[str, str]] = {
    "invitation": {
        "subject_nl": "Wilt u meedoen aan het onderzoek {onderzoek}?",
        "body_nl": (
            "Beste {naam},\n\n"
            "Wij onderzoeken hoe het gaat in {gemeente}. Uw ervaring is daarbij belangrijk. "
            "Daarom vragen wij u om een vragenlijst in te vullen.\n\n"
            "U begint via deze link:\n{link}\n\n"
            "Invullen kan tot en met {einddatum}. U mag tussendoor stoppen en later verdergaan. "
            "Meedoen is vrijwillig.\n\n"
            "Met vriendelijke groet,\n{afzender}\n\n"
            "Wilt u geen mails over onderzoek meer? Meld u af:\n{afmelden}\n"
        ),
        "subject_en": "Would you take part in the study {onderzoek}?",
        "body_en": (
            "Dear {naam},\n\n"
            "We study how things are going in {gemeente}. Your experience matters for this. That "
            "is why we ask you to fill in a questionnaire.\n\n"
            "You start with this link:\n{link}\n\n"
            "You can answer until {einddatum}. You may stop and go on later. Taking part is "
            "voluntary.\n\n"
            "Kind regards,\n{afzender}\n\n"
            "Do you want no more mails about research? Unsubscribe:\n{afmelden}\n"
        ),
    },
    "reminder": {
        "subject_nl": "U kunt nog meedoen aan het onderzoek {onderzoek}",
        "body_nl": (
            "Beste {naam},\n\n"
            "Eerder vroegen wij u om mee te doen aan ons onderzoek in {gemeente}. U kunt de "
            "vragenlijst nog invullen tot en met {einddatum}. Hebt u dat al gedaan? Dan hoeft u "
            "niets meer te doen.\n\n"
            "Dit is de link:\n{link}\n\n"
            "Met vriendelijke groet,\n{afzender}\n\n"
            "Wilt u geen mails over onderzoek meer? Meld u af:\n{afmelden}\n"
        ),
        "subject_en": "You can still take part in the study {onderzoek}",
        "body_en": (
            "Dear {naam},\n\n"
            "Earlier we asked you to take part in our study in {gemeente}. You can still fill in "
            "the questionnaire until {einddatum}. Did you do that already? Then there is nothing "
            "more to do.\n\n"
            "This is the link:\n{link}\n\n"
            "Kind regards,\n{afzender}\n\n"
            "Do you want no more mails about research? Unsubscribe:\n{afmelden}\n"
        ),
    },
    "thanks": {
        "subject_nl": "Bedankt voor het meedoen aan {onderzoek}",
        "body_nl": (
            "Beste {naam},\n\n"
            "Bedankt voor het invullen van de vragenlijst. U helpt ons zo om te begrijpen wat er "
            "werkt in {gemeente}.\n\n"
            "Met vriendelijke groet,\n{afzender}\n\n"
            "Wilt u geen mails over onderzoek meer? Meld u af:\n{afmelden}\n"
        ),
        "subject_en": "Thank you for taking part in {onderzoek}",
        "body_en": (
            "Dear {naam},\n\n"
            "Thank you for filling in the questionnaire. You help us to understand what works in "
            "{gemeente}.\n\n"
            "Kind regards,\n{afzender}\n\n"
            "Do you want no more mails about research? Unsubscribe:\n{afmelden}\n"
        ),
    },
}
LETTER_DEFAULTS: Mapping[str, str] = {
    "nl": (
        "Beste {naam},\n\n"
        "Wij onderzoeken hoe het gaat in {gemeente}. Uw ervaring is daarbij belangrijk. Daarom "
        "vragen wij u om een vragenlijst in te vullen.\n\n"
        "Scan de code hieronder met uw telefoon, of typ het adres over in uw browser. Invullen "
        "kan tot en met {einddatum}. Meedoen is vrijwillig.\n\n"
        "Met vriendelijke groet,\n{afzender}"
    ),
    "en": (
        "Dear {naam},\n\n"
        "We study how things are going in {gemeente}. Your experience matters for this. That is "
        "why we ask you to fill in a questionnaire.\n\n"
        "Scan the code below with your telephone, or type the address in your browser. You can "
        "answer until {einddatum}. Taking part is voluntary.\n\n"
        "Kind regards,\n{afzender}"
    ),
}
