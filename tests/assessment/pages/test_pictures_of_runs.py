"""Congruence, complexity, change and network: the pages say what the runs found."""

import re

import pytest

from pages.conftest import Reader
from rodedraad.assessment.congruence_shown import order_by_likeness, pairs_of
from rodedraad.assessment.group_letters import group_letters
from rodedraad.assessment.models import Evidence, Run
from rodedraad.assessment.pictures.heatmap import shade_of
from rodedraad.assessment.shared_ties import shared_ties
from rodedraad.country.current import current_country
from rodedraad.country.wording import number_shown
from rodedraad.studies.models import Case, Study


def result(study: Study, kind: str) -> dict[str, object]:
    """Return the result of the newest run of a kind."""
    return Run.objects.filter(study=study, kind=kind).latest("pk").result


def members(study: Study, about: str, wave: str = "2016") -> set[str]:
    """Return the codes of the members of one arrangement, from the evidence rows."""
    rows = Evidence.objects.filter(study=study, wave__label=wave, kind="tie", about=about)
    return set(rows.values_list("case__unit_code", flat=True))


def test_the_heatmap_has_a_cell_with_number_and_address_for_every_pair(
    study: Study, researcher: Reader
) -> None:
    html = researcher.get("netwerken/overeenkomst/?domein=alle").content.decode()
    kinds = result(study, "congruence")["kinds"]
    cells = re.findall(r'<a tabindex="-1" href="([^"]*)"><title>', html)
    assert len(cells) == len(set(cells)) == len(kinds) * (len(kinds) - 1)
    assert f"{researcher.root}netwerken/overeenkomst/jeugdregio/wmo-regio/" in cells


def test_cells_of_few_kinds_hold_their_number(study: Study, researcher: Reader) -> None:
    html = researcher.get("netwerken/overeenkomst/?domein=social").content.decode()
    pair = pairs_of(result(study, "congruence"))["jeugdregio", "wmo-regio"]
    cell = re.search(r'jeugdregio/wmo-regio/">.*?</a>', html).group()
    assert f">{number_shown(pair.likeness, 2)}</text>" in cell
    assert f"heat-{shade_of(pair.likeness)}" in cell
    every = researcher.get("netwerken/overeenkomst/?domein=alle").content.decode()
    assert "heat-text" not in every


def test_nesting_differs_by_direction(study: Study, researcher: Reader) -> None:
    html = researcher.get("netwerken/overeenkomst/?domein=alle&maat=nesteling").content.decode()
    pairs = pairs_of(result(study, "congruence")).values()
    pair = next(each for each in pairs if each.nesting_ab != each.nesting_ba)
    for a, b, share in ((pair.a, pair.b, pair.nesting_ab), (pair.b, pair.a, pair.nesting_ba)):
        title = re.search(rf"{a}/{b}/\"><title>[^<]*: ([^<]*)</title>", html)
        assert title.group(1) == number_shown(share, 2)


def test_pairs_are_in_order_of_name_unless_likeness_is_asked(researcher: Reader) -> None:
    answer = researcher.get("netwerken/overeenkomst/")
    names = [(a.casefold(), b.casefold()) for _pair, a, b in answer.context["rows"]]
    assert names == sorted(names)
    asked = researcher.get("netwerken/overeenkomst/?orde=gelijkenis")
    likeness = [pair.likeness for pair, _a, _b in asked.context["rows"]]
    known = [value for value in likeness if value is not None]
    assert known == sorted(known, reverse=True)


def test_kinds_that_are_alike_stand_together() -> None:
    rows = [("a", "b", 0.1), ("a", "c", 0.9), ("a", "d", 0.0), ("b", "c", 0.1), ("b", "d", 0.8),
            ("c", "d", None)]  # fmt: skip
    empty = dict.fromkeys(("nesting_ab", "nesting_ba", "whole_ab", "whole_ba"), 0.0)
    pairs = pairs_of(
        {"pairs": [{"a": a, "b": b, "n_common": 3, "adjusted_rand": r, "identical": False} | empty
                   for a, b, r in rows]}
    )  # fmt: skip
    order = order_by_likeness(["a", "b", "c", "d"], pairs)
    assert abs(order.index("a") - order.index("c")) == 1
    assert abs(order.index("b") - order.index("d")) == 1


@pytest.mark.parametrize(("share", "shade"), [(-0.1, 1), (0.19, 1), (0.2, 2), (0.999, 5), (1, 5)])
def test_a_shade_is_a_fifth_of_the_scale(share: float, shade: int) -> None:
    assert shade_of(share) == shade


def test_the_cross_table_counts_the_evidence_both_ways(study: Study, researcher: Reader) -> None:
    tables = researcher.get("netwerken/overeenkomst/jeugdregio/wmo-regio/").context["tables"]
    assert {each.region for each in tables.a} == {
        about.partition("/")[2]
        for about in Evidence.objects.filter(
            study=study, wave__label="2016", about__startswith="jeugdregio/"
        ).values_list("about", flat=True)
    }
    for each in tables.a:
        own = members(study, f"jeugdregio/{each.region}")
        assert each.n == len(own)
        for part in each.parts:
            common = own & members(study, f"wmo-regio/{part.region}")
            assert (part.n, len(part.names)) == (len(common), len(common))
    assert sum(part.n for each in tables.a for part in each.parts) == sum(
        part.n for each in tables.b for part in each.parts
    )


