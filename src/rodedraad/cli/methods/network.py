"""The command ``methods network``: what shape has a network, and who stands where in it?"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
import numpy as np
import polars as pl

from rodedraad.cli.methods.csv_file import column_of, labels_of, numbers_of, table_read
from rodedraad.cli.methods.network_file import TieTable, nodes_named, self_ties, ties_read
from rodedraad.cli.methods.printing import json_print, notices_print, table_print
from rodedraad.errors import Refusal
from rodedraad.methods.notices import Notice
from rodedraad.methods.positions import (
    Brokerage,
    TieTerm,
    brokerage,
    core_periphery,
    group_assortativity,
    nestedness,
    reported_network,
    structural_equivalence,
    tie_regression,
    two_mode_closure,
    value_assortativity,
    whole_network,
)
from rodedraad.methods.positions.networks import FloatArray
from rodedraad.methods.positions.refusals import PositionRefused
from rodedraad.methods.qap import mrqap

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
NOT_MEASURABLE = frozenset({"network_core_undefined", "network_no_ties"})
MIXING = ("degree_assortativity", "group_assortativity", "value_assortativity")
YES = ("1", "yes", "ja", "true")
WHOLE = (
    "n_nodes",
    "n_ties",
    "density",
    "reciprocity_ties",
    "reciprocity_pairs",
    "transitivity",
    "n_components",
    "n_isolates",
    "degree_centralisation",
    "betweenness_centralisation",
    "connectedness",
    "efficiency",
    "hierarchy",
    "largest_core",
)
Options = dict[str, Any]


@click.command("network")
@click.argument("file", type=FILE)
@click.option("--directed", is_flag=True, help="Ties run from row to column.")
@click.option("--two-mode", is_flag=True, help="Rows are units and columns are groups.")
@click.option("--nodes", type=FILE, help="CSV with a column node and what is known of nodes.")
@click.option("--group", help="Column of the group: brokerage and mixing by group.")
@click.option("--value", help="Column of a number: mixing by value.")
@click.option("--responded", help="Column that says yes or no: rows are reports of actors.")
@click.option("--between", type=click.Choice(["tied", "ignored"]), default="tied")
@click.option("--classes", type=int, default=0, help="Number of classes of equivalent nodes.")
@click.option(
    "--predictor", "predictors", multiple=True, help="NAME=FILE of a network that may explain it."
)
@click.option("--outcome", type=click.Choice(["binary", "count", "number"]), default="binary")
@click.option("--permutations", type=int, default=1000)
@click.option("--seed", type=int, default=1)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def command(file: Path, as_json: bool, **options: Any) -> None:
    """Measures of the network in FILE: a square table, names of nodes in first row and column."""
    if options["two_mode"]:
        found = _two_mode(file, options)
    elif options["predictors"]:
        found = _explained(file, options)
    elif options["responded"]:
        found = _reported(file, options)
    else:
        table = ties_read(file, square=True)
        with nodes_named(table):
            found = _measured(table.rows, table.values, options)
        found["notices"] = self_ties(table)
    if as_json:
        json_print(found)
        return
    _print(found)


def _about_nodes(options: Options, column: str, names: list[str]) -> tuple[pl.DataFrame, list[int]]:
    """The file about nodes, and which of its rows is about each node of the network."""
    path = options["nodes"]
    if path is None:
        raise Refusal(
            f"Column '{column}' is about nodes. Give the file: --nodes FILE.csv with a column "
            "node and this column.",
            code="csv_nodes_absent",
        )
    frame = table_read(path)
    column_of(frame, column, path)
    listed = labels_of(frame, "node", path)
    absent = [name for name in names if name not in listed]
    if absent:
        raise Refusal(
            f"{path.name} has no row for node '{absent[0]}'. Add it.",
            code="csv_node_absent",
            node=absent[0],
        )
    return frame, [listed.index(name) for name in names]


def _texts(options: Options, column: str, names: list[str]) -> list[str]:
    frame, places = _about_nodes(options, column, names)
    found = labels_of(frame, column, options["nodes"])
    return [found[place] for place in places]


def _measured(names: list[str], ties: FloatArray, options: Options) -> Options:
    directed, seed = options["directed"], options["seed"]
    permutations = options["permutations"]
    impossible: list[Notice] = []
    found: Options = {"names": names, "whole": whole_network(ties, directed=directed)}
    with _impossible("Core and periphery", impossible):
        found["core_periphery"] = core_periphery(
            ties, between=options["between"], directed=directed, seed=seed
        )
    with _impossible("Degree assortativity", impossible):
        found["degree_assortativity"] = value_assortativity(ties, directed=directed, seed=seed)
    if options["group"]:
        groups = _texts(options, options["group"], names)
        found["brokerage"] = brokerage(ties, groups, directed=directed)
        with _impossible("Mixing by group", impossible):
            found["group_assortativity"] = group_assortativity(
                ties, groups, directed=directed, permutations=permutations, seed=seed
            )
    if options["value"]:
        frame, places = _about_nodes(options, options["value"], names)
        values = numbers_of(frame, options["value"], options["nodes"])[places]
        with _impossible("Mixing by value", impossible):
            found["value_assortativity"] = value_assortativity(
                ties, values, directed=directed, permutations=permutations, seed=seed
            )
    if options["classes"]:
        found["equivalence"] = structural_equivalence(
            ties, n_classes=options["classes"], directed=directed
        )
    return found | {"impossible": impossible}


@contextmanager
def _impossible(measure: str, notices: list[Notice]) -> Iterator[None]:
    """Make a notice of a measure that this network does not have, and show the others."""
    try:
        yield
    except PositionRefused as refusal:
        if refusal.code not in NOT_MEASURABLE:
            raise
        notices.append(Notice("measure_impossible", {"measure": measure, "reason": str(refusal)}))


def _reported(file: Path, options: Options) -> Options:
    """Measures on the ties that either end reports, and on those that both do."""
    if options["directed"]:
        raise Refusal(
            "Reports of both ends are brought together to ties without direction. Leave out "
            "--directed, or --responded.",
            code="network_reports_directed",
        )
    table = ties_read(file, square=True)
    names = table.rows
    answers = _texts(options, options["responded"], names)
    responded = [answer.lower() in YES for answer in answers]
    found: Options = {"names": names, "notices": self_ties(table)}
    with nodes_named(table):
        for rule in ("union", "confirmed"):
            network = reported_network(table.values, responded, rule=rule)
            ties = network.ties.astype(np.float64)
            found[rule] = {"reports": network} | _measured(names, ties, options)
    return found


def _two_mode(file: Path, options: Options) -> Options:
    table = ties_read(file, square=False)
    settings = {name: options[name] for name in ("permutations", "seed")}
    with nodes_named(table):
        return {
            "nestedness": nestedness(table.values, **settings),
            "closure": two_mode_closure(table.values),
        }


def _explained(file: Path, options: Options) -> Options:
    table = ties_read(file, square=True)
    predictors: dict[str, TieTable] = {}
    for text in options["predictors"]:
        name, _, place = text.partition("=")
        if not place or not Path(place).is_file():
            raise Refusal(
                f"--predictor {text}: give a name and a file that is there, as distance=km.csv.",
                code="csv_predictor",
            )
        predictors[name] = ties_read(Path(place), square=True)
        if predictors[name].rows != table.rows:
            raise Refusal(
                f"{place} must have the same nodes in the same order as {file.name}.",
                code="csv_network_names",
                file=place,
            )
    settings = {name: options[name] for name in ("permutations", "seed", "directed")}
    arrays = {name: predictor.values for name, predictor in predictors.items()}
    with nodes_named(table, predictors):
        fit = (
            mrqap(table.values, arrays, **settings)
            if options["outcome"] == "number"
            else tie_regression(table.values, arrays, outcome=options["outcome"], **settings)
        )
    return {"regression": fit, "notices": self_ties(table)}


def _print(found: Options) -> None:
    for rule in ("union", "confirmed"):
        if rule in found:
            network = found[rule]["reports"]
            click.echo(f"Ties: {rule}; {network.n_responded} of {network.n_nodes} actors answered")
            notices_print(network.notices)
            _print_measures(found[rule])
            click.echo("")
    if "whole" in found:
        _print_measures(found)
    if "nestedness" in found:
        nested, closure = found["nestedness"], found["closure"]
        rows = [(name, getattr(nested, name)) for name in ("nodf", "units", "groups", "p")]
        rows += [(name, getattr(closure, name)) for name in ("closure", "reinforcement")]
        table_print(("measure", "value"), rows)
        notices_print(nested.notices)
    if "regression" in found:
        fit = found["regression"]
        table_print(
            ("term", "coefficient", "z or t", "p"),
            (
                (
                    term.name,
                    term.coefficient,
                    term.z if isinstance(term, TieTerm) else term.t,
                    f"{term.p.two_sided:.4f}",
                )
                for term in fit.terms
            ),
        )
        click.echo(
            f"\n{fit.null}, {fit.permutations} permutations, seed {fit.seed}; {fit.n_nodes} "
            f"nodes, {fit.n_dyads} pairs, {fit.n_missing_dyads} missing"
        )
        notices_print(fit.notices)
    notices_print(found.get("notices", ()))


def _print_measures(found: Options) -> None:
    whole, core, names = found["whole"], found.get("core_periphery"), found["names"]
    rows = [(name, getattr(whole, name)) for name in WHOLE]
    if core:
        rows.append(("core fit", core.correlation))
    rows += [(key.replace("_", " "), found[key].r) for key in MIXING if key in found]
    table_print(("measure", "value"), rows)
    for members in core.cores if core else ():
        click.echo("Core: " + ", ".join(names[k] for k in members))
    measured = [found[k] for k in ("whole", "core_periphery", *MIXING, "equivalence") if k in found]
    notices_print((*(n for one in measured for n in one.notices), *found["impossible"]))
    nodes, roles = whole.nodes, found.get("brokerage")
    classes = found["equivalence"].classes if "equivalence" in found else None
    heading = ["node", "degree", "betweenness", "closeness", "k-core"]
    heading += list(roles.roles) if roles else []
    heading += ["class"] if classes is not None else []
    click.echo("")
    table_print(
        heading,
        (
            (
                name,
                int(nodes.degree[k]),
                float(nodes.betweenness[k]),
                float(nodes.closeness[k]),
                int(nodes.core[k]),
                *(map(int, roles.counts[k]) if roles else ()),
                *((int(classes[k]),) if classes is not None else ()),
            )
            for k, name in enumerate(names)
        ),
    )
    if roles:
        _print_roles(roles)


def _print_roles(roles: Brokerage) -> None:
    click.echo("")
    table_print(
        ("role", "count", "expected", "z"),
        (
            (
                role,
                int(roles.network_counts[k]),
                float(roles.network_expected[k]),
                float(roles.network_z[k]),
            )
            for k, role in enumerate(roles.roles)
        ),
    )
    notices_print(roles.notices)
