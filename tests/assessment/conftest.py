"""A small study with two waves and a few units, made from the real template."""

import pytest

from rodedraad.studies.actions import frame_fill, study_create
from rodedraad.studies.models import Study
from rodedraad.studies.template import template_load

UNITS = (("GM0003", "Appingedam"), ("GM0010", "Delfzijl"), ("GM0014", "Groningen"))


@pytest.fixture
def study(db: None) -> Study:
    """Return a study of three municipalities."""
    made = study_create(
        template=template_load("network-development"), slug="proef", person=None, origin="test"
    )
    frame_fill(made, UNITS)
    return made
