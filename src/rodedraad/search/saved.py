"""How is a question kept, called otherwise, taken away and put back?"""

from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from rodedraad.accounts.models import Person
from rodedraad.errors import Refusal
from rodedraad.search.models import SavedSearch
from rodedraad.studies.models import Study

NAME_AT_MOST = 120


def searches_saved(study: Study) -> QuerySet[SavedSearch]:
    """Return the kept questions of a study by name."""
    return SavedSearch.objects.filter(study=study, removed_at=None).select_related("made_by")


def search_save(
    study: Study, name: str, query: str, filters: Mapping[str, str], *, person: Person | None
) -> SavedSearch:
    """Keep a question under a name that no other has."""
    made = SavedSearch(
        study=study, name=_named(name), query=query, filters=dict(filters), made_by=person
    )
    return _written(made)


def search_rename(search: SavedSearch, name: str) -> SavedSearch:
    """Give a kept question another name."""
    search.name = _named(name)
    return _written(search)


def search_remove(search: SavedSearch) -> SavedSearch:
    """Take a kept question away; ``search_restore`` puts it back."""
    search.removed_at = timezone.now()
    return _written(search)


def search_restore(search: SavedSearch) -> SavedSearch:
    """Put back a question that was taken away, when its name is still free."""
    search.removed_at = None
    return _written(search)


def _named(name: str) -> str:
    words = " ".join(name.split())
    if not 0 < len(words) <= NAME_AT_MOST:
        raise Refusal(
            f"A kept question needs a name of 1 to {NAME_AT_MOST} characters.",
            code="search_name",
            most=NAME_AT_MOST,
        )
    return words


def _written(search: SavedSearch) -> SavedSearch:
    try:
        with transaction.atomic():
            search.save()
    except IntegrityError as error:
        raise Refusal(
            f"There is a kept question '{search.name}' already. Choose another name.",
            code="search_name_taken",
            name=search.name,
        ) from error
    return search
