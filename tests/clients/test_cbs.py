"""Do both interfaces of CBS give the real table 84799NED, whole, stripped and by title?"""

import json
from pathlib import Path
from urllib.parse import unquote

import polars as pl
import pytest

from rodedraad.clients.addresses import ServiceAddresses
from rodedraad.clients.cbs import CbsTable, StartsWith, catalogue_find, cbs_table, column_find
from rodedraad.clients.columns import TableColumn, cell, group_path, title_key
from rodedraad.clients.fetch import Fetcher
from rodedraad.clients.refusals import (
    ColumnMissing,
    ServiceAnswerInvalid,
    ServiceNotFound,
    ServiceUnreachable,
)

from .replay import RECORDED, Fault, Replay, recorded_table, serve_v3, serve_v4

MUNICIPALITIES = {"WijkenEnBuurten": StartsWith("GM")}
POPULATION_2020 = 17_407_585


def addresses(replay: Replay) -> ServiceAddresses:
    return ServiceAddresses(
        cbs_v3=replay.base, cbs_v3_third_party=f"{replay.base}/third", cbs_v4=f"{replay.base}/v4"
    )


@pytest.fixture
def v3(replay: Replay, fetcher: Fetcher, tmp_path: Path) -> CbsTable:
    serve_v3(replay)
    return cbs_table("84799NED", fetcher=fetcher, folder=tmp_path, addresses=addresses(replay))


@pytest.fixture
def v4(replay: Replay, fetcher: Fetcher, tmp_path: Path) -> CbsTable:
    serve_v4(replay)
    place = addresses(replay)
    return cbs_table("84799NED", fetcher=fetcher, folder=tmp_path, addresses=place, version=4)


def test_v3_says_what_the_table_is(v3: CbsTable) -> None:
    info = v3.table_info()
    assert (info.identifier, info.title) == ("84799NED", "Kerncijfers wijken en buurten 2020")
    assert (info.modified, info.period, info.row_count) == ("2021-03-26T02:00:00", "2020", 17341)


def test_v4_reads_the_recorded_properties(v4: CbsTable) -> None:
    recorded = json.loads((RECORDED / "81075ned_properties_v4.json").read_text("utf-8"))
    info = v4.table_info()
    assert info.title == recorded["Title"]
    assert info.modified == "2020-01-23T02:00:00+01:00"
    assert info.row_count == 2432
    assert info.licence == "https://creativecommons.org/licenses/by/4.0/"


def test_v3_gives_every_municipality_with_all_columns_and_the_national_total(
    v3: CbsTable, replay: Replay
) -> None:
    frame = v3.frame(MUNICIPALITIES)
    assert frame.shape == (355, 117)
    inhabitants = column_find(v3.columns(), "Aantal inwoners").key
    assert frame[inhabitants].sum() == POPULATION_2020
    assert len(replay.asked("TypedDataSet")) == 4


def test_every_figure_is_the_recorded_one(v3: CbsTable) -> None:
    raw = pl.DataFrame(recorded_table()["TypedDataSet"], infer_schema_length=None)
    expected = raw.with_columns(pl.col("WijkenEnBuurten").str.strip_chars())
    frame = v3.frame()
    assert frame.height == 360
    for column in v3.measures():
        if not column.is_text:
            assert frame[column.key].equals(expected[column.key].cast(pl.Float64)), column.key


def test_keys_and_texts_come_without_padding_and_dots_are_missing(v3: CbsTable) -> None:
    row = next(row for row in v3.rows({"WijkenEnBuurten": "GM1680"}))
    assert row["WijkenEnBuurten"] == "GM1680"
    assert row["Gemeentenaam_1"] == "Aa en Hunze"
    assert row["IndelingswijzigingWijkenEnBuurten_4"] is None
    assert row["MeestVoorkomendePostcode_113"] is None


