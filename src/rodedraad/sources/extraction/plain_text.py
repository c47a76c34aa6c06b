"""What is the text of a file that is text already: Markdown, plain text, captions?"""

from rodedraad.sources.extraction.cleaning import (
    characters_notice,
    pieces_join,
    text_clean,
    text_passages,
    turns_find,
)
from rodedraad.sources.extraction.decoding import text_decode
from rodedraad.sources.extraction.model import Found
from rodedraad.sources.extraction.subtitles import subtitles_read

KINDS = {"markdown": {"#": "heading", "|": "table", "[^": "footnote"}}


def plain_read(content: bytes, form: str) -> Found:
    """Return the text of a file as it stands in it, and its paragraphs.

    Markdown keeps its signs. Captions are joined to turns; see ``subtitles``.
    """
    decoded, notices = text_decode(content)
    if form in {"vtt", "srt"}:
        pieces, more = subtitles_read(text_clean(decoded)[0])
        text, passages, joined = pieces_join(pieces)
        return text, passages, [*notices, *more, *joined]
    text, n = text_clean(decoded)
    passages = turns_find(text, text_passages(text, KINDS.get(form)))
    return text, passages, [*notices, *characters_notice(n)]
