"""Does ``rodedraad methods agreement`` print what the methods give, and refuse with the row?"""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from rodedraad.cli import commands
from rodedraad.errors import Refusal

REFERENCE = Path(__file__).parent.parent / "reference" / "agreement"
TABLE = REFERENCE / "krippendorff_C.csv"
NUMBERS = json.loads((REFERENCE / "reference.json").read_text(encoding="utf-8"))


def run(*arguments):
    result = CliRunner().invoke(
        commands, ["methods", "agreement", *map(str, arguments)], catch_exceptions=False
    )
    assert result.exit_code == 0, result.output
    return result.output


def written(folder, name, *lines):
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def segments_of(folder):
    example = NUMBERS["krippendorff_unitising"]
    begin = example["begin"]
    rows = [
        f"text,{coder},{code},{start - begin},{start - begin + length}"
        for coder, code, start, length in example["segments"]
    ]
    return (
        written(folder, "segments.csv", "document,coder,code,start,end", *rows),
        written(folder, "lengths.csv", "document,length", f"text,{example['length']}"),
    )


@pytest.mark.parametrize("level", ["nominal", "ordinal", "interval", "ratio"])
def test_ratings_give_the_published_alpha_as_one_json_document(level):
    found = json.loads(run(TABLE, "--level", level, "--resamples", 0, "--json"))
    assert found["alpha"]["alpha"] == pytest.approx(NUMBERS["krippendorff_C"][level], abs=1e-10)
    assert {one["name"] for one in found["coefficients"]["coefficients"]} >= {"conger", "gwet"}


def test_the_table_says_unit_universe_and_what_was_drawn():
    text = run(TABLE, "--unit", "passage", "--universe", "all 12 passages", "--resamples", 200)
    assert "11 of 12 units (passage)" in text
    assert "Universe: all 12 passages" in text
    assert "200 resamples of 12 x passage" in text


def test_measurements_are_compared_by_alpha_only(tmp_path):
    rows = [f"{k * 1.37:.2f},{k * 1.37 + (k % 5) / 7:.2f}" for k in range(80)]
    file = written(tmp_path, "measured.csv", "A,B", *rows)
    text = run(file, "--level", "interval", "--resamples", 0)
    assert text.splitlines()[1].startswith("alpha, interval")
    assert json.loads(run(file, "--level", "interval", "--json"))["coefficients"] is None


def test_segments_give_the_published_alpha(tmp_path):
    segments, lengths = segments_of(tmp_path)
    text = run(segments, "--form", "segments", "--lengths", lengths)
    assert text.splitlines()[1].split()[:3] == ["c", "5", "0.729"]
    assert "Notice: There is one document" in text
    found = json.loads(run(segments, "--form", "segments", "--lengths", lengths, "--json"))
    assert found["overall"]["alpha"] == pytest.approx(0.8591, abs=5e-4)


def test_codes_ask_what_a_missing_row_means_and_draw_documents(tmp_path):
    file = written(
        tmp_path,
        "codes.csv",
        "unit,coder,code,interview",
        *("1,A,x,i", "1,B,x,i", "2,A,y,i", "2,B,,i", "3,A,x,j", "3,B,y,j", "4,A,y,k", "4,B,y,k"),
    )
    with pytest.raises(Refusal, match="--all-looked"):
        run(file, "--form", "codes")
    text = run(file, "--form", "codes", "--all-looked", "--cluster", "interview")
    assert [line.split()[0] for line in text.splitlines()[1:3]] == ["x", "y"]
    assert "1000 resamples of 3 x interview" in text
    assert "no mean of the codes" in text


def test_a_cell_that_is_no_number_is_refused_with_its_row(tmp_path):
    segments, _ = segments_of(tmp_path)
    wrong = written(tmp_path, "wrong.csv", "document,length", "text,three")
    with pytest.raises(Refusal, match="row 2"):
        run(segments, "--form", "segments", "--lengths", wrong)
    with pytest.raises(Refusal, match="no column 'nobody'"):
        run(TABLE, "--coders", "V1,nobody")
