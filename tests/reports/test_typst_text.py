"""Does any text come through to the PDF as it is, and is nothing lost without a word?"""

from xml.etree import ElementTree

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from rodedraad.errors import Refusal
from rodedraad.reports.export.typst_text import printed, typst_string, typst_text


def compiled(source: str) -> bytes:
    return bytes(typst.compile(source.encode(), format="svg"))


@given(st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs"))))
@settings(max_examples=40, deadline=None)
def test_a_text_is_never_read_as_typst(text: str) -> None:
    held = compiled(f"#assert.eq({typst_string(text)}.codepoints().len(), {len(text)})")
    assert held


def test_marks_of_typst_in_a_text_stay_text() -> None:
    body = '<p>#panic() $x$ [a] *b* _c_ @d &lt;e&gt; \\ " // niet weg</p>'
    assert compiled(typst_text(body, {})) == compiled(
        '#par[#"#panic() $x$ [a] *b* _c_ @d <e> \\\\ \\" // niet weg"]'
    )


def test_spaces_between_words_and_links_are_kept() -> None:
    text = typst_text('<p>Er zijn <a href="rows/a.html">12</a> gemeenten.</p>', {})
    assert text == '#par[#"Er zijn ";#link("rows/a.html")[#"12";];#" gemeenten.";];\n'


def test_an_element_without_counterpart_is_refused() -> None:
    with pytest.raises(Refusal, match="<video>"):
        typst_text("<p>a <video></video></p>", {})


def test_navigation_and_what_is_for_the_screen_only_are_left_out() -> None:
    body = '<nav><p>a</p></nav><p>b</p><details class="rd-on-screen"><p>c</p></details>'
    assert typst_text(body, {}) == '#par[#"b";];\n'
    assert ElementTree.tostring(printed(body)) == b"<body><p>b</p></body>"