def test_the_profile_of_a_municipality_is_that_of_the_run(study: Study, researcher: Reader) -> None:
    text = researcher.text("netwerken/complexiteit/?gemeente=GM0014")
    found = result(study, "complexity")
    levels = dict(zip(found["levels"], found["cases"]["GM0014"]["counts"], strict=True))
    partners = result(study, "participation")["cases"]["GM0014"]["partners"]
    assert re.search(rf"Partners: {partners}\b", text)
    assert re.search(rf"Verbanden op het niveau ‘regio’: {levels['regio']}\b", text)
    for name in ("Groningen tussen alle gemeenten", "Waar Groningen meedoet", "geen ranglijst"):
        assert name in text


def test_profiles_are_in_order_of_name(researcher: Reader) -> None:
    rows = researcher.get("netwerken/complexiteit/").context["rows"]
    names = [name for name, _code, _values in rows]
    assert names == sorted(names)


def test_distributions_count_every_municipality_and_mark_one(
    study: Study, researcher: Reader
) -> None:
    html = researcher.get("netwerken/complexiteit/?gemeente=GM0014").content.decode()
    pictures = re.findall(r'<svg class="hist".*?</svg>', html, flags=re.DOTALL)
    assert pictures
    for picture in pictures:
        assert picture.count("hist-bar hist-here") == 1
        assert 'role="img" aria-label="' in picture
        assert f"{result(study, 'complexity')['n_cases']} gemeenten" in picture


def test_who_changed_region_is_named_with_both_regions(study: Study, researcher: Reader) -> None:
    changes = {
        each.kind: each for each in researcher.get("netwerken/verandering/").context["changes"]
    }
    found = result(study, "change")["kinds"]
    assert set(changes) == set(found)
    n_named = 0
    for kind, change in changes.items():
        assert {move.code for move in change.moved} == set(found[kind]["moved"])
        assert {move.code for move in change.left_out} == set(found[kind]["predecessors_differ"])
        for move in change.moved:
            assert move.before != ()
            for region in move.after:
                assert move.code in members(study, f"{kind}/{region}", "2022")
        for move in change.left_out:
            assert len(move.before) > 1
        n_named += len(change.moved) + len(change.left_out)
    assert n_named > 0


def test_lines_of_the_network_are_the_pairs_that_share_enough(
    study: Study, researcher: Reader
) -> None:
    run = Run.objects.filter(study=study, kind="communities").latest("pk")
    kinds = run.parameters["kinds"]
    sets: dict[str, set[str]] = {}
    rows = Evidence.objects.filter(study=study, wave__label="2016", kind="tie")
    for about, code in rows.values_list("about", "case__unit_code"):
        if about.partition("/")[0] in kinds:
            sets.setdefault(code, set()).add(about)
    codes = sorted(sets)
    by_hand = {
        (one, other): len(sets[one] & sets[other])
        for at, one in enumerate(codes)
        for other in codes[at + 1 :]
    }
    least = 9
    wanted = {pair: n for pair, n in by_hand.items() if n >= least}
    ties = shared_ties(run, kinds)
    assert {(ties.cases[i], ties.cases[j]): n for i, j, n in ties.pairs(least)} == wanted
    assert ties.most == max(by_hand.values())
    partners = [sum(code in pair for pair in wanted) for code in ties.cases]
    assert ties.n_partners(least) == partners

    answer = researcher.get(f"netwerken/netwerkbeeld/?minimaal={least}")
    html = answer.content.decode()
    lines = re.findall(r'<path class="net-line[^"]*" d="([^"]*)"', html)
    assert sum(line.count("M") for line in lines) == len(wanted) == answer.context["n_lines"]


def test_groups_of_the_network_are_those_of_the_run(study: Study, researcher: Reader) -> None:
    answer = researcher.get("netwerken/netwerkbeeld/")
    found = result(study, "communities")
    groups = answer.context["groups"]
    letters = group_letters(found)
    sizes = [len(group.members) for group in groups]
    assert sizes == sorted(found["sizes"], reverse=True)
    members = {group.letter: group.members for group in groups}
    names = dict(Case.objects.filter(study=study).values_list("unit_code", "name"))
    for code, label in found["labels"].items():
        assert names[code] in members[letters[label]]
    html = answer.content.decode()
    nodes = re.findall(r"<title>[^<]*, groep ([A-Z]+)</title>", html)
    assert sorted(nodes) == sorted(letters[label] for label in found["labels"].values())


def test_a_chosen_municipality_has_a_table_of_its_partners(
    study: Study, researcher: Reader
) -> None:
    answer = researcher.get("netwerken/netwerkbeeld/?minimaal=9&gemeente=GM0014")
    assert "net-chosen" in answer.content.decode()
    partners = answer.context["partners"]
    assert partners == sorted(partners, key=lambda partner: partner[1])
    assert all(number >= 9 for _code, _name, number in partners)
    assert "GM0014" not in {code for code, _name, _number in partners}


@pytest.mark.parametrize("least", ["0", "veel", "999"])
def test_an_impossible_number_of_shared_arrangements_is_refused(
    researcher: Reader, least: str
) -> None:
    answer = researcher.get(f"netwerken/netwerkbeeld/?minimaal={least}")
    assert answer.context["form"].errors.keys() == {"minimaal"}
    assert "rd-error-summary" in answer.content.decode()


def test_the_country_in_use_is_the_one_of_the_study(study: Study, researcher: Reader) -> None:
    sources = researcher.get("netwerken/netwerkbeeld/").context["sources"]
    assert {source.key for source in sources} <= set(current_country().sources)
    assert sources
