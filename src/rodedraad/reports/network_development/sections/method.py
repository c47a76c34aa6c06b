"""What does the report rest on: sources, runs and rulesets?"""

from typing import Any

from rodedraad.assessment.filters import evidence_rows
from rodedraad.assessment.models import Evidence
from rodedraad.assessment.queries import run_filters
from rodedraad.assessment.run_titles import RUN_TITLES
from rodedraad.reports.book import NumberBook
from rodedraad.reports.network_development.material import RUNS, Material
from rodedraad.reports.words import words

BOUNDARIES = "boundaries_2016"


def method(book: NumberBook, material: Material) -> dict[str, Any]:
    """Give sources with their terms, and each run with what is needed to repeat it."""
    run = material.runs["inhabitants"]
    used = set(
        Evidence.objects.filter(study=material.study)
        .order_by("source")
        .values_list("source", flat=True)
        .distinct()
    )
    return {
        "sources": [
            {
                "title": words(source.title_nl, source.title_en),
                "publisher": source.publisher,
                "licence": source.licence,
                "attribution": source.attribution,
                "published": source.published,
                "url": source.url,
            }
            for key, source in material.country.sources.items()
            if key in used | {BOUNDARIES, "tooi"}
        ],
        "runs": [
            {
                "title": title,
                "fingerprint": material.runs[kind].fingerprint[:12],
                "seed": material.runs[kind].seed,
                "ruleset": material.runs[kind].ruleset,
                "code_version": material.runs[kind].code_version,
                "rows": book.enter(
                    f"method.rows.{kind}",
                    _n_rows(material, kind),
                    nl=f"Rijen gebruikt voor: {title['nl']}",
                    en=f"Rows used for: {title['en']}",
                    run=material.runs[kind],
                    rows=run_filters(material.runs[kind]),
                ),
            }
            for kind, title in ((kind, dict(RUN_TITLES[kind])) for kind in RUNS)
        ],
        "rulesets": sorted({each.ruleset for each in material.runs.values() if each.ruleset}),
        "selection_rules": material.plan.code_version,
        "study": material.study.slug,
        "template": f"{material.study.template_key} {material.study.template_version}",
        "made_with": run.code_version,
    }


def _n_rows(material: Material, kind: str) -> int:
    return evidence_rows(material.study, run_filters(material.runs[kind])).count()