def test_a_filter_on_a_padded_key_works_and_other_keys_with_that_start_do_not_slip_in(
    v3: CbsTable, replay: Replay
) -> None:
    assert [row["WijkenEnBuurten"] for row in v3.rows({"WijkenEnBuurten": "WK0363"})] == []
    found = {row["WijkenEnBuurten"] for row in v3.rows({"WijkenEnBuurten": ["GM0363", "NL00"]})}
    assert found == {"GM0363", "NL00"}
    asked = unquote(replay.asked("TypedDataSet")[-1])
    assert "startswith(WijkenEnBuurten,'GM0363') or startswith(WijkenEnBuurten,'NL00')" in asked


def test_a_filter_that_the_service_ignores_still_holds(v3: CbsTable, replay: Replay) -> None:
    everything = recorded_table()["TypedDataSet"]
    replay.serve("/ODataFeed/odata/84799NED/TypedDataSet", {"value": everything})
    assert len(list(v3.rows(MUNICIPALITIES))) == 355


def test_only_the_selected_columns_are_asked(v3: CbsTable, replay: Replay) -> None:
    key = column_find(v3.columns(), "Wmo-cliënten").key
    rows = list(v3.rows(MUNICIPALITIES, [key]))
    assert set(rows[0]) == {"WijkenEnBuurten", "WmoClienten_89"}
    assert "$select=WijkenEnBuurten,WmoClienten_89" in unquote(replay.asked("TypedDataSet")[0])


def test_columns_not_yet_published_are_empty_not_left_out(v3: CbsTable) -> None:
    frame = v3.frame(MUNICIPALITIES)
    assert frame["WmoClienten_89"].null_count() == 355
    assert frame.schema["WmoClienten_89"] == pl.Float64()


def test_a_selected_column_that_the_rows_lack_is_refused(v3: CbsTable, replay: Replay) -> None:
    rows = [{"WijkenEnBuurten": "GM0363    ", "Mannen_6": 1}]
    replay.serve("/ODataFeed/odata/84799NED/TypedDataSet", {"value": rows})
    with pytest.raises(ColumnMissing, match="lack the column WmoClienten_89"):
        list(v3.rows(select=["WmoClienten_89"]))


def test_a_column_is_found_by_title_and_group_whatever_its_number(v3: CbsTable) -> None:
    assert column_find(v3.columns(), "appartement", group="Aardgas").key == "Appartement_56"
    assert column_find(v3.columns(), "Appartement", group="elektriciteit").key == "Appartement_48"
    with pytest.raises(ColumnMissing, match="2 columns are called 'Appartement'"):
        column_find(v3.columns(), "Appartement")


def test_a_title_that_is_not_there_is_refused_with_the_nearest(v3: CbsTable) -> None:
    with pytest.raises(ColumnMissing, match=r"nearest: .*Aantal inwoners \(AantalInwoners_5\)"):
        column_find(v3.columns(), "Aantal inwoner")


def test_text_in_a_column_of_numbers_is_refused(v3: CbsTable, replay: Replay) -> None:
    rows = [{"WijkenEnBuurten": "GM0363    ", "Mannen_6": "veel"}]
    replay.serve("/ODataFeed/odata/84799NED/TypedDataSet", {"value": rows})
    with pytest.raises(ServiceAnswerInvalid, match=r"'veel' in Bevolking > Mannen \(Mannen_6\)"):
        list(v3.rows())


def test_a_filter_on_something_else_than_a_dimension_is_refused(v3: CbsTable) -> None:
    with pytest.raises(ColumnMissing, match="no dimension RegioS; it has WijkenEnBuurten"):
        list(v3.rows({"RegioS": "GM0363"}))


def test_long_has_one_row_per_cell_and_says_what_is_missing(v3: CbsTable) -> None:
    keys = ["AantalInwoners_5", "WmoClienten_89"]
    frame = v3.long_frame(MUNICIPALITIES, keys)
    assert frame.height == 2 * 355
    present = frame.filter(pl.col("status").is_null())
    assert present["value"].sum() == POPULATION_2020
    assert set(present["title"]) == {"Aantal inwoners"}
    assert (
        frame.filter(pl.col("column") == "WmoClienten_89")["status"].to_list() == ["missing"] * 355
    )


