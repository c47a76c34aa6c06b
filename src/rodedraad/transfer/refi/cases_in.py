"""Which texts of a project belong to which case of the study, and what of its cases is lost?"""

from rodedraad.exchange.refi_qda import model
from rodedraad.exchange.refi_qda.values import guid_made
from rodedraad.sources.models import Source
from rodedraad.studies.models import Case
from rodedraad.transfer.refi.incoming import Incoming
from rodedraad.transfer.refi.variables import BY_GUID


def case_guid(case: Case) -> str:
    """Return the GUID of a case, the same in every study that has the unit."""
    return guid_made(f"case:{case.unit_kind}:{case.unit_code}")


def cases_in(into: Incoming) -> None:
    """Give texts the case of the study that the file names; account for cases and variables."""
    account = into.account
    for variable in into.project.variables:
        if variable.guid in BY_GUID:
            account.keep(variable)
        else:
            account.lose(variable, "variable")
    known: dict[str, Case] = {}
    for case in Case.objects.filter(study=into.study):
        for name in (case_guid(case), case.unit_code.lower(), case.name.lower()):
            known.setdefault(name, case)
    at = {
        source.guid: holder.source_id
        for source in into.project.sources
        if (holder := into.holders.get(id(source))) is not None and holder.source_id
    }
    of_source = dict(Source.objects.filter(pk__in=at.values()).values_list("pk", "case_id"))
    for one in into.project.cases:
        found = known.get(one.guid) or known.get((one.name or "").strip().lower())
        if found is None:
            account.lose(one, "case-unknown")
        else:
            _case(into, one, found, at, of_source)
    for graph in into.project.graphs:
        account.lose(graph, "no-place")
    for group in into.project.sets:
        account.lose(group, "no-place")


def _case(
    into: Incoming,
    one: model.Case,
    found: Case,
    at: dict[str, int],
    of_source: dict[int, int | None],
) -> None:
    account = into.account
    account.keep(one, *(("guid",) if one.guid == case_guid(found) else ()))
    account.lose_field(one, "description", "case-part")
    for value in one.values:
        account.lose(value, "variable")
    for guid in one.sources:
        pk = at.get(guid)
        if pk is None:
            account.lose_pointer(one, "SourceRef", "no-text")
        elif of_source[pk] is None:
            Source.objects.filter(pk=pk).update(case=found)
            of_source[pk] = found.pk
        elif of_source[pk] != found.pk:
            account.lose_pointer(one, "SourceRef", "case-elsewhere")
