"""How does a person see one set while calibrating it: plot, cases, memberships and remarks?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rodedraad.assessment.conclusions.case_table import CaseTable
from rodedraad.assessment.construct_names import construct_code
from rodedraad.assessment.notice_words import notice_sentences
from rodedraad.assessment.pictures.anchors import Anchor, anchors_svg
from rodedraad.assessment.qca_form import ANCHORS, QcaForm, SetFields
from rodedraad.errors import Refusal
from rodedraad.methods.plain import plain
from rodedraad.methods.qca import QcaRefusal


@dataclass(frozen=True)
class SetShown:
    """One set to calibrate: its fields, plot and cases, and what to mind.

    Of a case: name, score, score for the script, and membership; none while anchors cross.
    """

    fields: SetFields
    code: str
    picture: SafeString
    cases: list[tuple[str, float, str, float | None]]
    n_inside: int
    remarks: list[str]
    refusal: Refusal | None


def set_shown(
    form: QcaForm, fields: SetFields, table: CaseTable, names: Mapping[str, str]
) -> SetShown:
    """Return one set with its anchors as they are filled in; a refusal when they cross."""
    column = table.scores[fields.code]
    scores = sorted(
        ((names.get(case, case), score.value) for case, score in column.items()),
        key=lambda each: (-each[1], each[0]),
    )
    anchors, memberships, remarks, refusal = form.anchors_of(fields.code), None, [], None
    if anchors is not None:
        try:
            made = anchors.calibrated([value for _name, value in scores])
            memberships, remarks = made.memberships.tolist(), _remarks(plain(made.notices), scores)
        except QcaRefusal as fault:
            refusal = fault
    known = memberships or [None] * len(scores)
    code = construct_code(fields.code)
    words = _("%(n)s cases on %(code)s %(name)s, from low to high, with three anchors.")
    return SetShown(
        fields=fields,
        code=code,
        picture=anchors_svg(
            scores,
            [
                Anchor(
                    getattr(anchors, anchor, None),
                    letter,
                    f"{code}: {said}",
                    str(bound.id_for_label),
                )
                for bound, (_field, anchor, letter, said) in zip(
                    fields.anchors, ANCHORS, strict=True
                )
            ],
            label=words % {"n": len(scores), "code": code, "name": fields.name},
            comma=get_language() != "en",
        ),
        cases=[
            (name, value, str(value), member)
            for (name, value), member in zip(scores, known, strict=True)
        ],
        n_inside=sum(member is not None and member > 0.5 for member in known),
        remarks=remarks,
        refusal=refusal,
    )


def _remarks(notices: list[dict[str, Any]], scores: list[tuple[str, float]]) -> list[str]:
    """Sentences of a calibration, with cases by name instead of by row."""
    for each in notices:
        if "rows" in each["context"]:
            rows = each["context"].pop("rows")
            each["context"]["cases"] = [scores[row - 1][0] for row in rows]
    return notice_sentences(notices)