def test_a_connection_dropped_in_the_middle_is_resumed_without_asking_a_page_twice(
    replay: Replay, fetcher: Fetcher, tmp_path: Path
) -> None:
    serve_v3(replay)
    place = addresses(replay)
    replay.faults += [Fault("skip=200", drop_after=20_000) for _ in range(3)]
    broken = cbs_table("84799NED", fetcher=fetcher, folder=tmp_path, addresses=place)
    with pytest.raises(ServiceUnreachable):
        broken.frame(MUNICIPALITIES)
    before = replay.asked("TypedDataSet")
    again = cbs_table("84799NED", fetcher=fetcher, folder=tmp_path, addresses=place)
    assert again.frame(MUNICIPALITIES)["AantalInwoners_5"].sum() == POPULATION_2020
    after = replay.asked("TypedDataSet")[len(before) :]
    assert len(after) == 2
    assert all("skip=200" in one or "skip=300" in one for one in after)
    assert len(replay.asked("DataProperties")) == 1


def test_a_table_that_changed_halfway_is_fetched_anew(
    replay: Replay, fetcher: Fetcher, tmp_path: Path
) -> None:
    table = serve_v3(replay)
    place = addresses(replay)
    replay.faults += [Fault("skip=200", status=503, body=b"") for _ in range(3)]
    with pytest.raises(ServiceUnreachable):
        cbs_table("84799NED", fetcher=fetcher, folder=tmp_path, addresses=place).frame()
    changed = [table["TableInfos"][0] | {"Modified": "2021-06-30T02:00:00"}]
    replay.serve("/ODataFeed/odata/84799NED/TableInfos", {"value": changed})
    replay.requests.clear()
    cbs_table("84799NED", fetcher=fetcher, folder=tmp_path, addresses=place).frame()
    assert len(replay.asked("TypedDataSet")) == 4


@pytest.mark.parametrize("version", [3, 4])
def test_an_unknown_table_is_one_clear_refusal(
    replay: Replay, fetcher: Fetcher, tmp_path: Path, version: int
) -> None:
    place = addresses(replay)
    table = cbs_table(
        "99999NED", fetcher=fetcher, folder=tmp_path, addresses=place, version=version
    )
    with pytest.raises(ServiceNotFound, match="Check the name of the table"):
        table.frame()


@pytest.mark.parametrize("identifier", ["", "../x", "84799NED?x=1", "a b"])
def test_a_table_name_that_is_none_never_reaches_the_service(
    replay: Replay, fetcher: Fetcher, tmp_path: Path, identifier: str
) -> None:
    with pytest.raises(ServiceNotFound, match="not an identifier"):
        cbs_table(identifier, fetcher=fetcher, folder=tmp_path)
    assert replay.requests == []


def test_v4_is_made_wide_and_agrees_with_v3_figure_for_figure(
    v3: CbsTable, v4: CbsTable, replay: Replay
) -> None:
    wide = v4.frame(MUNICIPALITIES).sort("WijkenEnBuurten")
    assert wide.height == 355
    assert len(replay.asked("Observations")) > 2
    for title in ("Aantal inwoners", "Gemiddelde huishoudensgrootte", "Soort regio"):
        key = column_find(v4.columns(), title).key
        old = column_find(v3.columns(), title).key
        same = v3.frame(MUNICIPALITIES, [old]).sort("WijkenEnBuurten")
        pair = wide.select("WijkenEnBuurten", key).join(same, on="WijkenEnBuurten")
        differing = pair.filter(pl.col(key).ne_missing(pl.col(old)))
        assert differing["WijkenEnBuurten"].to_list() == (
            ["GM1680"] if title == "Aantal inwoners" else []
        )


def test_v4_keeps_why_a_figure_is_not_there(v4: CbsTable) -> None:
    long = v4.long_frame({"WijkenEnBuurten": ["GM1680", "GM0363"]}, ["M000352"])
    assert dict(zip(long["WijkenEnBuurten"], long["status"], strict=True)) == {
        "GM1680": "confidential",
        "GM0363": None,
    }
    assert long.filter(pl.col("status") == "confidential")["value"].to_list() == [None]


def test_v4_columns_without_one_observation_are_empty_not_left_out(v4: CbsTable) -> None:
    assert v4.frame(MUNICIPALITIES)["M000300"].null_count() == 355


