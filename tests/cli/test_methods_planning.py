"""Does ``rodedraad methods planning`` show by example what it misses?"""

import re

import pytest
from click.testing import CliRunner

from rodedraad.cli import commands
from rodedraad.cli.methods.planning import DESIGNS


@pytest.mark.parametrize("design", sorted(DESIGNS))
def test_the_example_of_a_design_can_be_given_as_it_stands(design):
    given = ["methods", "planning", design, "--runs", "20"]
    missed = CliRunner().invoke(commands, given).exception
    assert missed.code == "planning_setting_missing"
    example = re.findall(r"--set [a-z_]+=[0-9.]*[0-9]", str(missed))
    assert [text.split("=")[0].split()[1] for text in example] == missed.context["settings"]
    done = CliRunner().invoke(commands, [*given, *" ".join(example).split()])
    assert done.exit_code == 0, done.exception
