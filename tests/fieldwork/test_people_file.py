"""Is a file of people checked whole, with every fault where it is, and nothing half-written?"""

from io import BytesIO

import pytest
from openpyxl import Workbook

from fieldwork.people_world import people_make, wave_make
from rodedraad.errors import Refusal
from rodedraad.fieldwork.models import Contact, Participation
from rodedraad.fieldwork.people_file import PeopleRefusal, people_read

pytestmark = pytest.mark.django_db
GOOD = """Gemeente;Rol;Naam;E-mail;Telefoon;Organisatie;Taal;Adres;Postcode;Plaats
Proefstad;u;Eerste;een@post.test;06-1234 5678;Team;;Weg 1;1234 AB;Proefstad
GM0001;D;Tweede;;+31 10 1234567;;engels;;;
"""
BAD = """gemeente,rol,naam,mail,telefoon,taal
Nergens,U,A,a@post.test,,
Proefstad,X,B,b@post.test,,
Proefstad,U,,c@post.test,,
Proefstad,U,D,dpost.test,,
Proefstad,U,E,e@post.test,bellen,
Proefstad,U,F,f@post.test,,fr
Proefstad,U,G,,,
Proefstad,U,H,E@post.test,,
Proefstad,U,I,zandkasteel0@post.test,,
Proefstad,U,"J
Bcc: x@post.test",j@post.test,,
"""


def faults_of(wave, text: str, name: str = "mensen.csv") -> list[tuple[int, str]]:
    with pytest.raises(PeopleRefusal) as refused:
        people_read(wave, text.encode(), name)
    return [(fault.row, fault.code) for fault in refused.value.faults]


def test_people_come_out_of_a_csv_with_dutch_headings(home):
    first, second = people_read(wave_make(), GOOD.encode("cp1252"), "Mensen.CSV")
    assert (first.case.name, first.role, first.language) == ("Proefstad", "U", "nl")
    assert first.contact.address == "Weg 1\n1234 AB Proefstad"
    assert (second.case.name, second.role, second.language) == ("Proefstad", "D", "en")


def test_people_come_out_of_a_workbook(home):
    book, out = Workbook(), BytesIO()
    for row in (["case", "role", "name", "mail"], ["GM0001", "U", "Naam", "n@post.test"]):
        book.active.append(row)
    book.save(out)
    (read,) = people_read(wave_make(), out.getvalue(), "people.xlsx")
    assert read.contact.mail == "n@post.test"


def test_every_fault_is_told_with_its_row_and_nothing_is_written(home):
    wave = wave_make()
    people_make(wave)
    before = Contact.objects.count()
    assert faults_of(wave, BAD) == [
        (2, "case_unknown"), (3, "role_unknown"), (4, "name_missing"), (5, "mail_wrong"),
        (6, "telephone_wrong"), (7, "language_unknown"), (8, "unreachable"), (9, "mail_twice"),
        (10, "mail_taken"), (11, "lines"),
    ]  # fmt: skip
    assert (Participation.objects.count(), Contact.objects.count()) == (2, before)


def test_a_fault_says_how_to_mend_it_and_repeats_no_address(home):
    wave = wave_make()
    people_make(wave)
    with pytest.raises(PeopleRefusal) as refused:
        people_read(wave, BAD.encode(), "mensen.csv")
    told = str(refused.value)
    assert "row 2, gemeente: " in told, "as the file calls the column"
    assert "row 3, rol: There is no role “X”." in told
    assert "D, C, U, B, P, R, I" in told
    assert "@post.test" not in told


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("", [(1, "no_rows")]),
        ("gemeente,rol,naam\n", [(1, "no_rows")]),
        ("naam,mail\nA,a@post.test\n", [(1, "column_missing"), (1, "column_missing")]),
        ("case,gemeente,rol,naam\nx,x,U,A\n", [(1, "column_twice")]),
        ("case,rol,naam,bsn\nx,U,A,1\n", [(1, "column_unknown")]),
    ],
)
def test_a_wrong_first_row_is_told(home, text, faults):
    assert faults_of(wave_make(), text) == faults


def test_other_files_are_refused(home):
    for name, content in (("a.pdf", b"%PDF"), ("a.csv", b"a" * 5_000_001)):
        with pytest.raises(Refusal) as refused:
            people_read(wave_make(f"s{len(content)}"), content, name)
        assert refused.value.code in ("people_file_kind", "people_file_large")
