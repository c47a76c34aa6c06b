"""Do answers come back from files as they went in: labels, codes, missing, accents, long texts?"""

import csv
import datetime
import json
import shutil
import subprocess

import polars as pl
import pyreadstat
import pytest
from tests.exchange.sav_layout import sav_read

from rodedraad.exchange.survey_data.variables import (
    REASONS,
    DataFile,
    Variable,
    missing_code,
    shortened,
)
from rodedraad.exchange.survey_data.writing import csv_write, parquet_write, sav_write

MISSING = tuple((missing_code(one, "code"), one) for one in REASONS)
FAR = tuple((missing_code(one, "number"), one) for one in REASONS)
LONG_LABEL = "Een stelling met accenten — één, naïef, coördinatie — " * 9
LONG_TEXT = "Zoë zei — „prima”. " * 280
VARIABLES = (
    Variable("respondent", "Nummer", "text", "nominal"),
    Variable("F5.1", LONG_LABEL, "code", "ordinal", ((1, "Oneens"), (5, "Eens — één")), MISSING),
    Variable("aantal", "Aantal", "number", "scale", (), FAR),
    Variable("open", "Toelichting", "text", "nominal"),
    Variable("day", "Dag", "day", "scale"),
)
FILE = DataFile(
    "Enquête — uitvoerders", "1, 2", ("Gesimuleerd " * 20, "Vorm: anoniem"), VARIABLES, 4
)
FRAME = pl.DataFrame(
    {
        "respondent": ["1", "2", "3", "4"],
        "F5.1": pl.Series([1, 5, -1, -9], dtype=pl.Int32),
        "aantal": [3.0, -5.0, -999908.0, 2.5],
        "open": [LONG_TEXT, "=SUM(A1)", None, "@x"],
        "day": [datetime.date(2026, 3, 1)] * 4,
    }
)


@pytest.fixture
def sav(tmp_path):
    path = tmp_path / "a.sav"
    sav_write(FILE, FRAME, path)
    return path


def test_spss_keeps_labels_missing_measures_and_texts(sav):
    frame, meta = pyreadstat.read_sav(str(sav), user_missing=True, output_format="polars")
    assert len(meta.column_labels[1].encode()) <= 254
    assert meta.column_labels[1].endswith("…")
    assert meta.variable_value_labels["F5.1"][5.0] == "Eens — één"
    assert meta.variable_value_labels["F5.1"][-9.0] == "not_asked"
    assert meta.missing_ranges["F5.1"] == [{"lo": -9.0, "hi": -1.0}]
    assert meta.missing_ranges["aantal"] == [{"lo": -999909.0, "hi": -999901.0}]
    assert meta.variable_measure["F5.1"] == "ordinal"
    assert meta.file_label == "Enquête — uitvoerders"
    assert "Gesimuleerd" in "\n".join(meta.notes)
    assert frame["open"][0].strip() == LONG_TEXT.strip()
    assert len(LONG_TEXT) > 5000
    assert frame["F5.1"].to_list() == [1, 5, -1, -9]


def test_a_reader_that_honours_missing_values_sees_no_answer(sav):
    frame, _meta = pyreadstat.read_sav(str(sav), output_format="polars")
    assert frame["F5.1"].fill_nan(None).to_list() == [1, 5, None, None]
    assert frame["aantal"].fill_nan(None).to_list() == [3.0, -5.0, None, 2.5]


def test_by_the_published_layout_the_file_says_the_same(sav):
    """A fault of the library that writes: a code without its label, a text cut at 255 bytes."""
    read = sav_read(sav)
    assert list(read.variables) == [one.name for one in VARIABLES]
    assert read.label == FILE.title
    assert "Gesimuleerd" in " ".join(read.notes)
    scale, number = read.variables["F5.1"], read.variables["aantal"]
    assert scale.label == shortened(LONG_LABEL)
    assert scale.values == {float(code): words for code, words in VARIABLES[1].labels.items()}
    assert (scale.missing, scale.is_range) == ((-9.0, -1.0), True)
    assert (number.missing, number.is_range) == ((-999909.0, -999901.0), True)
    assert [one.measure for one in read.variables.values()] == [one.measure for one in VARIABLES]
    for name in ("respondent", "F5.1", "aantal"):
        assert [row[name] for row in read.rows] == FRAME[name].to_list()
    assert read.rows[0]["open"] == LONG_TEXT.rstrip()
    assert [row["open"] for row in read.rows[1:]] == ["=SUM(A1)", "", "@x"]
    since = datetime.date(1582, 10, 14)
    days = {since + datetime.timedelta(seconds=row["day"]) for row in read.rows}
    assert days == {datetime.date(2026, 3, 1)}


R_IS_MORE = "R is not here; sav_layout.py reads these files on every machine"


@pytest.mark.skipif(shutil.which("Rscript") is None, reason=R_IS_MORE)
@pytest.mark.parametrize("package", ["haven", "foreign"])
def test_r_reads_the_same(sav, package):
    read = {
        "haven": "x <- haven::read_sav(f, user_na = TRUE);"
        "cat(sum(is.na(x[['F5.1']])), nchar(x$open[1]) > 5000, attr(x[['F5.1']], 'na_range'))",
        "foreign": "x <- suppressWarnings(foreign::read.spss(f, use.value.labels = FALSE,"
        " to.data.frame = TRUE)); cat(sum(is.na(x[['F5.1']])), nrow(x))",
    }[package]
    here = f"if (!requireNamespace('{package}', quietly = TRUE)) quit(status = 9);"
    done = subprocess.run(
        ["Rscript", "-e", f"f <- '{sav}'; {here} {read}"], capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    if done.returncode == 9:
        pytest.skip(f"R has no {package}")
    assert done.returncode == 0, done.stderr
    wanted = {"haven": "2 TRUE -9 -1", "foreign": "2 4"}[package]
    assert done.stdout.strip() == wanted


def test_csv_and_parquet_say_the_same_and_no_text_is_a_formula(tmp_path):
    csv_write(FILE, FRAME, tmp_path / "c.csv", labels=False)
    csv_write(FILE, FRAME, tmp_path / "l.csv", labels=True)
    parquet_write(FILE, FRAME, tmp_path / "p.parquet")
    codes = list(csv.DictReader((tmp_path / "c.csv").open(encoding="utf-8")))
    words = list(csv.DictReader((tmp_path / "l.csv").open(encoding="utf-8")))
    kept = pl.read_parquet(tmp_path / "p.parquet")
    assert kept.equals(FRAME)
    assert [int(row["F5.1"]) for row in codes] == kept["F5.1"].to_list()
    assert [float(row["aantal"]) for row in codes] == kept["aantal"].to_list()
    assert codes[0]["open"] == LONG_TEXT
    assert [row["open"] for row in codes[1:]] == ["'=SUM(A1)", "", "'@x"]
    assert [row["F5.1"] for row in words] == ["Oneens", "Eens — één", "dont_know", "not_asked"]
    assert words[1]["aantal"] == "-5"
    told = json.loads(pl.read_parquet_metadata(tmp_path / "p.parquet")["rodedraad"])
    assert told["variables"][1]["label"] == LONG_LABEL


def test_a_label_is_cut_between_words_and_never_inside_a_letter():
    for most in range(5, 80):
        cut = shortened("één naïeve coördinator — vindt", most)
        assert len(cut.encode()) <= most
