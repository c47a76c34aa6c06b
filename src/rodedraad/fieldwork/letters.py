"""How does a letter with a code to scan come out as PDF: one page or more for each person?"""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import segno
import typst

from rodedraad.errors import Refusal

PAGE = Path(__file__).with_name("letter.typ")
MOST = 2000


@dataclass(frozen=True, slots=True, repr=False)
class PaperLetter:
    """One letter: to whom, on which day in words, what it says, and where its code leads."""

    language: str
    lines: Sequence[str]
    day: str
    text: str
    link: str


def letters_pdf(letters: Sequence[PaperLetter], title: str) -> bytes:
    """Return all letters in one PDF; each begins on a page of its own.

    Raises
    ------
    Refusal
        ``letters_none`` without letters, ``letters_many`` above the most in one file.
    """
    if not letters:
        raise Refusal(
            "There is nobody with a postal address and a link among these people.",
            code="letters_none",
        )
    if len(letters) > MOST:
        raise Refusal(
            f"These are more than {MOST} letters. Choose one case or role at a time.",
            code="letters_many",
            most=MOST,
        )
    with TemporaryDirectory(prefix="rodedraad-") as folder:
        root = Path(folder)
        (root / PAGE.name).write_bytes(PAGE.read_bytes())
        codes = {link: f"code{n}.svg" for n, link in enumerate({each.link for each in letters})}
        for link, name in codes.items():
            (root / name).write_bytes(_code(link))
        body = "".join(_letter(each, codes[each.link]) for each in letters)
        main = root / "main.typ"
        language = letters[0].language
        main.write_text(
            f'#import "letter.typ": letter\n#set document(title: {_string(title)})\n'
            f"#set text(lang: {_string(language)})\n{body}",
            encoding="utf-8",
        )
        made = typst.compile(  # pyright: ignore[reportCallIssue] its types lag behind
            str(main), root=str(root), format="pdf", pdf_standards=["ua-1"],
            ignore_system_fonts=True,
        )  # fmt: skip
    return bytes(made)


def _letter(letter: PaperLetter, code: str) -> str:
    lines = ", ".join(_string(line) for line in letter.lines)
    paragraphs = ", ".join(_string(part) for part in letter.text.split("\n\n") if part.strip())
    told = {"nl": "Code met het adres", "en": "Code with the address"}[letter.language]
    return (
        f"#letter({_string(letter.language)}, ({lines},), {_string(letter.day)}, "
        f"({paragraphs},), {_string(code)}, {_string(letter.link)}, {_string(told)})\n"
    )


def _code(link: str) -> bytes:
    out = BytesIO()
    segno.make(link, error="m", micro=False).save(out, kind="svg", border=4, scale=4)
    return out.getvalue()


def _string(text: str) -> str:
    """Return the text as a Typst string, so that no character of it is read as Typst."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
