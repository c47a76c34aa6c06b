"""Which sources of a study have nearly the same text? A remark for a person, never a refusal."""

from collections.abc import Collection

from django.db import connection, transaction

from rodedraad.sources.models import Likeness
from rodedraad.studies.models import Study

CHARACTERS_AT_LEAST = 40
PARAGRAPHS_AT_LEAST = 3
SHARE_AT_LEAST = 0.5
SOURCES_AT_MOST = 20
"""A paragraph that stands in more sources than this is a phrase of the trade, and not counted."""

PAIRS = """
WITH newest AS (
    SELECT DISTINCT ON (v.source_id) v.id, v.source_id
    FROM sources_sourceversion v JOIN sources_source s ON s.id = v.source_id
    WHERE s.study_id = %(study)s AND s.removed_at IS NULL
    ORDER BY v.source_id, v.number DESC
), said AS MATERIALIZED (
    SELECT DISTINCT n.source_id, hashtextextended(p.text, 0) AS words
    FROM sources_paragraph p JOIN newest n ON n.id = p.version_id
    WHERE length(p.text) >= %(characters)s
), counted AS (
    SELECT source_id, count(*) AS n FROM said GROUP BY source_id
), shared AS (
    SELECT words FROM said GROUP BY words HAVING count(*) BETWEEN 2 AND %(most)s
), pairs AS (
    SELECT a.source_id AS one, b.source_id AS other, count(*) AS n
    FROM said a JOIN shared USING (words) JOIN said b USING (words)
    WHERE a.source_id = ANY(%(sources)s) AND b.source_id <> a.source_id
    GROUP BY 1, 2
)
SELECT one, other, pairs.n::float / least(c.n, d.n)
FROM pairs JOIN counted c ON c.source_id = one JOIN counted d ON d.source_id = other
WHERE least(c.n, d.n) >= %(paragraphs)s AND pairs.n >= %(share)s * least(c.n, d.n)
"""


@transaction.atomic
def likeness_find(study: Study, sources: Collection[int]) -> int:
    """Find what is like these sources (keys) in their study, keep it, and return how many pairs.

    The share is that of the different paragraphs of 40 characters or more of the shorter text
    that stand letter by letter in the other; half is the least that is kept. One statement: half
    a second for the 511 laws with each other.
    """
    asked = {
        "study": study.pk,
        "sources": list(sources),
        "characters": CHARACTERS_AT_LEAST,
        "most": SOURCES_AT_MOST,
        "paragraphs": PARAGRAPHS_AT_LEAST,
        "share": SHARE_AT_LEAST,
    }
    with connection.cursor() as cursor:
        cursor.execute(PAIRS, asked)
        pairs = {(one, other): share for one, other, share in cursor.fetchall()}
    Likeness.objects.filter(source__in=asked["sources"]).delete()
    Likeness.objects.filter(other__in=asked["sources"]).delete()
    both = pairs | {(other, one): share for (one, other), share in pairs.items()}
    Likeness.objects.bulk_create(
        Likeness(source_id=one, other_id=other, share=share) for (one, other), share in both.items()
    )
    return len(both) // 2
