"""Is the folder of a report whole, the same each time, and readable without the site?"""

import csv
import errno
import json
import re
import zipfile
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pikepdf
import pytest

from rodedraad.assessment.filters import evidence_rows
from rodedraad.assessment.models import Evidence
from rodedraad.errors import Refusal
from rodedraad.reports.actions import report_export
from rodedraad.reports.export import folder as export_folder
from rodedraad.reports.export.rows import rows_files
from rodedraad.reports.models import Report
from rodedraad.reports.queries import number_filters, rows_name
from rodedraad.studies.models import Case

FILES = ("report.html", "report.en.html", "report.pdf", "report.docx")
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


@pytest.fixture(scope="module")
def exported(
    made: Report, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: object
) -> Path:
    """Give the folder of the report, written once for these tests."""
    out = tmp_path_factory.mktemp("report")
    with django_db_blocker.unblock():
        report_export(made, out)
    return out


def contents(out: Path) -> dict[str, bytes]:
    return {str(p.relative_to(out)): p.read_bytes() for p in sorted(out.rglob("*")) if p.is_file()}


def test_every_number_leads_to_a_page_that_counts_its_rows(report: Report, exported: Path) -> None:
    counted: dict[str, int] = {}
    page = (exported / "report.html").read_text(encoding="utf-8")
    targets = set(re.findall(r'href="(rows/[^"]+)"', page))
    for number in report.numbers.all():
        filters = number_filters(number)
        name = rows_name(filters)
        assert f"rows/{name}.html" in targets
        if name in counted:
            continue
        counted[name] = evidence_rows(report.study, filters).count()
        rows = (exported / f"rows/{name}.html").read_text(encoding="utf-8")
        assert f'<data value="{counted[name]}">' in rows, number.key
        assert number.label_nl.replace("'", "&#x27;") in rows
    assert len(counted) == len(targets) > 100


def test_every_link_inside_the_folder_leads_to_something(exported: Path) -> None:
    ids: dict[Path, set[str]] = {}
    for page in exported.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        for target in set(re.findall(r'(?:href|src)="?([^"\s>]+)', text)):
            if re.match(r"(https?|data):", target):
                continue
            name, _, anchor = target.partition("#")
            file = (page.parent / name).resolve() if name else page.resolve()
            assert file.is_file(), f"{page.name}: {target}"
            if anchor:
                if file not in ids:
                    found = re.findall(r'id="([^"]+)"', file.read_text(encoding="utf-8"))
                    ids[file] = set(found)
                assert anchor in ids[file], f"{page.name}: {target}"


def test_rows_show_their_source_record_and_all_of_them_are_in_a_csv_file(
    report: Report, exported: Path
) -> None:
    number = report.numbers.get(key="inhabitants.2017")
    (part,) = number_filters(number)
    rows = list(evidence_rows(report.study, (part,)).select_related("case"))
    name = rows_name((part,))
    with (exported / f"rows/{name}.csv").open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    assert [(row["case"], float(row["raw"]), row["source_record"]) for row in table] == [
        (row.case.unit_code, row.raw, row.source_id) for row in rows
    ]
    assert sum(float(row["raw"]) for row in table) == number.value
    page = (exported / f"rows/{name}.html").read_text(encoding="utf-8")
    assert f'href="sources.html#population">population, {rows[0].source_id}</a>' in page


