"""What do ``rodedraad refi import`` and ``export``, ``study bundle`` and ``restore`` do?"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.utils import translation

from rodedraad.accounts.models import Person
from rodedraad.errors import Refusal
from rodedraad.sources.models import Source
from rodedraad.studies.models import Study
from rodedraad.transfer.bundle.restoring import bundle_restore
from rodedraad.transfer.bundle.writing import bundle_write
from rodedraad.transfer.refi.exporting import Asked, refi_export
from rodedraad.transfer.refi.importing import refi_import
from rodedraad.transfer.refi.incoming import Choices
from rodedraad.transfer.refi.reasons import IN, OUT

ORIGIN = "command"


def project_bring_in(file: Path, slug: str, *, kind: str, confidentiality: str) -> dict[str, Any]:
    """Bring a file into the study ``slug`` and tell what came in and what did not.

    Raises
    ------
    Refusal
        When there is no such study, kind or confidentiality, or the file is refused.
    """
    study = _study(slug)
    _one_of(kind, Source.Kind.values, "--kind")
    _one_of(confidentiality, Source.Confidentiality.values, "--who")
    choices = Choices(kind, confidentiality)
    made = refi_import(study, file, person=None, origin=ORIGIN, choices=choices)
    with translation.override("en"):
        reasons = [one | {"sentence": str(IN[one["reason"]])} for one in made.report["reasons"]]
    return {
        "study": slug, "import": made.pk, "kept": made.kept, "reported": made.reported,
        **made.report, "reasons": reasons,
    }  # fmt: skip


def project_write_out(file: Path, slug: str, *, personal: bool) -> dict[str, Any]:
    """Write the study ``slug`` to a file and tell what is in it and what is not."""
    written = refi_export(Asked(_study(slug), personal=personal), file, origin=ORIGIN)
    with translation.override("en"):
        left_out = [
            {"reason": name, "sentence": str(OUT[name]), "count": n}
            for name, n in written.left_out.items()
        ]
    return {"study": slug, "counts": dict(written.counts), "left_out": left_out}


def study_bundle(slug: str, file: Path) -> dict[str, Any]:
    """Write everything of the study ``slug`` to one file."""
    return dict(bundle_write(_study(slug), file, person=None, origin=ORIGIN))


def study_restore(file: Path, *, slug: str, lead: str) -> dict[str, Any]:
    """Make the study that a bundle holds, with ``lead`` (an e-mail address) as its lead.

    Raises
    ------
    Refusal
        When nobody has that address, or the bundle is refused.
    """
    person = Person.objects.filter(email__iexact=lead).first() if lead else None
    if lead and person is None:
        raise Refusal(
            "Nobody has an account with that e-mail address. Make the account first, or give "
            "another address.",
            code="lead_unknown",
        )
    study = bundle_restore(file, slug=slug, lead=person, person=None, origin=ORIGIN)
    return {"study": study.slug}


def _study(slug: str) -> Study:
    study = Study.objects.filter(slug=slug).first()
    if study is None:
        raise Refusal(
            f"There is no study '{slug}'. Look up its short name in its address.",
            code="study_unknown",
            slug=slug,
        )
    return study


def _one_of(asked: str, known: Sequence[str], option: str) -> None:
    if asked not in known:
        raise Refusal(
            f"{option} cannot be '{asked}'. Choose from: {', '.join(known)}.",
            code="choice_unknown",
            choice=asked,
        )
