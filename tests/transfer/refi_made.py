"""A project with one of everything that the standard has, and what tests ask of studies."""

from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from rodedraad.coding.models import Code, Coder, Coding, Memo
from rodedraad.exchange.refi_qda import model as m
from rodedraad.exchange.refi_qda.project_write import project_write
from rodedraad.sources.models import Source
from rodedraad.studies.models import Study
from rodedraad.transfer.models import Import
from rodedraad.transfer.refi.exporting import Asked, refi_export
from rodedraad.transfer.refi.importing import refi_import

MADE = "2026-01-02T10:00:00Z"
WORDS = "De gemeente leert.\nGeld 😀 is er niet.\n\nNog een alinea."


def guid(name: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"https://voorbeeld.test/{name}"))


def code(*, is_codable: bool = True, **facts: Any) -> m.Code:
    return m.Code(is_codable=is_codable, **facts)


def coding(name: str, by: str = "leren", user: str = "anna", **more: Any) -> m.Coding:
    return m.Coding(guid=guid(name), creating_user=guid(user), created=MADE, code=guid(by), **more)


def passage(key: str, start: int, end: int, /, *codings: m.Coding, **more: Any) -> Any:
    return m.PlainTextSelection(guid=guid(key), start=start, end=end, codings=codings, **more)


def everything() -> m.Project:
    note = m.TextSource(guid=guid("note"), text="Een gedachte.", creating_user=guid("anna"))
    return m.Project(
        name="Alles",
        origin="Ander programma",
        created=MADE,
        users=(m.User(guid=guid("anna"), name="Anna", id="a"), m.User(guid=guid("bram"))),
        codes=(
            code(guid=guid("groep"), name="Groep", is_codable=False, codes=(
                code(guid=guid("leren"), name="Leren", color="#123", description="Iets leren"),
                code(guid=guid("geld"), name="Geld", notes=(guid("note"),)),
            )),
            code(guid=guid("twee"), name="Twee", codes=(
                code(guid=guid("leren2"), name="Leren"),
            )),
        ),
        variables=(m.Variable(guid=guid("var"), name="Leeftijd", type="Integer"),),
        cases=(
            m.Case(guid=guid("case"), name="Buurt Noord", sources=(guid("tekst"),),
                   values=(m.VariableValue(variable=guid("var"), value=("IntegerValue", "4")),)),
            m.Case(guid=guid("case2"), name="Onbekend", sources=(guid("tekst"),)),
        ),
        sources=(
            m.TextSource(
                guid=guid("tekst"), name="Tekst", created=MADE, text=WORDS, description="Goed stuk",
                creating_user=guid("anna"),
                selections=(
                    passage("p1", 3, 11, coding("c1"), coding("c2", user="bram"), name="gemeente"),
                    passage("p2", 19, 25, coding("c3", "geld"), description="Let op"),
                    passage("p3", 0, 2, description="Zonder code"),
                    passage("p4", 5, 5, coding("c4")),
                    passage("p5", 30, 900, coding("c5")),
                    passage("p6", 3, 11, coding("c1", "geld")),
                    passage("p7", 3, 11, coding("c9", "weg")),
                ),
                codings=(coding("c6", "twee"),),
                values=(m.VariableValue(variable=guid("var"), value=("IntegerValue", "4")),),
            ),
            m.TextSource(guid=guid("weg"), name="Weg", text_path="internal://weg.txt",
                         selections=(passage("q1", 0, 3, coding("c7")),),
                         codings=(coding("c8"),)),
            m.PictureSource(guid=guid("beeld"), name="Beeld", selections=(
                m.PictureSelection(guid=guid("s"), first_x=0, first_y=0, second_x=1, second_y=1,
                                   codings=(coding("c10"),)),)),
            m.AudioSource(guid=guid("geluid"), name="Gesprek", transcripts=(
                m.Transcript(guid=guid("uitgeschreven"), text="Ik zeg iets.", sync_points=(
                    m.SyncPoint(guid=guid("t1"), time_stamp=0, position=0),
                    m.SyncPoint(guid=guid("t2"), time_stamp=900, position=6)), selections=(
                    m.TranscriptSelection(guid=guid("ts"), from_sync_point=guid("t1"),
                                          to_sync_point=guid("t2"), codings=(coding("c11"),)),)),),
                codings=(coding("c12"),)),
            m.PdfSource(guid=guid("pdf"), name="Nota", path="internal://nota.pdf",
                        representation=m.TextSource(
                            guid=guid("rep"), text="Woorden van de nota",
                            selections=(passage("r", 0, 7, coding("c13")),)),
                        selections=(m.PdfSelection(guid=guid("ps"), page=0, first_x=0, first_y=0,
                                                   second_x=5, second_y=5,
                                                   codings=(coding("c14"),)),)),
        ),
        notes=(note,),
        links=(m.Link(guid=guid("link"), origin=guid("leren"), target=guid("geld")),),
        sets=(m.Set(guid=guid("set"), name="Verzameling", codes=(guid("leren"),)),),
        graphs=(m.Graph(guid=guid("graph"), name="Tekening", vertices=(
            m.Vertex(guid=guid("v"), first_x=0, first_y=0),)),),
    )  # fmt: skip


def written(project: m.Project, folder: Path, name: str = "project.qdpx") -> Path:
    path = folder / name
    project_write(project, path)
    return path


def brought(study: Study, path: Path) -> Import:
    return refi_import(study, path, person=None, origin="test")


def exported(study: Study, path: Path, **asked: Any) -> bytes:
    refi_export(Asked(study, **asked), path, origin="test")
    return path.read_bytes()


def state(study: Study) -> dict[str, list[Any]]:
    """Return what a study has, by identity and never by primary key."""
    return {
        "coders": sorted((str(one.uuid), one.name) for one in Coder.objects.filter(study=study)),
        "codes": sorted(
            (str(one.uuid), str(one.parent and one.parent.uuid), one.order, one.name,
             one.definition, one.colour, one.is_codable)
            for one in Code.objects.filter(study=study).select_related("parent")
        ),
        "sources": sorted(
            (str(one.uuid), one.title, one.kind, str(one.case and one.case.name), one.added_at,
             tuple(one.versions.values_list("number", "text", "sha256")))
            for one in Source.objects.filter(study=study)
        ),
        "codings": sorted(
            (str(one.uuid), str(one.version.source.uuid), one.start or -1, one.end or -1,
             one.quote, str(one.code.uuid), str(one.coder.uuid), one.made_at, one.origin)
            for one in Coding.objects.filter(study=study, removed_at=None).select_related(
                "version__source", "code", "coder")
        ),
        "memos": sorted(
            (str(one.uuid), one.text, str(one.source and one.source.uuid),
             str(one.coding and one.coding.uuid), str(one.code and one.code.uuid))
            for one in Memo.objects.filter(study=study).select_related("source", "coding", "code")
        ),
    }  # fmt: skip
