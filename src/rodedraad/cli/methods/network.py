"""The command ``methods network``: what shape has a network, and who stands where in it?"""

from pathlib import Path
from typing import Any

import click
import numpy as np
import polars as pl

from rodedraad.cli.methods.csv_file import column_of, labels_of, numbers_of, table_read
from rodedraad.cli.methods.printing import json_print, notices_print, table_print
from rodedraad.errors import Refusal
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
from rodedraad.methods.qap import mrqap

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
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
        names, ties = _matrix(file, square=True)
        found = _measured(names, ties, options)
    if as_json:
        json_print(found)
        return
    _print(found)


def _matrix(path: Path, *, square: bool) -> tuple[list[str], FloatArray]:
    frame = table_read(path)
    nodes, *others = frame.columns
    names = labels_of(frame, nodes, path)
    if square and names != others:
        raise Refusal(
            f"{path.name}: the names in the first column and in the first row must be the same, "
            "in the same order. Sort one as the other.",
            code="csv_network_names",
            file=path.name,
        )
    return names, np.column_stack([numbers_of(frame, name, path) for name in others])


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
    found: Options = {
        "names": names,
        "whole": whole_network(ties, directed=directed),
        "core_periphery": core_periphery(
            ties, between=options["between"], directed=directed, seed=seed
        ),
        "degree_assortativity": value_assortativity(ties, directed=directed, seed=seed),
    }
    if options["group"]:
        groups = _texts(options, options["group"], names)
        found["brokerage"] = brokerage(ties, groups, directed=directed)
        found["group_assortativity"] = group_assortativity(
            ties, groups, directed=directed, permutations=permutations, seed=seed
        )
    if options["value"]:
        frame, places = _about_nodes(options, options["value"], names)
        values = numbers_of(frame, options["value"], options["nodes"])[places]
        found["value_assortativity"] = value_assortativity(
            ties, values, directed=directed, permutations=permutations, seed=seed
        )
    if options["classes"]:
        found["equivalence"] = structural_equivalence(
            ties, n_classes=options["classes"], directed=directed
        )
    return found


def _reported(file: Path, options: Options) -> Options:
    """Measures on the ties that either end reports, and on those that both do."""
    if options["directed"]:
        raise Refusal(
            "Reports of both ends are brought together to ties without direction. Leave out "
            "--directed, or --responded.",
            code="network_reports_directed",
        )
    names, reports = _matrix(file, square=True)
    answers = _texts(options, options["responded"], names)
    responded = [answer.lower() in YES for answer in answers]
    found: Options = {"names": names}
    for rule in ("union", "confirmed"):
        network = reported_network(reports, responded, rule=rule)
        ties = network.ties.astype(np.float64)
        found[rule] = {"reports": network} | _measured(names, ties, options)
    return found


def _two_mode(file: Path, options: Options) -> Options:
    _, table = _matrix(file, square=False)
    return {
        "nestedness": nestedness(table, permutations=options["permutations"], seed=options["seed"]),
        "closure": two_mode_closure(table),
    }


def _explained(file: Path, options: Options) -> Options:
    names, ties = _matrix(file, square=True)
    predictors: dict[str, FloatArray] = {}
    for text in options["predictors"]:
        name, _, place = text.partition("=")
        if not place or not Path(place).is_file():
            raise Refusal(
                f"--predictor {text}: give a name and a file that is there, as distance=km.csv.",
                code="csv_predictor",
            )
        others, predictors[name] = _matrix(Path(place), square=True)
        if others != names:
            raise Refusal(
                f"{place} must have the same nodes in the same order as {file.name}.",
                code="csv_network_names",
                file=place,
            )
    settings = {name: options[name] for name in ("permutations", "seed", "directed")}
    if options["outcome"] == "number":
        return {"regression": mrqap(ties, predictors, **settings)}
    return {"regression": tie_regression(ties, predictors, outcome=options["outcome"], **settings)}


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


def _print_measures(found: Options) -> None:
    whole, core, names = found["whole"], found["core_periphery"], found["names"]
    rows = [(name, getattr(whole, name)) for name in WHOLE]
    rows.append(("core fit", core.correlation))
    for key in ("degree_assortativity", "group_assortativity", "value_assortativity"):
        if key in found:
            rows.append((key.replace("_", " "), found[key].r))
    table_print(("measure", "value"), rows)
    for members in core.cores:
        click.echo("Core: " + ", ".join(names[k] for k in members))
    notices_print((*whole.notices, *core.notices))
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
