"""What are the codes of coding called on a page?"""

from django.utils.translation import gettext_lazy as _

DIFFERENCES = {
    "added": _("new"),
    "removed": _("ended"),
    "renamed": _("other name"),
    "moved": _("other place"),
    "meaning": _("other meaning"),
    "look": _("other look"),
}
FIELDS = {
    "name": _("Name"),
    "parent": _("Under"),
    "order": _("Place among these"),
    "definition": _("Definition"),
    "include": _("What belongs to it"),
    "exclude": _("What does not"),
    "example": _("Example"),
    "construct": _("Construct"),
    "is_codable": _("Passages can get this code"),
    "colour": _("Colour"),
    "pattern": _("Kind of line"),
}
WHY = {
    "split": _("the code was split"),
    "merged": _("the code was merged into this one"),
    "retired": _("the code ended"),
    "meaning": _("the meaning of the code changed"),
}
ANCHORS = {
    "exact": _("stands where it stood"),
    "moved": _("moved"),
    "unsure": _("unsure"),
    "lost": _("lost"),
}
MEMO_ABOUT = {
    "studie": _("the study"),
    "bron": _("a source"),
    "code": _("a code"),
    "codering": _("a coding"),
}
ACTIONS = {
    "code_add": _("code made"),
    "codes_add": _("codes read from a file"),
    "code_change": _("code changed"),
    "code_rename": _("code renamed"),
    "code_move": _("code moved"),
    "code_retire": _("code ended"),
    "code_split": _("code split"),
    "code_merge": _("codes merged"),
    "coding_add": _("passage coded"),
    "codings_add_many": _("many passages coded"),
    "coding_change": _("coding changed"),
    "coding_remove": _("coding taken away"),
    "memo_add": _("memo written"),
    "memo_change": _("memo changed"),
    "memo_remove": _("memo taken away"),
    "codings_carry": _("codings carried to a new text"),
    "consensus_take_over": _("agreed places taken over in the consensus"),
    "consensus_undo": _("decision of the consensus taken back"),
}
