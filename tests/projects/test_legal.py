"""Legal texts with validity: recognised in what papers say, warned of when they did not hold on the paper's day."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation

from people.models import AuditEvent
from projects.actions import communication as actions
from projects.actions.catalogues import load_catalogues
from projects.errors import NotAllowedForYou
from projects.legal import Citation, cited, legal_warnings
from projects.models import LegalText
from registry.models import Standard
from tests.factories.people import Office

pytestmark = pytest.mark.django_db
TODAY, IN_2021 = date(2026, 11, 22), date(2021, 6, 1)
LABELS = "Căn cứ Nghị định số 43/2017/NĐ-CP ngày 14 tháng 4 năm 2017 của Chính phủ về nhãn hàng hóa"


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def register() -> None:
    load_catalogues()


def warned(*texts: str, on: date = TODAY) -> dict[str, str]:
    return {warning.code: warning.message for warning in legal_warnings(texts, on=on)}


# --- recognising ---------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "code", "day"),
    [
        (LABELS, "43/2017/NĐ-CP", date(2017, 4, 14)),
        ("Quyết định số 100/QĐ-TTg ngày 19/01/2019 của Thủ tướng", "100/QĐ-TTg", date(2019, 1, 19)),
        ("Luật số 05/2007/QH12, ngày 21-11-2007", "05/2007/QH12", date(2007, 11, 21)),
        ("Công văn số 1735/BKHCN-TĐC", "1735/BKHCN-TĐC", None),
        ("Thông tư liên tịch số 27/2015/TTLT-BKHCN-BTC", "27/2015/TTLT-BKHCN-BTC", None),
        ("Nghị quyết 60-NQ/TW", "60-NQ/TW", None),
        ("theo TCVN 12827:2019, Truy xuất", "TCVN 12827:2019", None),
        ("TCVN ISO/IEC 17065:2013", "TCVN ISO/IEC 17065:2013", None),
        ("Nghị định 43/2017/NĐ–CP", "43/2017/NĐ-CP", None),
        ("Nghị định 43 / 2017 / NĐ - CP", "43/2017/NĐ-CP", None),
        ("Nghị định 43/2017/NÐ-CP", "43/2017/NĐ-CP", None),
        ("Thông tư 2/2024/TT-BKHCN ngày 31/02/2024", "02/2024/TT-BKHCN", None),
    ],
)
def test_a_basis_names_its_text_by_number_and_symbol_however_it_is_typed(text, code, day):
    assert cited(text) == [Citation(code, day)]


@pytest.mark.parametrize(
    "text", ["ngày 19/01/2019", "7/9 phiếu = 0,78 ≥ 3/4", "1.200 đ/kg", "https://vidu.example/01/08939/21/AB", ""]
)
def test_numbers_that_are_no_legal_texts_are_none(text):
    assert cited(text) == []


# --- warning -------------------------------------------------------------------------------------
def test_a_paper_of_today_that_cites_a_repealed_text_is_warned_of_with_its_successor(register):
    assert "cite 37/2026/NĐ-CP" in warned(LABELS)["43/2017/NĐ-CP"]


def test_a_paper_of_2021_that_cites_the_same_text_is_not(register):
    assert warned(LABELS, on=IN_2021) == {}


def test_the_last_day_before_the_repeal_is_not_warned_of_and_the_day_itself_is(register):
    assert warned(LABELS, on=date(2026, 1, 22)) == {}
    assert warned(LABELS, on=date(2026, 1, 23))


def test_an_amended_text_stays_in_force(register):
    assert warned("Căn cứ Luật số 05/2007/QH12; Luật số 78/2025/QH15 sửa đổi, bổ sung Luật số 05/2007/QH12") == {}


def test_a_text_that_is_not_in_force_yet_is_warned_of(register):
    assert "from 01/06/2024" in warned("Thông tư số 02/2024/TT-BKHCN", on=date(2024, 5, 31))["02/2024/TT-BKHCN"]


def test_the_same_number_of_another_day_is_another_text(register):
    assert warned("Quyết định số 148/QĐ-TTg ngày 01/02/2021 của Thủ tướng") == {}
    assert warned("Quyết định số 148/QĐ-TTg ngày 24/02/2023 của Thủ tướng")


def test_what_is_not_confirmed_says_so_and_what_is_confirmed_does_not(register):
    assert "not confirmed" in warned(LABELS)["43/2017/NĐ-CP"]
    assert "not confirmed" not in warned("Nghị định số 13/2023/NĐ-CP")["13/2023/NĐ-CP"]


def test_the_note_of_a_text_stands_in_its_warning(register):
    assert "Điều 73" in warned("Luật số 29/2013/QH13")["29/2013/QH13"]


def test_a_text_cited_twice_is_warned_of_once_and_an_unknown_one_never(register, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert list(warned(LABELS, LABELS, "Kế hoạch số 27/KH-SKHCN")) == ["43/2017/NĐ-CP"]


def test_the_days_of_a_standard_in_the_register_of_standards_are_the_ones_that_count(register):
    facts = {"title": "Chè", "kind": "tcvn"}
    new = Standard.objects.create(code="TCVN 2:2023", effective_from=date(2023, 3, 1), **facts)
    old = Standard.objects.create(
        code="TCVN 1:2019", effective_from=date(2019, 1, 1), effective_to=date(2023, 2, 28), superseded_by=new, **facts
    )
    LegalText.objects.create(code="TCVN 1:2019", title="Chè", standard=old)
    assert warned("TCVN 1:2019", on=date(2023, 2, 28)) == {}
    assert "TCVN 2:2023" in warned("TCVN 1:2019", on=date(2023, 3, 1))["TCVN 1:2019"]


# --- the register --------------------------------------------------------------------------------
def test_the_data_say_where_they_come_from_and_every_successor_is_there():
    rows = json.loads(Path("projects/data/legal_texts.json").read_text(encoding="utf-8"))
    codes = [row["code"] for row in rows]
    assert len(set(codes)) == len(codes)
    assert all(row["source"] and "is_confirmed" in row for row in rows)
    named = {row.get("superseded_by") for row in rows} | {code for row in rows for code in row.get("amends", ())}
    assert named - {None} <= set(codes)
    assert [cited(code)[0].code for code in codes] == codes


def test_loading_fills_what_a_text_of_the_register_did_not_say_and_overwrites_nothing(register):
    LegalText.objects.filter(code="43/2017/NĐ-CP").update(
        repealed_on=None, source="", title="Ghi nhãn", superseded_by=None, is_confirmed=True
    )
    assert load_catalogues()["legal_texts"] == 0
    text = LegalText.objects.get(code="43/2017/NĐ-CP")
    assert (text.repealed_on, text.successor, text.title) == (date(2026, 1, 23), "37/2026/NĐ-CP", "Ghi nhãn")
    assert not text.is_confirmed


def test_a_manager_corrects_the_days_of_a_text_and_the_log_keeps_it(client: Client, register, gia_lai: Office):
    text = LegalText.objects.get(code="31/2026/TT-BCT")
    url = f"/communication/legal-texts/{text.pk}/"
    posted = {"title": text.title, "issuer": text.issuer, "in_force_from": "01/07/2026", "source": "Công báo"}
    client.force_login(gia_lai.helper)
    assert client.post(url, posted).status_code == 403
    client.force_login(gia_lai.manager)
    wrong = client.post(url, {**posted, "repealed_on": "01/07/2026"})
    assert "after the first day" in wrong.content.decode()
    assert client.post(url, {**posted, "is_confirmed": "on", "code": "1/X"}).status_code == 302
    text.refresh_from_db()
    assert (text.code, text.in_force_from, text.is_confirmed) == ("31/2026/TT-BCT", date(2026, 7, 1), True)
    event = AuditEvent.objects.get(verb="fieldwork.legal_text_changed")
    assert event.facts == {"text": text.code, "fields": ["in_force_from", "is_confirmed", "source"]}


@pytest.mark.requirement("BK-II.1c", "BK-III.1c")
def test_standards_and_legal_texts_show_their_validity_their_origin_and_their_successor(
    client: Client, register, gia_lai: Office
):
    new = Standard.objects.create(
        code="ISO 2:2023", title="Traceability", kind=Standard.Kind.INTERNATIONAL, effective_from=date(2023, 3, 1)
    )
    Standard.objects.create(
        code="TCVN 1:2019",
        title="Chè",
        kind=Standard.Kind.TCVN,
        effective_from=date(2019, 1, 1),
        effective_to=date(2023, 2, 28),
        superseded_by=new,
    )
    client.force_login(gia_lai.manager)
    rows = {row.record.code: row for row in client.get("/standards/").context["table"].rows}
    names = ("kind", "effective_from", "effective_to", "superseded_by")
    cells = {code: " ".join(str(row.get_cell(name)) for name in names) for code, row in rows.items()}
    for word in ("TCVN", "2019-01-01", "2023-02-28", "ISO 2:2023"):
        assert word in cells["TCVN 1:2019"]
    for word in ("International", "2023-03-01"):
        assert word in cells["ISO 2:2023"]
    page = client.get("/communication/legal-texts/").content.decode()
    assert "by 37/2026/NĐ-CP" in page


@pytest.mark.requirement("BK-III.1c")
@pytest.mark.parametrize("kind", [Standard.Kind.TCVN, Standard.Kind.INTERNATIONAL])
def test_a_new_paper_that_cites_a_standard_that_ended_is_warned_of_wherever_it_comes_from(register, kind):
    ended = Standard.objects.create(
        code="TCVN 1:2019", title="Chè", kind=kind, effective_from=date(2019, 1, 1), effective_to=date(2023, 2, 28)
    )
    LegalText.objects.create(code="TCVN 1:2019", title="Chè", standard=ended)
    assert warned("theo TCVN 1:2019", on=TODAY)
    assert not warned("theo TCVN 1:2019", on=IN_2021)


def test_a_helper_corrects_nothing(register, gia_lai: Office):
    with pytest.raises(NotAllowedForYou):
        actions.change_text(LegalText.objects.all()[0], gia_lai.province, by=gia_lai.helper, note="x")


def test_the_register_shows_since_when_a_text_is_superseded_and_what_amends_it(client: Client, register, gia_lai):
    client.force_login(gia_lai.helper)
    page = client.get("/communication/legal-texts/").content.decode()
    assert "since 23/01/2026" in page
    assert "amended by 78/2025/QH15" in page
    assert "not confirmed yet" in page