def test_v4_knows_nested_groups_and_does_without_them(
    v4: CbsTable, replay: Replay, fetcher: Fetcher, tmp_path: Path
) -> None:
    assert column_find(v4.columns(), "Aantal inwoners").group == ("Mensen", "Bevolking")
    serve_v4(replay, groups=False)
    place = addresses(replay)
    other = tmp_path / "other"
    plain = cbs_table("84799NED", fetcher=fetcher, folder=other, addresses=place, version=4)
    assert column_find(plain.columns(), "Aantal inwoners").group == ()


def test_v4_refuses_an_observation_of_an_unnamed_measure(v4: CbsTable, replay: Replay) -> None:
    odd = [{"Measure": "M9", "Value": 1.0, "WijkenEnBuurten": "GM0363"}]
    replay.serve("/v4/84799NED/Observations", {"value": odd})
    with pytest.raises(ServiceAnswerInvalid, match="'M9', a measure its MeasureCodes do not name"):
        v4.frame()


@pytest.mark.parametrize("version", [3, 4])
def test_codes_come_with_their_titles(v3: CbsTable, v4: CbsTable, version: int) -> None:
    codes = (v3 if version == 3 else v4).codes("WijkenEnBuurten")
    assert codes["GM0363"] == "Amsterdam"
    assert len(codes) == 360


def test_an_answer_of_another_version_of_the_service_is_refused(
    v3: CbsTable, replay: Replay
) -> None:
    replay.serve("/ODataFeed/odata/84799NED/DataProperties", {"value": [{"Name": "x"}]})
    with pytest.raises(ServiceAnswerInvalid, match="items without 'Key'"):
        v3.columns()


def test_third_party_tables_have_their_own_address_and_no_v4(
    replay: Replay, fetcher: Fetcher, tmp_path: Path
) -> None:
    place = addresses(replay)
    table = cbs_table(
        "45071NED", fetcher=fetcher, folder=tmp_path, addresses=place, third_party=True
    )
    assert table.address == f"{replay.base}/third/ODataFeed/odata/45071NED"
    with pytest.raises(ServiceNotFound, match="OData v3 only"):
        cbs_table("45071NED", fetcher=fetcher, folder=tmp_path, version=4, third_party=True)


def test_the_catalogue_gives_the_table_with_exactly_the_title(
    replay: Replay, fetcher: Fetcher
) -> None:
    titles = ["Gemeenten 2025 onbewerkte Iv3-data ", "Gemeenten 2025 onbewerkte Iv3-data; oud"]
    tables = [{"Identifier": f"4507{n}NED", "Title": one} for n, one in enumerate(titles)]
    replay.serve("/ODataCatalog/Tables", {"value": tables})
    title = "Gemeenten 2025 onbewerkte Iv3-data"
    assert catalogue_find(title, fetcher=fetcher, base=replay.base) == "45070NED"
    with pytest.raises(ServiceNotFound, match="has 0 tables called 'Gemeenten 2031"):
        catalogue_find("Gemeenten 2031", fetcher=fetcher, base=replay.base)


def test_base_addresses_come_from_the_environment() -> None:
    given = {"RODEDRAAD_CBS_V4": "https://mirror.example/v4/ ", "RODEDRAAD_PDOK": " "}
    found = ServiceAddresses.from_environment(given)
    assert found.cbs_v4 == "https://mirror.example/v4"
    assert found.pdok == ServiceAddresses().pdok


def test_titles_are_compared_without_case_accents_and_marks() -> None:
    assert title_key("Wmo-cliënten, relatief") == title_key("WmoClienten relatief")
    column = TableColumn("A_1", "Wmo-cliënten", (), "measure", False, None, 0, None)
    assert column_find([column], "wmo clienten") is column


def test_groups_in_a_circle_do_not_hang() -> None:
    assert group_path({1: ("a", 2), 2: ("b", 1)}, 1) == ("b", "a")


@pytest.mark.parametrize(
    ("raw", "clean"), [("  .", None), ("x", None), ("", None), (0, 0), (" a ", "a")]
)
def test_signs_for_no_figure_become_missing_and_zero_stays(raw: object, clean: object) -> None:
    assert cell(raw) == clean
