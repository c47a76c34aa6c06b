"""What do the tables of a LimeSurvey file hold? Texts of all languages with the row they are of."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from rodedraad.exchange.questionnaire.refusals import too_large, unknown, unreadable, unsafe
from rodedraad.exchange.refi_qda.refusals import XmlRefused
from rodedraad.exchange.refi_qda.safe_xml import doctype_refuse, xml_read

MOST_BYTES = 20_000_000
MOST_ROWS = 200_000
KINDS = ("Survey", "Group", "Question")
Row = dict[str, str]


@dataclass(slots=True)
class Answer:
    """A choice of a question: its code, its texts, and the scale it is of."""

    code: str
    texts: dict[str, str] = field(default_factory=dict)
    scale: int = 0
    order: int = 0
    relevance: str = ""


@dataclass(slots=True)
class Question:
    """A question with its texts, its rows (``subs``), its choices and its settings."""

    qid: str
    gid: str
    kind: str
    title: str
    values: Row
    order: int
    texts: dict[str, str] = field(default_factory=dict)
    helps: dict[str, str] = field(default_factory=dict)
    subs: list[Answer] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)
    told: dict[str, dict[str, str]] = field(default_factory=dict)
    conditions: list[Row] = field(default_factory=list)
    default: str = ""

    def rows(self, scale: int = 0) -> list[Answer]:
        """Return the rows of one scale, in order."""
        return sorted((one for one in self.subs if one.scale == scale), key=_place)

    def choices(self, scale: int = 0) -> list[Answer]:
        """Return the choices of one scale, in order."""
        return sorted((one for one in self.answers if one.scale == scale), key=_place)


@dataclass(slots=True)
class Group:
    """A group of questions."""

    gid: str
    order: int
    relevance: str
    texts: dict[str, str] = field(default_factory=dict)
    about: dict[str, str] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)


@dataclass(slots=True)
class Structure:
    """A whole file: its groups in order, its title and languages, and tables that are not read."""

    groups: list[Group]
    titles: dict[str, str]
    language: str
    quotas: list[str]


def structure_read(content: bytes) -> Structure:
    """Return the structure in a .lss, .lsg or .lsq file.

    Raises
    ------
    SurveyFileRefused
        When it is no such file, damaged, too large, or can hide an attack.
    """
    if len(content) > MOST_BYTES:
        raise too_large("The file", MOST_BYTES)
    try:
        doctype_refuse(content)
    except XmlRefused as fault:
        raise unsafe("a document type (DOCTYPE)") from fault
    try:
        root, faults = xml_read(content)
    except XmlRefused as fault:
        raise unreadable("it is no XML") from fault
    if faults:
        raise unreadable(f"the XML is damaged at line {faults[0][0]}")
    kind = (root.findtext("LimeSurveyDocType") or "").strip()
    if root.tag != "document" or kind not in KINDS:
        raise unknown("it is no structure of LimeSurvey")
    return _Tables(root).structure()


def _place(one: Answer) -> int:
    return one.order


class _Tables:
    def __init__(self, root: Any) -> None:
        self.root = root
        self.language = (root.findtext("languages/language") or "").strip()
        self.count = 0

    def rows(self, table: str) -> Iterator[Row]:
        for row in self.root.iterfind(f"{table}/rows/row"):
            self.count += 1
            if self.count > MOST_ROWS:
                raise too_large("What is in the file", MOST_BYTES)
            yield {cell.tag: (cell.text or "").strip() for cell in row if isinstance(cell.tag, str)}

    def structure(self) -> Structure:
        groups = self.groups()
        questions = self.questions()
        self.details(questions)
        home = {group.gid: group for group in groups}
        for question in questions.values():
            if question.gid not in home:
                home[question.gid] = Group(question.gid, len(home), "")
            home[question.gid].questions.append(question)
        for group in home.values():
            group.questions.sort(key=lambda one: one.order)
        titles = {
            row.get("surveyls_language", ""): row.get("surveyls_title", "")
            for row in self.rows("surveys_languagesettings")
        }
        quotas = [row.get("name", "") for row in self.rows("quota")]
        ordered = sorted(home.values(), key=lambda one: one.order)
        return Structure(ordered, titles, self.language, quotas)

    def groups(self) -> list[Group]:
        found: dict[str, Group] = {}
        for row in self.rows("groups"):
            gid = row.get("gid", "")
            group = found.setdefault(
                gid, Group(gid, _number(row.get("group_order")), row.get("grelevance", ""))
            )
            self._told(group.texts, row, "group_name")
            self._told(group.about, row, "description")
        for row in self.rows("group_l10ns"):
            if (group := found.get(row.get("gid", ""))) is not None:
                self._told(group.texts, row, "group_name")
                self._told(group.about, row, "description")
        return list(found.values())

    def questions(self) -> dict[str, Question]:
        found: dict[str, Question] = {}
        subs: dict[str, Answer] = {}
        for row in (*self.rows("questions"), *self.rows("subquestions")):
            qid, parent = row.get("qid", ""), row.get("parent_qid", "0")
            if parent in ("", "0"):
                question = found.setdefault(qid, _question(row))
                self._told(question.texts, row, "question")
                self._told(question.helps, row, "help")
            elif parent in found:
                if qid not in subs:
                    subs[qid] = _sub(row)
                    found[parent].subs.append(subs[qid])
                self._told(subs[qid].texts, row, "question")
        for row in self.rows("question_l10ns"):
            qid = row.get("qid", "")
            if qid in found:
                self._told(found[qid].texts, row, "question")
                self._told(found[qid].helps, row, "help")
            elif qid in subs:
                self._told(subs[qid].texts, row, "question")
        return found

    def details(self, questions: Mapping[str, Question]) -> None:
        self._answers(questions)
        for row in self.rows("question_attributes"):
            question = questions.get(row.get("qid", ""))
            if question is None or not row.get("value"):
                continue
            name, language = row.get("attribute", ""), row.get("language", "")
            question.attributes.setdefault(name, row["value"])
            question.told.setdefault(name, {})[language or self.language] = row["value"]
        for row in self.rows("conditions"):
            if (question := questions.get(row.get("qid", ""))) is not None:
                question.conditions.append(row)
        texts = {row.get("dvid"): row for row in self.rows("defaultvalue_l10ns")}
        for row in self.rows("defaultvalues"):
            question = questions.get(row.get("qid", ""))
            if question is not None:
                told = row.get("defaultvalue") or texts.get(row.get("dvid"), {}).get(
                    "defaultvalue", ""
                )
                question.default = question.default or told

    def _answers(self, questions: Mapping[str, Question]) -> None:
        by_key: dict[tuple[str, ...], Answer] = {}
        by_id: dict[str, Answer] = {}
        for row in self.rows("answers"):
            question = questions.get(row.get("qid", ""))
            if question is None:
                continue
            scale = _number(row.get("scale_id"))
            key = (question.qid, row.get("code", ""), str(scale))
            if key not in by_key:
                order = _number(row.get("sortorder"))
                by_key[key] = Answer(row.get("code", ""), {}, scale, order)
                question.answers.append(by_key[key])
            self._told(by_key[key].texts, row, "answer")
            by_id[row.get("aid", "")] = by_key[key]
        for row in self.rows("answer_l10ns"):
            if (answer := by_id.get(row.get("aid", ""))) is not None:
                self._told(answer.texts, row, "answer")

    def _told(self, texts: dict[str, str], row: Row, column: str) -> None:
        if text := row.get(column):
            texts.setdefault(row.get("language") or self.language, text)


def _question(row: Row) -> Question:
    return Question(
        qid=row.get("qid", ""), gid=row.get("gid", ""), kind=row.get("type", ""),
        title=row.get("title", "") or f"Q{row.get('qid', '')}", values=row,
        order=_number(row.get("question_order")),
    )  # fmt: skip


def _sub(row: Row) -> Answer:
    relevance = row.get("relevance", "")
    return Answer(
        row.get("title", ""), {}, _number(row.get("scale_id")),
        _number(row.get("question_order")), "" if relevance in ("", "1") else relevance,
    )  # fmt: skip


def _number(told: str | None) -> int:
    try:
        return int(told or 0)
    except ValueError:
        return 0
