"""Importing an OCOP list: what is new, what changes, what breaks a rule, and that the same again does nothing."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from imports.actions import run_batch, set_columns
from imports.errors import ImportRefused, NotAllowedForYou
from imports.export import write_xlsx
from imports.models import ColumnMapping, ImportBatch, ImportLine
from people import audit
from people.models import AdminUnit, AuditEvent
from registry.models import OcopRecognition, Producer, Product
from tests.factories.imports import checked, make_ground, unit, uploaded
from tests.factories.people import Office
from tests.factories.registry import ProducerFactory, ProductFactory, demo_gtin, fruit_group
from tests.imports.make_lists import FOLDER

TITLES = ["Tên sản phẩm", "Bộ sản phẩm", "Hạng sao", "Số quyết định", "Ngày quyết định", "Tên chủ thể", "Mã số thuế",
          "Xã/phường", "Điện thoại", "Mã GTIN", "Loại hình", "Địa chỉ"]  # fmt: skip
ROW: dict[str, Any] = {
    "Tên sản phẩm": "Chè xanh", "Bộ sản phẩm": "11", "Hạng sao": 3, "Số quyết định": "15/QĐ-UBND",
    "Ngày quyết định": dt.date(2025, 1, 10), "Tên chủ thể": "HTX Chè (giả lập)", "Mã số thuế": "9999000001",
    "Xã/phường": "Ia Tô", "Điện thoại": "0900000011",
}  # fmt: skip
DONE = ImportBatch.State.DONE


@pytest.fixture
def office(gia_lai: Office) -> Office:
    make_ground(gia_lai.province)
    return gia_lai


def listed(*rows: dict[str, Any]) -> bytes:
    return write_xlsx("OCOP", TITLES, [[{**ROW, **row}.get(title) for title in TITLES] for row in rows])


def known_producer(office: Office, **fields: Any) -> Producer:
    """The producer of the row, with another phone number."""
    own = {"name": ROW["Tên chủ thể"], "tax_code": ROW["Mã số thuế"], "phone": "0900000099"}
    return ProducerFactory(province=office.province, **own, **fields)


def states(batch: ImportBatch) -> list[str]:
    return list(batch.lines.values_list("state", flat=True))


def rules(batch: ImportBatch) -> list[tuple[str, str]]:
    return [(problem[0], problem[3]) for line in batch.lines.all() for problem in line.problems]


def test_good_rows_go_in_and_rows_with_errors_stay_out(office: Office) -> None:
    batch = checked((FOLDER / "a-danh-sach-ocop.xlsx").read_bytes(), office)
    run_batch(batch, by=office.manager)
    assert (Producer.objects.count(), Product.objects.count(), OcopRecognition.objects.count()) == (5, 7, 7)
    batch.refresh_from_db()
    assert (batch.state, batch.new, batch.wrong) == (DONE, 7, 2)
    tea = Product.objects.get(name="Chè đen")
    assert (tea.number, tea.own_code[:3], tea.search_text[:6]) == (2, "T52", "che de")
    assert tea.recognitions.get().stars == 4


def test_the_same_list_again_changes_nothing(office: Office) -> None:
    data = (FOLDER / "a-danh-sach-ocop.xlsx").read_bytes()
    run_batch(checked(data, office), by=office.manager)
    again = checked(data, office)
    assert (again.new, again.changed, again.same) == (0, 0, 7)
    with pytest.raises(ImportRefused, match="changes nothing"):
        run_batch(again, by=office.manager)


def test_everything_written_stands_in_the_log_and_the_chain_holds(office: Office) -> None:
    run_batch(checked(listed({}), office), by=office.manager)
    verbs = set(AuditEvent.objects.values_list("verb", flat=True))
    assert {"registry.producer_registered", "registry.product_registered", "registry.recognition_recorded"} <= verbs
    audit.seal()
    assert not list(audit.verify())


def test_the_log_of_an_imported_household_names_it_by_its_code_only(office: Office) -> None:
    batch = checked(listed({"Tên chủ thể": "Hộ bà Đào (giả lập)", "Loại hình": "Hộ kinh doanh"}), office)
    run_batch(batch, by=office.manager)
    facts = AuditEvent.objects.get(verb="registry.producer_registered").facts
    assert facts["name"] == f"{office.province.code}-{Producer.objects.get().number}"


def test_a_new_product_takes_the_standards_of_its_group(office: Office) -> None:
    group = fruit_group()
    run_batch(checked(listed({"Bộ sản phẩm": str(group.ocop_set.number)}), office), by=office.manager)
    assert Product.objects.get().group == group
    assert list(Product.objects.get().standards.all()) == list(group.standards.all())


def test_a_known_producer_is_found_and_only_what_the_list_says_is_changed(office: Office) -> None:
    known = known_producer(office, representative="Bà Mai (giả lập)")
    batch = checked(listed({}), office)
    assert ["producer", "phone number", "0900000099", "0900000011"] in batch.lines.get().changes
    run_batch(batch, by=office.manager)
    known.refresh_from_db()
    assert (known.phone, known.representative, known.tax_code) == ("0900000011", "Bà Mai (giả lập)", "9999000001")
    assert "0900000011" in known.search_text
    assert known.products.get().number == 1


def test_a_producer_without_tax_code_is_found_by_phone_and_name(office: Office) -> None:
    known = ProducerFactory(province=office.province, name="htx chè (giả lập)", tax_code="", phone="0900000011")
    run_batch(checked(listed({}), office), by=office.manager)
    assert Producer.objects.get() == known
    assert Producer.objects.get().tax_code == "9999000001"


def test_a_producer_merged_away_leads_to_the_one_that_stayed(office: Office) -> None:
    stayed = ProducerFactory(province=office.province, name="HTX Chè Ia Tô (giả lập)", tax_code="")
    ProducerFactory(
        number=900, province=office.province, name="HTX Chè (giả lập)", tax_code="9999000001", merged_into=stayed
    )
    batch = checked(listed({"Điện thoại": None}), office)
    assert rules(batch) == []
    run_batch(batch, by=office.manager)
    assert Product.objects.get().producer == stayed


def test_a_known_product_is_updated_by_its_gtin(office: Office) -> None:
    producer = ProducerFactory(province=office.province, name=ROW["Tên chủ thể"], tax_code="9999000001")
    ProductFactory(producer=producer, name="Chè xanh", gtin=None)
    batch = checked(listed({"Mã GTIN": demo_gtin(5)}), office)
    assert states(batch) == ["changed"]
    run_batch(batch, by=office.manager)
    product = Product.objects.get()
    assert (product.gtin, demo_gtin(5) in product.search_text) == (demo_gtin(5), True)


@pytest.mark.parametrize(
    ("row", "column", "rule"),
    [
        ({"Xã/phường": "Chốn Không"}, "commune", "no such commune"),
        ({"Bộ sản phẩm": "99"}, "ocop_set", "no such OCOP set"),
        ({"Bộ sản phẩm": None}, "ocop_set", "the product is new"),
        ({"Tên chủ thể": "Chè Ngon (giả lập)"}, "kind", "its form is needed"),
        ({"Ngày quyết định": dt.date(2019, 1, 1)}, "decided_on", "no OCOP criteria were in force"),
        ({"Ngày quyết định": dt.date(2999, 1, 1)}, "decided_on", "later than today"),
        ({"Mã GTIN": "09520000000001"}, "gtin", "valid check digit"),
        ({"Mã số thuế": "123"}, "tax_code", "10 digits"),
        ({"Số quyết định": None}, "decision_number", "must not be empty"),
        ({"Hạng sao": 2}, "stars", "3, 4 or 5"),
    ],
)
def test_a_row_that_breaks_a_rule_is_named_by_column(
    office: Office, row: dict[str, Any], column: str, rule: str
) -> None:
    batch = checked(listed(row), office)
    assert [key for key, _rule in rules(batch)] == [column]
    assert rule in rules(batch)[0][1]


def test_a_tax_code_of_another_name_is_refused(office: Office) -> None:
    ProducerFactory(province=office.province, name="Tên khác (giả lập)", tax_code="9999000001")
    assert "belongs to" in rules(checked(listed({}), office))[0][1]


def test_a_gtin_of_another_province_is_refused(office: Office, son_la: Office) -> None:
    ProductFactory(producer=ProducerFactory(province=son_la.province), gtin=demo_gtin(7))
    assert rules(checked(listed({"Mã GTIN": demo_gtin(7)}), office))[0][0] == "gtin"


def test_a_decision_known_with_other_stars_is_refused(office: Office) -> None:
    run_batch(checked(listed({}), office), by=office.manager)
    assert "with 3 stars" in rules(checked(listed({"Hạng sao": 4}), office))[0][1]


def test_a_product_twice_in_the_list_is_named_the_second_time(office: Office) -> None:
    batch = checked(listed({}, {}), office)
    assert states(batch) == ["new", "error"]
    assert "stands in row" in rules(batch)[0][1]


def test_two_rows_that_contradict_each_other_are_named(office: Office) -> None:
    batch = checked(listed({}, {"Tên sản phẩm": "Chè đen", "Điện thoại": "0900000012"}), office)
    assert states(batch) == ["new", "error"]
    assert "of the same producer" in rules(batch)[0][1]


def test_a_list_says_its_decision_once_above_the_table(office: Office) -> None:
    titles = [title for title in TITLES if "quyết định" not in title]
    data = write_xlsx("OCOP", titles, [[ROW.get(title) for title in titles]],
                      above=["(Kèm theo Quyết định số 77/QĐ-UBND ngày 5 tháng 3 năm 2025)"])  # fmt: skip
    batch = checked(data, office)
    assert rules(batch) == []
    run_batch(batch, by=office.manager)
    recognition = OcopRecognition.objects.get()
    assert (recognition.decision_number, recognition.decided_on) == ("77/QĐ-UBND", dt.date(2025, 3, 5))


def test_a_registry_that_changed_since_the_check_is_shown_once_more(office: Office) -> None:
    batch = checked(listed({}), office)
    ProducerFactory(province=office.province, name="Tên khác (giả lập)", tax_code="9999000001")
    with pytest.raises(ImportRefused, match="has changed since"):
        run_batch(batch, by=office.manager)
    batch.refresh_from_db()
    assert (batch.state, batch.wrong, Product.objects.count()) == (ImportBatch.State.PREVIEW, 1, 0)


def test_strangers_and_those_who_only_read_are_refused(office: Office, son_la: Office) -> None:
    batch = checked(listed({}), office)
    for user in (son_la.manager, office.clerk):
        with pytest.raises(NotAllowedForYou):
            run_batch(batch, by=user)
    assert not Product.objects.exists()


def test_an_imported_list_is_not_imported_twice(office: Office) -> None:
    batch = checked(listed({}), office)
    run_batch(batch, by=office.manager)
    with pytest.raises(ImportRefused, match="imported already"):
        run_batch(batch, by=office.manager)


def test_columns_set_by_hand_are_remembered_for_the_next_list(office: Office) -> None:
    data = write_xlsx("OCOP", ["Hàng", *TITLES[1:]], [[ROW.get(title) for title in TITLES]])
    batch = uploaded(data, office)
    assert "name" not in batch.places
    header = (batch.header_first, batch.header_last)
    with pytest.raises(ImportRefused, match="Tên sản phẩm"):
        set_columns(batch, sheet=0, header=header, places=batch.places, constants={}, by=office.manager)
    places = {**batch.places, "name": 1}
    set_columns(batch, sheet=0, header=header, places=places, constants={}, by=office.manager)
    assert ColumnMapping.objects.get().places == places
    assert uploaded(data, office).places == places


def test_queries_do_not_grow_with_the_rows(office: Office, django_assert_max_num_queries: Any) -> None:
    rows = [{"Tên sản phẩm": f"Chè {n}", "Tên chủ thể": f"HTX {n} (giả lập)", "Mã số thuế": f"9999{n:06}",
             "Điện thoại": None} for n in range(300)]  # fmt: skip
    batch = uploaded(listed(*rows), office)
    with django_assert_max_num_queries(60):
        set_columns(batch, sheet=batch.sheet, header=(batch.header_first, batch.header_last), places=batch.places,
                    constants={}, by=office.manager)  # fmt: skip
    with django_assert_max_num_queries(120):
        run_batch(batch, by=office.manager)
    assert Product.objects.count() == 300
    assert ImportLine.objects.count() == 300


def test_a_province_that_was_merged_since_has_the_communes_of_its_last_day(office: Office) -> None:
    """Its registry lives on in the case files; a list of then names the communes of then."""
    AdminUnit.objects.filter(code__startswith=office.province.code).update(valid_to=dt.date(2025, 8, 31))
    office.province.refresh_from_db()
    assert rules(checked(listed({}), office)) == []


def test_an_address_that_does_not_fit_with_its_printed_commune_is_named(office: Office) -> None:
    batch = checked(listed({"Địa chỉ": "thôn " * 38, "Xã/phường": "xã Ia Bă, huyện Ia Grai"}), office)
    assert rules(batch)[0][0] == "address"
    assert "the commune as printed included" in rules(batch)[0][1]


def test_two_producers_of_one_name_need_the_tax_code(office: Office) -> None:
    for number in (1, 2):
        ProducerFactory(province=office.province, number=number, name=ROW["Tên chủ thể"])
    batch = checked(listed({"Mã số thuế": None, "Điện thoại": None}), office)
    assert "several producers have this name" in rules(batch)[0][1]


def test_two_communes_of_one_name_need_their_kind(office: Office) -> None:
    unit("52-777", "phường Ia Tô", AdminUnit.Level.COMMUNE, office.province)
    assert "this may be phường Ia Tô, xã Ia Tô" in rules(checked(listed({}), office))[0][1]


def test_an_unknown_form_of_producer_is_named(office: Office) -> None:
    assert rules(checked(listed({"Loại hình": "Liên minh"}), office))[0][0] == "kind"


def test_a_list_does_not_go_beyond_the_numbers_that_codes_have_digits_for(office: Office) -> None:
    producer = known_producer(office, number=99_999)
    ProductFactory(producer=producer, number=999, name="Cuối", gtin=None)
    new = {"Tên chủ thể": "HTX Mới (giả lập)", "Mã số thuế": "9999000077", "Điện thoại": None}
    said = [rule for _column, rule in rules(checked(listed({}, new), office))]
    assert said == ["the producer has used up its product numbers", "the province has used up its producer numbers"]
