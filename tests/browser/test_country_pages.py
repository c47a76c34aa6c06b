"""Do the pages about the country work in a browser: by keyboard, narrow, dark, without scripts?"""

import re
from collections.abc import Callable

import pytest
from live_pages import LiveSite
from page_checks import faults_everywhere
from playwright.sync_api import Page, expect

PAGES = {
    "map": "/land/?jaar=2019",
    "figure": "/land/?jaar=2021&kleur=wmo_clients_per_1000",
    "regions": "/land/?jaar=2016&kleur=regio-jeugdregio",
    "no map": "/land/?jaar=2009",
    "list": "/land/gemeenten/?zoek=den",
    "nothing found": "/land/gemeenten/?zoek=gm9999",
    "municipality": "/land/GM1900/?datum=2005-01-01",
    "spending": "/land/GM0363/lasten/2024/",
    "source": "/land/bron/iv3/",
    "record": "/land/bron/opengr_2016/377/",
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_right_wide_and_narrow_light_and_dark(live_site: LiveSite, name: str) -> None:
    faults = faults_everywhere(live_site.open(PAGES[name]))
    # Areas of a map may be small (WCAG 2.5.8): table and search on the page do the same.
    assert [fault for fault in faults if 'tabindex="-1"' not in fault] == []


def press_until(page: Page, wanted: Callable[[], bool], key: str = "Tab", most: int = 80) -> None:
    for _ in range(most):
        if wanted():
            return
        page.keyboard.press(key)
    raise AssertionError(f"not reached with {most} times {key}")


def focused(page: Page, script: str) -> bool:
    return bool(
        page.evaluate(f"(() => {{ const here = document.activeElement; return {script} }})()")
    )


def test_by_keyboard_from_search_to_a_municipality_to_a_source_record(live_site: LiveSite) -> None:
    page = live_site.open("/land/")
    press_until(page, lambda: focused(page, "here.id === 'land-text'"), most=25)
    page.keyboard.type("sudwest")
    page.keyboard.press("Enter")
    page.wait_for_url("**/land/gemeenten/**")
    press_until(page, lambda: focused(page, "here.textContent === 'Súdwest-Fryslân'"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/land/GM1900/")
    press_until(page, lambda: focused(page, "here.className === 'land-fact'"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/land/bron/**")
    expect(page.locator("h1")).to_have_text("Bronrij")
    expect(page.get_by_role("link", name="Súdwest-Fryslân")).to_be_visible()


def test_the_map_has_no_stop_for_the_tab_key(live_site: LiveSite) -> None:
    page = live_site.open("/land/")
    page.locator("#land-play").focus()
    page.keyboard.press("Tab")
    assert not focused(page, "here.closest('svg') !== null")


def test_the_slider_shows_another_year_without_loading_the_page(live_site: LiveSite) -> None:
    page = live_site.open("/land/?jaar=2018&kleur=inwoners")
    page.evaluate("window.stayed = true")
    page.locator("#land-slider").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("h1")).to_have_text("Nederland in 2019")
    expect(page.locator("#land-lead")).to_contain_text("355 gemeenten")
    expect(page.locator("#land-number")).to_have_value("2019")
    expect(page).to_have_url(re.compile(r"/land/\?jaar=2019&kleur=inwoners$"))
    assert page.evaluate("window.stayed")
    page.go_back()
    expect(page.locator("h1")).to_have_text("Nederland in 2018")


def test_the_years_play_until_they_are_stopped(live_site: LiveSite) -> None:
    page = live_site.open("/land/?jaar=2015")
    page.get_by_role("button", name="Speel de jaren af").click()
    expect(page.locator("h1")).to_have_text("Nederland in 2017")
    page.get_by_role("button", name="Stoppen").click()
    last = f"Nederland in {page.locator('#land-number').input_value()}"
    expect(page.locator("h1")).to_have_text(last)  # a year that was under way may still arrive
    page.wait_for_timeout(1500)
    expect(page.locator("h1")).to_have_text(last)


def test_without_scripts_the_form_shows_another_year(live_site: LiveSite) -> None:
    page = live_site.open("/land/?jaar=2018", java_script_enabled=False)
    expect(page.locator("#land-play")).to_be_hidden()
    page.locator("#land-number").fill("2016")
    page.locator("#land-choice").select_option("regio-jeugdregio")
    page.locator(".land-year button").first.click()
    expect(page).to_have_url(re.compile(r"/land/\?jaar=2016&kleur=regio-jeugdregio$"))
    expect(page.locator("h1")).to_have_text("Nederland in 2016")


def test_a_click_on_the_map_opens_the_municipality(live_site: LiveSite) -> None:
    page = live_site.open("/land/?jaar=2021")
    page.locator(".land-map a[href='/land/GM0200/'] path").click()
    expect(page.locator("h1")).to_have_text("Apeldoorn")
