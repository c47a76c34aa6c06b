"""How does an overview leave the site: as CSV, XLSX or picture, piece by piece when it is long?"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from tempfile import TemporaryFile
from time import monotonic, sleep

import vl_convert
import xlsxwriter
from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from rodedraad.studies.csv_file import cell_safe
from rodedraad.studies.models import Study

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CELL_MOST = 32_767
"""Characters that fit in one cell of a spreadsheet."""
CUT = " […]"
PNG_SCALE = 2.0
ROWS_AT_ONCE = 500
WORK_SECONDS, REST_SECONDS = 0.004, 0.002
"""A long table works so long and then rests so long: the pages of others go first meanwhile."""
Row = Sequence[object]


class _Line:
    """What the writer of CSV writes to: gives back the line."""

    def write(self, line: str) -> str:
        return line


def table_response(
    form: str, name: str, study: Study, heads: Row, rows: Iterable[Row]
) -> HttpResponseBase:
    """Return a table as ``csv`` or ``xlsx``; 404 for another form."""
    if form == "csv":
        return _csv(name, study, heads, rows)
    if form == "xlsx":
        return _xlsx(name, study, heads, rows)
    raise Http404


def picture_response(form: str, name: str, svg: str) -> HttpResponse:
    """Return a picture as ``svg`` or ``png``; 404 for another form."""
    if form == "svg":
        body, media_type = svg.encode(), "image/svg+xml"
    elif form == "png":
        body, media_type = vl_convert.svg_to_png(svg, scale=PNG_SCALE), "image/png"
    else:
        raise Http404
    return HttpResponse(body, content_type=media_type, headers=_named(name, form))


def simulated_words(study: Study) -> str:
    """What every file of a simulated study says first; nothing for a real one."""
    return _("Simulated data: drawn by a computer, not said by anyone.") if study.simulated else ""


def _with_rests(rows: Iterable[Row]) -> Iterator[Row]:
    """Give the rows, with a rest whenever they took a while."""
    begun = monotonic()
    for row in rows:
        yield row
        if monotonic() - begun > WORK_SECONDS:
            sleep(REST_SECONDS)
            begun = monotonic()


def _csv(name: str, study: Study, heads: Row, rows: Iterable[Row]) -> StreamingHttpResponse:
    return StreamingHttpResponse(
        _csv_parts(simulated_words(study), heads, rows),
        content_type="text/csv; charset=utf-8",
        headers=_named(name, "csv"),
    )


def _csv_parts(said: str, heads: Row, rows: Iterable[Row]) -> Iterator[str]:
    writer = csv.writer(_Line())
    lines = [writer.writerow([said])] if said else []
    lines.append(writer.writerow([cell_safe(head) for head in heads]))
    for row in _with_rests(rows):
        lines.append(writer.writerow([cell_safe(value) for value in row]))
        if len(lines) >= ROWS_AT_ONCE:
            yield "".join(lines)
            lines = []
    yield "".join(lines)


def _xlsx(name: str, study: Study, heads: Row, rows: Iterable[Row]) -> FileResponse:
    """Write the rows one by one to a file without a name, which is gone once it was sent."""
    file = TemporaryFile()  # noqa: SIM115 the response closes it
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_formulas": False})
    said = simulated_words(study)
    if said:
        book.add_worksheet(_("Please note")).write_string(0, 0, said)
    sheet = book.add_worksheet(_("Table"))
    sheet.freeze_panes(1, 0)
    bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
    sheet.set_column(0, 0, 36, wrap)
    for column, head in enumerate(heads):
        sheet.write_string(0, column, str(head), bold)
    for at, row in enumerate(_with_rests(rows), start=1):
        for column, value in enumerate(row):
            if isinstance(value, int | float):
                sheet.write_number(at, column, value)
            elif value not in {None, ""}:
                sheet.write_string(at, column, _fitting(str(value)))
    book.close()
    file.seek(0)
    return FileResponse(file, content_type=XLSX, headers=_named(name, "xlsx"))


def _fitting(text: str) -> str:
    return text if len(text) <= CELL_MOST else text[: CELL_MOST - len(CUT)] + CUT


def _named(name: str, form: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}.{form}"'}
