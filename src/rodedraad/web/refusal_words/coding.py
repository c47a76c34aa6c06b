"""Which sentence a person reads when something in coding is refused: one for each code."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "changed_by_other": _(
        "Somebody changed this since you opened it, so nothing was written. Look at how it is now, "
        "and make your change again if it is still needed."
    ),
    "nothing_to_redo": _("There is no step to do again."),
    "round_closed": _(
        "This round of coding is closed, so its codings stay as they are. Work on in another round."
    ),
    "round_empty": _("A round needs at least one source and one coder. Choose them."),
    "round_other_study": _("Choose sources and coders of this study."),
    "round_one_coder": _(
        "In a blind round at least two people code the same sources. Choose a second coder."
    ),
    "round_settles": _(
        "A consensus settles a blind round that is closed. Close the blind round first."
    ),
    "round_busy": _(
        "One of these sources is in the blind round ‘%(label)s’, which is still open. Close that "
        "one first."
    ),
    "round_needed": _(
        "You code this source in the blind round ‘%(label)s’. Code it in that round."
    ),
    "round_not_yours": _(
        "You do not code this source in the round ‘%(label)s’. Ask the lead to add you."
    ),
    "code_name_missing": _("A code needs a name. Give one."),
    "code_name_long": _(
        "The name of a code has at most 200 characters. Shorten it, and put the rest in the "
        "definition."
    ),
    "code_name_taken": _(
        "There is a code of that name at the same place in the tree. Choose another name."
    ),
    "code_colour": _("Write a colour as # and six digits, like #1A2B3C."),
    "code_under_itself": _("A code cannot stand under itself. Choose another place in the tree."),
    "code_has_children": _("There are codes under this code. Move or retire these first."),
    "code_in_use": _(
        "Passages are coded with ‘%(name)s’, so it cannot be undone. Retire the code, or merge it "
        "with another."
    ),
    "code_split_few": _("Name at least two codes to split into."),
    "code_merge_itself": _("Choose codes to merge, and another one to merge them into."),
    "code_not_codable": _("‘%(name)s’ is a heading in the codebook. Choose a code under it."),
    "code_retired": _("The code ‘%(name)s’ is not in use any more. Choose another one."),
    "code_other_study": _("Choose a code of this study."),
    "codebook_same": _(
        "The codes are the same as in version %(number)s, so there is nothing new to keep."
    ),
    "version_gone": _("This text is not in the study any more."),
    "version_old": _(
        "There is a newer version (%(number)s) of this text. Open that one, and code there."
    ),
    "coding_range": _(
        "That passage is not in the text, which has %(n)s characters. Select at least one "
        "character."
    ),
    "codings_many": _(
        "In one step at most %(most)s passages get a code, and these are %(n)s. Ask for less at a "
        "time."
    ),
    "coding_long": _(
        "A passage has at most %(most)s characters. Select less, or code the whole source."
    ),
    "quote_differs": _(
        "The words you selected do not stand at that place in the text, so nothing was written. "
        "Load the page again and select them once more."
    ),
    "coding_judged": _(
        "Valence is -1, 0 or 1, and strength 0 to 3; leave out what you do not judge."
    ),
    "coding_there": _("You gave this passage this code already."),
    "coding_of_other": _(
        "Somebody else made this coding, and only they change it. Make your own beside it."
    ),
    "coding_lost": _(
        "The words of this coding are not in the new text. Select the passage it belongs to, or "
        "take the coding away."
    ),
    "carry_nothing": _("All codings stand on the newest version of this text already."),
    "codebook_file_kind": _("Choose a codebook of REFI-QDA (.qdc) or a table (.csv)."),
    "coding_no_passage": _("Select a passage first."),
    "code_unknown": _("There is no code ‘%(name)s’, or more than one. Choose one from the list."),
    "coding_gone": _("This coding was taken away already."),
    "memo_empty": _("A memo needs words. Write them, or take the memo away."),
    "memo_other_study": _("This is not of the study any more."),
    "memo_of_other": _(
        "Somebody else wrote this memo, and only they change it. Write your own beside it."
    ),
    "memo_gone": _("This memo was taken away already."),
}
