"""Do the templates of the product load, and do they fix what a study needs?"""

from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError

from rodedraad.country.build.indicator_list import recipes_of
from rodedraad.country.build.indicator_words import WORDINGS
from rodedraad.methods.rulesets import ALL_RULES
from rodedraad.studies.template import (
    CasePlan,
    Construct,
    Framework,
    StudyTemplate,
    TemplateRefusal,
    framework,
    template_keys,
    template_load,
)

KEYS = ("change-factors", "living-labs", "network-development", "scan")

REFERENCE = Path(__file__).parents[2] / "docs" / "reference" / "study-template.md"


def test_four_templates_come_with_the_product() -> None:
    assert template_keys() == KEYS


@pytest.mark.parametrize("key", KEYS)
def test_a_template_gives_its_constructs_in_its_own_order(key: str) -> None:
    template = template_load(key)
    assert template.key == key
    assert tuple(construct.code for construct in template.constructs()) == template.framework


@pytest.mark.parametrize("key", KEYS)
def test_every_item_of_a_template_can_be_asked_of_somebody(key: str) -> None:
    template = template_load(key)
    for construct in template.constructs():
        for item in construct.items:
            assert set(item.roles) & set(template.respondents), item.id


@pytest.mark.parametrize("key", KEYS)
def test_every_template_says_that_items_are_not_validated_and_thresholds_ours(key: str) -> None:
    notes = " ".join(note.en for note in template_load(key).notes)
    assert "not been validated" in notes
    assert "thresholds in the rules are our own" in notes


@pytest.mark.parametrize("key", KEYS)
def test_every_ruleset_of_a_template_exists_in_that_version(key: str) -> None:
    rulesets = template_load(key).rulesets
    assert rulesets
    known = {(rules.name, rules.version) for rules in ALL_RULES}
    assert {(ruleset.name, ruleset.version) for ruleset in rulesets} <= known


@pytest.mark.parametrize("key", KEYS)
def test_a_template_comes_back_unchanged_from_json(key: str) -> None:
    template = template_load(key)
    assert StudyTemplate.model_validate_json(template.model_dump_json()) == template


def test_network_development_has_two_waves_and_sixteen_most_diverse_cases() -> None:
    template = template_load("network-development")
    assert [(wave.label, wave.reference_date) for wave in template.waves] == [
        ("2016", date(2016, 1, 1)),
        ("2022", date(2022, 1, 1)),
    ]
    cases = template.cases
    assert (cases.n, cases.method, cases.reserves) == (16, "most_diverse", 2)
    assert cases.frame_date == date(2015, 1, 1)
    assert cases.strata == ("size", "part_of_country")
    assert {"K1", "K2", "K3", "K4", "K5", "K6"} <= set(template.framework)


def test_change_factors_uses_the_whole_measures_inventory() -> None:
    template = template_load("change-factors")
    assert template.measures == tuple(measure.code for measure in framework().measures)


def test_living_labs_are_initiatives_and_not_municipalities() -> None:
    assert template_load("living-labs").unit_kind == "living_lab"


def test_a_template_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        template_load("scan").key = "other"


def test_an_unknown_key_names_the_nearest_template() -> None:
    with pytest.raises(TemplateRefusal, match=r"no template 'scam'.*Did you mean 'scan'\?"):
        template_load("scam")


@pytest.mark.parametrize("model", [StudyTemplate, CasePlan, Construct, Framework])
def test_the_reference_names_every_field(model: type) -> None:
    text = REFERENCE.read_text(encoding="utf-8")
    missing = [name for name in model.model_fields if f"`{name}`" not in text]
    assert missing == []


@pytest.mark.parametrize("key", KEYS)
def test_the_country_has_every_indicator_for_the_year_of_the_frame(key: str) -> None:
    cases = template_load(key).cases
    known = {recipe.key for recipe in recipes_of(cases.frame_date.year)} if cases.indicators else ()
    assert set(cases.indicators) <= set(known)


def test_background_figures_are_called_as_the_country_calls_them() -> None:
    figures = {f.key: f for f in framework().by_code["K4"].figures}
    assert set(figures) - set(WORDINGS) == {"longitude", "latitude"}
    for key in set(figures) & set(WORDINGS):
        words, figure = WORDINGS[key], figures[key]
        assert (figure.name.nl, figure.name.en) == (words.title_nl, words.title_en), key
        assert (figure.unit.nl, figure.unit.en) == (words.unit_nl, words.unit_en), key