def test_the_html_needs_nothing_from_elsewhere(exported: Path) -> None:
    page = (exported / "report.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert " style=" not in page
    assert re.findall(r'src="(?!data:image/svg\+xml,)', page) == []
    assert not re.search(r"<link[^>]+stylesheet|@import|url\(", page)


def test_a_second_folder_has_the_same_bytes(report: Report, exported: Path, tmp_path: Path) -> None:
    report_export(report, tmp_path)
    assert contents(tmp_path) == contents(exported)


def test_nothing_is_made_or_written_when_nothing_changed(
    report: Report, exported: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {path: path.stat().st_mtime_ns for path in exported.rglob("*")}
    monkeypatch.setattr(export_folder, "_files", lambda *_: pytest.fail("made again"))
    files = report_export(report, exported)
    assert {path: path.stat().st_mtime_ns for path in exported.rglob("*")} == before
    assert [path.name for path in files[:4]] == list(FILES)
    assert all(path.is_file() for path in files)


def test_a_file_that_was_damaged_is_written_again_and_an_old_one_is_removed(
    report: Report, exported: Path, tmp_path: Path
) -> None:
    for name, content in contents(exported).items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    (tmp_path / "report.html").write_text("damaged")
    (tmp_path / "rows/old.html").write_text("of an earlier report")
    (tmp_path / "mine.txt").write_text("of someone else")
    manifest = json.loads((tmp_path / "rows/manifest.json").read_text())
    manifest["files"]["rows/old.html"] = "0"
    (tmp_path / "rows/manifest.json").write_text(json.dumps(manifest))
    report_export(report, tmp_path)
    assert contents(tmp_path) == contents(exported) | {"mine.txt": b"of someone else"}


def test_a_stale_report_says_so_in_every_file(
    report: Report, exported: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = Case.objects.filter(study=report.study)[0]
    Evidence.objects.create(
        study=report.study, case=case, construct="K3", kind="figure", about="inhabitants/2015",
        source="population", source_id="revised",
    )  # fmt: skip
    monkeypatch.setattr(export_folder, "rows_files", lambda _: iter(()))
    report_export(report, tmp_path)
    assert "Dit rapport is verouderd" in (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "This report is stale" in (tmp_path / "report.en.html").read_text(encoding="utf-8")
    assert "Dit rapport is verouderd" in _word_text(tmp_path / "report.docx")
    assert (tmp_path / "report.pdf").read_bytes() != (exported / "report.pdf").read_bytes()


def test_a_full_disk_is_refused_and_leaves_no_half_file(
    report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Path.write_bytes

    def write(path: Path, content: bytes) -> int:
        if path.name.startswith(".report.en.html"):
            whole(path, content[:100])
            raise OSError(errno.ENOSPC, "No space left on device")
        return whole(path, content)

    (tmp_path / "report.en.html").write_text("of before")
    monkeypatch.setattr(Path, "write_bytes", write)
    with pytest.raises(Refusal) as refused:
        report_export(report, tmp_path)
    assert refused.value.code == "disk_full"
    assert (tmp_path / "report.en.html").read_text() == "of before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["report.en.html", "report.html"]


def test_the_pdf_is_tagged_as_pdf_ua_asks(report: Report, exported: Path) -> None:
    with pikepdf.open(exported / "report.pdf") as pdf:
        root = pdf.Root
        assert str(root.Lang) == "nl-NL"
        assert root.ViewerPreferences.DisplayDocTitle
        assert root.MarkInfo.Marked
        assert str(pdf.docinfo["/Title"]) == report.study.title_nl
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
        elements = list(_elements(root.StructTreeRoot.K))
        kinds = [str(element.S) for element in elements]
        figures = [e for e in elements if str(e.S) == "/Figure"]
        assert len(figures) == report.pictures.filter(language="nl").count()
        assert all(len(str(figure.Alt)) > 80 for figure in figures)
        tables = [e for e in elements if str(e.S) == "/Table"]
        assert len(tables) >= 15
        for table in tables:
            inside = list(_elements(table.K))
            heads = [e for e in inside if str(e.S) == "/TH"]
            assert heads
            assert all(_scope(head) == "/Column" for head in heads)
        assert kinds.count("/Caption") == len(figures) + len(tables)
        levels = [int(kind[2]) for kind in kinds if re.fullmatch(r"/H[1-6]", kind)]
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))
        titles = [item.title for item in pdf.open_outline().root[0].children]
        assert titles[0] == "Kort gezegd"
        assert titles[-1] == "Methode en bronnen"


def _elements(kids: pikepdf.Object) -> list[pikepdf.Object]:
    found = []
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            found.append(kid)
            found += _elements(kid.get("/K", pikepdf.Array()))
    return found


def _scope(head: pikepdf.Object) -> str:
    return next(str(a.Scope) for a in head.A if "/Scope" in a)


def test_the_word_file_keeps_language_headings_table_heads_and_alternative_texts(
    report: Report, exported: Path
) -> None:
    with zipfile.ZipFile(exported / "report.docx") as word:
        document = ElementTree.fromstring(word.read("word/document.xml"))
        styles = word.read("word/styles.xml").decode()
    assert 'w:val="nl-NL"' in styles
    used = [style.get(f"{WORD}val") for style in document.iter(f"{WORD}pStyle")]
    assert used.count("Heading1") == 1
    assert used.count("Heading2") == 11
    assert used.count("Heading3") == 5
    tables = list(document.iter(f"{WORD}tbl"))
    assert len(tables) >= 15
    assert all(next(table.iter(f"{WORD}tblHeader"), None) is not None for table in tables)
    pictures = [picture.get("descr") for picture in document.iter(f"{DRAWING}docPr")]
    assert len(pictures) == report.pictures.filter(language="nl").count()
    assert all(len(words or "") > 80 for words in pictures)


def _word_text(path: Path) -> str:
    with zipfile.ZipFile(BytesIO(path.read_bytes())) as word:
        return "".join(ElementTree.fromstring(word.read("word/document.xml")).itertext())


def test_answers_of_people_in_the_same_study_are_not_in_the_files(report: Report) -> None:
    before = dict(rows_files(report))
    case = Case.objects.filter(study=report.study).earliest("pk")
    Evidence.objects.create(
        study=report.study, case=case, construct="K1", kind=Evidence.Kind.ANSWER, about="K1.1",
        source="survey/proef", source_id="1", role="D", respondent="R1", value=0.5,
    )  # fmt: skip
    assert dict(rows_files(report)) == before
