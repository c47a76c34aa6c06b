"""Does a workbook with bytes turned over at random give a refusal, and never anything else?"""

import random
from contextlib import suppress
from io import BytesIO

import openpyxl
import pytest

from rodedraad.errors import Refusal
from rodedraad.exchange.survey_file import survey_of


def workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "survey"
    for row in (("type", "name", "label"), *(("text", f"v{n}", f"Vraag {n}") for n in range(40))):
        sheet.append(row)
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


@pytest.mark.parametrize("seed", range(60))
def test_a_damaged_workbook_is_read_or_refused(seed):
    draw = random.Random(seed)
    damaged = bytearray(workbook())
    for _ in range(draw.randint(1, 30)):
        damaged[draw.randrange(len(damaged))] = draw.randrange(256)
    with suppress(Refusal):
        assert survey_of(bytes(damaged)).questions <= 40
