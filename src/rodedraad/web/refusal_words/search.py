"""Which sentence a person reads when something about searching is refused."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "query_long": _("A question has at most %(most)s characters. Ask for fewer words."),
    "query_empty": _("Type at least one word to search for."),
    "query_only_minus": _(
        "This says only what to leave out. Add a word to search for, without a minus."
    ),
    "query_terms": _("A question has at most %(most)s words and phrases. Ask for fewer."),
    "query_or": _("OR needs a word or phrase before and after it, without a minus."),
    "query_near": _(
        "NEAR needs a word or phrase before and after it, such as: wijkteam NEAR/5 inwoners."
    ),
    "query_near_far": _("NEAR looks 1 to %(most)s words away. Write such as NEAR/5."),
    "query_quotes": _(
        "A phrase begins and ends with a quotation mark, and one is missing. Add it."
    ),
    "query_brackets": _(
        "The brackets do not fit: each ( needs a ) after it, and at most %(most)s stand inside "
        "each other."
    ),
    "query_star": _("A word with * or ? needs at least %(least)s letters of its own."),
    "query_small_words": _(
        "These words are in nearly every text, so they cannot be searched alone. Add a word that "
        "says what it is about."
    ),
    "search_condition": _(
        "A condition of this search is not known. Open the search page and choose again."
    ),
    "search_wide": _("There are too many answers for this. Add a word or a condition first."),
    "search_nothing": _("No passage was kept, so none got a code. Tick at least one."),
    "search_changed": _(
        "What is found changed since you looked at it, so nothing got a code. Search again, and "
        "look at it first."
    ),
    "search_extent": _("Choose which words get the code."),
    "search_code": _("Choose a code for these passages."),
    "search_name": _("A kept question needs a name of 1 to %(most)s characters."),
    "search_name_taken": _("There is a kept question ‘%(name)s’ already. Choose another name."),
}
