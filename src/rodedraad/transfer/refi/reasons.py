"""Why did something not come along, in one sentence for each reason?"""

from django.utils.translation import gettext_lazy as _

IN = {
    "not-in-standard": _("The standard does not have this here."),
    "invalid-value": _("The value is not of the kind that the standard asks."),
    "guid-replaced": _("This is no GUID; the thing has a GUID made from these characters."),
    "required-missing": _("Something that the standard requires is missing or cannot be read."),
    "one-too-many": _("The standard has at most one of these here; the first is kept."),
    "second-text": _(
        "The text stands here as content and as file, and they differ; the content is kept."
    ),
    "no-such-file": _("The archive has no such file; the text stands here as content."),
    "too-deep": _("It lies more than 64 levels deep, which is more than is read."),
    "local-path": _("It names a folder on someone's machine."),
    "no-file-of-project": _("No source of the project names this file."),
    "not-in-codebook-format": _("A codebook file has no place for this; a project has."),
    "not-in-table": _("A table of codes has no place for this; a codebook file has."),
    "illegal-character": _("Files of this kind cannot hold this control character."),
    "no-place": _("Rode Draad has no place for this."),
    "account-name": _("The name of an account elsewhere is not kept; the name of the coder is."),
    "passage-identity": _(
        "A passage has no identity or name of its own here; its codings have theirs."
    ),
    "passage-without-code": _("A passage without a code is not kept; its note is."),
    "two-makers": _("Who changed it last, and when, is not kept; who made it is."),
    "source-maker": _("Who brought in a text elsewhere is not kept."),
    "rich-text": _("The text is kept; its layout in a separate file is not."),
    "picture": _("Pictures are not coded here; the text with a picture is kept."),
    "sound": _("Sound and film are not coded here; their transcripts are kept."),
    "time": _("Times in a recording are not kept; the words of the transcript are."),
    "pdf-area": _("Areas on a page of a PDF are not coded here; passages of its text are."),
    "note-coded": _("Notes are not coded here; the words of the note are kept."),
    "note-one-place": _("A note stands with one thing here; it stands with the first."),
    "note-empty": _("The note has no words."),
    "case-unknown": _(
        "The study has no case of this name. Add the case to the study and bring the file in again."
    ),
    "case-elsewhere": _("The text belongs to another case of the study already."),
    "case-part": _("Of a case, only its name and its texts are kept."),
    "variable": _("Variables of cases and texts are not kept."),
    "outside-text": _("The passage does not lie in the text."),
    "no-text": _("The text is missing, so there is nothing to put the code on."),
    "text-differs": _(
        "The study has this text in another wording, so the positions do not fit it."
    ),
    "no-such-code": _("The code is not in the file."),
    "guid-repeated": _("Another thing in the file has this GUID; this one got a new one."),
    "twice": _("It stands in the file twice; it is kept once."),
    "name-changed": _("The name was shortened, or made different from its neighbour's."),
    "differs-here": _("It is in the study already, and is otherwise there; that stays."),
    "removed-here": _("It was taken out of the study before; it stays out."),
    "invalid-date": _("This is no date that can be kept."),
}
OUT = {
    "illegal-character": _("Files of this kind cannot hold this control character."),
    "not-in-codebook-format": _("A codebook file has no place for this; a project has."),
    "codebook-version": _("Versions of the codebook; the file holds the codes of now."),
    "text-version": _("Earlier versions of texts; the file holds the newest."),
    "original-file": _("Original files such as PDF; the file holds their text."),
    "round": _("In which round a coding was made, and what was agreed on there."),
    "judgement": _("Valence and strength of codings."),
    "pattern": _("Patterns of codes beside their colour."),
    "construct": _("To which construct of the framework a code belongs."),
    "blind": _("Blind rounds that are open: their codings, and what you may not see yet."),
    "lost": _("Codings whose words are not in the newest text, and suggestions."),
    "personal": _("Texts that you may not read, or that you did not ask for."),
    "key": _("Who is behind a pseudonym is never in the file."),
    "removed": _("What was taken out of the study."),
    "history": _("Steps that can be undone."),
    "case-frame": _("Cases without texts, and figures and answers of cases."),
}
