"""How do class models come on the screen: as tables and as one JSON document?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import click

from rodedraad.cli.methods.printing import notices_print, plain, shown, table_print
from rodedraad.methods.latent_classes import (
    ClassBootstrap,
    ClassComparison,
    ClassMeans,
    ClassShares,
    LatentClasses,
    RuleAgreement,
)


@dataclass(frozen=True, slots=True)
class Beside:
    """What is laid beside the classes: names of the rows, labels, numbers, types by rule."""

    cases: Sequence[str]
    labels: Sequence[ClassShares]
    means: Sequence[ClassMeans]
    rule: RuleAgreement | None


def comparison_document(found: ClassComparison, tests: Sequence[ClassBootstrap]) -> object:
    """The document of models with different numbers of classes."""
    return {
        "models": [_model(model) for model in found.models],
        "lowest": found.lowest,
        "bootstraps": tests,
        "n": found.n,
        "seed": found.seed,
        "notices": found.notices,
    }


def model_document(model: LatentClasses, tests: Sequence[ClassBootstrap], beside: Beside) -> object:
    """The document of one model and what is laid beside it."""
    return {**_model(model), "bootstraps": tests, **plain(beside)}


def comparison_print(found: ClassComparison, tests: Sequence[ClassBootstrap]) -> None:
    """Print a row per number of classes, and the notices of each."""
    first = found.models[0]
    click.echo(f"{first.kind} of {', '.join(first.items)}: {found.n} respondents\n")
    p_of = {test.n_classes: test.p for test in tests}
    table_print(
        (
            "classes",
            "log-likelihood",
            "parameters",
            "AIC",
            "BIC",
            "adjusted BIC",
            "ICL",
            "entropy",
            "smallest",
            "starts at best",
            "p",
        ),
        (
            (
                model.n_classes,
                model.fit.log_likelihood,
                model.fit.n_parameters,
                model.fit.aic,
                model.fit.bic,
                model.fit.adjusted_bic,
                model.fit.icl,
                model.fit.entropy,
                model.shares[-1].estimate,
                f"{model.starts.replicated} of {model.starts.n}",
                p_of.get(model.n_classes),
            )
            for model in found.models
        ),
    )
    click.echo(
        "\nLowest: " + ", ".join(f"{name} at {k} classes" for name, k in found.lowest.items())
    )
    _print_tests(tests)
    for model in found.models:
        if model.notices:
            click.echo(f"\n{model.n_classes} classes")
            notices_print(model.notices)
    notices_print(found.notices)


def model_print(model: LatentClasses, tests: Sequence[ClassBootstrap], beside: Beside) -> None:
    """Print shares, profiles, fit, members and what is laid beside them."""
    click.echo(
        f"{model.kind}: {model.n_classes} classes of {model.n} respondents ({model.n_rows} rows), "
        f"numbered {model.order}\n"
    )
    numbers = range(1, model.n_classes + 1)
    table_print(
        ("class", "share", "error", "interval", "expected", "assigned", "certainty"),
        (
            (
                k,
                share.estimate,
                share.standard_error,
                share.interval,
                model.members.expected[k - 1],
                model.members.assigned[k - 1],
                float(model.members.certainty[k - 1, k - 1]),
            )
            for k, share in zip(numbers, model.shares, strict=True)
        ),
    )
    _print_profiles(model)
    fit, starts = model.fit, model.starts
    table = (
        ""
        if fit.degrees_of_freedom is None
        else f"; G2 {shown(fit.g_squared)} with {fit.degrees_of_freedom} degrees of freedom"
    )
    click.echo(
        f"\nlog-likelihood {fit.log_likelihood:.3f}, {fit.n_parameters} parameters, AIC "
        f"{fit.aic:.1f}, BIC {fit.bic:.1f}, adjusted BIC {fit.adjusted_bic:.1f}, ICL "
        f"{fit.icl:.1f}, entropy {shown(fit.entropy)}{table}\n"
        f"{starts.replicated} of {starts.n} starts at the best log-likelihood, "
        f"{starts.converged} came to rest"
    )
    if model.n_classes > 1:
        click.echo("")
        table_print(
            ("true class", *(f"assigned {k}" for k in numbers)),
            ((k, *row) for k, row in zip(numbers, model.members.errors.tolist(), strict=True)),
        )
    _print_tests(tests)
    _print_members(model, beside.cases)
    for one in beside.labels:
        _print_shares(one)
    for one in beside.means:
        _print_means(one)
    if beside.rule is not None:
        _print_rule(beside.rule)
    notices_print(model.notices)


def _model(model: LatentClasses) -> dict[str, Any]:
    document = plain(model)
    del document["row_counts"]
    return document


def _print_profiles(model: LatentClasses) -> None:
    numbers = range(1, model.n_classes + 1)
    headings = [f"class {k}" for k in numbers]
    if model.categories:
        click.echo("")
        table_print(
            ("item", "level", *headings),
            (
                (profile.item, level, *(row[place].estimate for row in profile.probabilities))
                for profile in model.categories
                for place, level in enumerate(profile.levels)
            ),
        )
    if model.numbers:
        click.echo("")
        table_print(
            ("item", "", *headings),
            (
                (profile.item, what, *(one.estimate for one in estimates))
                for profile in model.numbers
                for what, estimates in (("mean", profile.means), ("sd", profile.sds))
            ),
        )


def _print_members(model: LatentClasses, cases: Sequence[str]) -> None:
    if not cases:
        return
    click.echo("")
    table_print(
        ("case", "class", *(f"P({k})" for k in range(1, model.n_classes + 1))),
        (
            (case, int(modal) or None, *row)
            for case, modal, row in zip(
                cases, model.members.modal, model.members.posteriors.tolist(), strict=True
            )
        ),
    )


def _print_tests(tests: Sequence[ClassBootstrap]) -> None:
    for test in tests:
        click.echo(
            f"\n{test.n_classes} against {test.against} classes: likelihood ratio "
            f"{test.statistic:.3f}, p {test.p:.4f} ({test.as_large} of {test.samples} samples at "
            f"least as large; 95% lie below {test.quantiles[1]:.3f})"
        )
        notices_print(test.notices)


def _print_shares(found: ClassShares) -> None:
    numbers = range(1, found.n_classes + 1)
    click.echo(f"\nShare of each class by {found.name} ({found.n} respondents)")
    table_print(
        (found.name, "n", *(f"class {k}" for k in numbers)),
        (
            (
                label,
                sum(counts),
                *(
                    f"{one.estimate:.3f}" + (f" ({shown(one.interval)})" if one.interval else "")
                    for one in row
                ),
            )
            for label, counts, row in zip(found.labels, found.assigned, found.of_label, strict=True)
        ),
    )
    notices_print(found.notices)


def _print_means(found: ClassMeans) -> None:
    click.echo(f"\nMean of {found.name} per class ({found.n} respondents)")
    table_print(
        ("class", "mean", "error", "interval", "of those assigned"),
        (
            (k, one.estimate, one.standard_error, one.interval, plain_mean)
            for k, (one, plain_mean) in enumerate(
                zip(found.means, found.assigned_means, strict=True), 1
            )
        ),
    )
    if found.p is not None:
        click.echo(
            f"Equal means: Wald {shown(found.statistic)} with {found.degrees_of_freedom} degrees "
            f"of freedom, p {found.p:.4f}"
        )
    notices_print(found.notices)


def _print_rule(found: RuleAgreement) -> None:
    click.echo(f"\n{found.name} by rule beside the classes ({found.n} respondents)")
    table_print(
        (found.name, "pair", *(f"class {k}" for k in range(1, found.n_classes + 1))),
        (
            (label, pair, *(f"{n} ({e:.1f})" for n, e in zip(modal, expected, strict=True)))
            for label, pair, modal, expected in zip(
                found.labels, found.pairs, found.modal, found.expected, strict=True
            )
        ),
    )
    click.echo(
        f"In their pair {found.agreed:.1%} (by posteriors {found.expected_agreed:.1%}); kappa "
        f"{shown(found.kappa.estimate)} ({shown(found.kappa.interval)}), by posteriors "
        f"{shown(found.expected_kappa)}; adjusted Rand {shown(found.adjusted_rand.estimate)} "
        f"({shown(found.adjusted_rand.interval)})"
    )
    notices_print(found.notices)
