"""What a buyer reads while nothing answers: that no stamp was checked, recalls, and what was on record."""

from __future__ import annotations

import html
import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format

from lots.actions import recalling
from privacy.actions import give_consent
from privacy.models import Consent, Purpose
from registry.models import Certificate, Producer, Standard
from stamps.fallback.writing import write_all
from tests.factories import lots, stamps
from tests.factories.registry import recognise
from tests.stamps.public.conftest import serial_of

NAME, LONGEST = "Hộ Siu Blơi (giả lập)", "ữ" * 300
LIMIT = 30_000  # bytes of a file


@pytest.fixture
def page(batch: Any) -> Any:
    """Write all pages and return the product's, or the general one, as it is read; `raw`: as it is stored."""

    def read(language: str = "en", name: str = "", *, raw: bool = False, code: str = "") -> str:
        write_all()
        kept = settings.STAMPS_FALLBACK_DIR / f"{name or f'01/{code or batch.code}'}.{language}.html"
        text = kept.read_text(encoding="utf-8")
        return text if raw else words(text)

    return read


def words(text: str) -> str:
    text = re.sub(r"<(style|title)>.*?</\1>", " ", text, flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", text)))


def recalled(chain: stamps.Chain, *, lot: Any = None, **said: str) -> Any:
    said = {"reason": "Dư lượng vượt mức", "advice": "Không ăn, trả lại nơi bán", "document": "12/QĐ (giả lập)"} | said
    return recalling.recall(chain.product, lot=lot, by=chain.office.leader, **said)


def certificate(chain: stamps.Chain, number: str = "VG-01 (giả lập)", **fields: Any) -> Certificate:
    values = {"kind": "vietgap", "issuer": "Tổ chức chứng nhận (giả lập)", "issued_on": date(2021, 6, 1)}
    return Certificate.objects.create(producer=chain.product.producer, number=number, **values | fields)


def test_it_begins_with_that_the_stamp_was_not_checked_and_what_to_do(page):
    read = page().removeprefix(" Skip to the content SAMPLE – simulated data tx.vidu.example ")
    assert read.startswith("The system is paused; this stamp could not be checked Scan it again in a few minutes.")


def test_it_claims_nothing_about_a_stamp_or_a_lot(page, batch):
    read = page(raw=True)
    assert serial_of(batch) not in read
    assert "L220608-01" not in read
    assert 'class="verdict tone-wait"' in read
    for word in ("activated", "valid stamp", "genuine"):
        assert word not in words(read).lower()


def test_it_says_what_was_on_record_and_of_when_that_is(page, chain, batch):
    recognition = recognise(chain.product, decided_on=timezone.localdate() - timedelta(days=30))
    until = timezone.localdate() + timedelta(days=60)
    certificate(chain, valid_until=until)
    before = timezone.now().replace(microsecond=0)
    dated = re.search(r'name="read-at" content="(.+)"', page(raw=True))
    assert dated
    assert before <= (read_at := datetime.fromisoformat(dated[1])) <= timezone.now()
    read = page()
    assert f"Data as of {date_format(timezone.localtime(read_at), 'SHORT_DATETIME_FORMAT')}" in read
    producer = chain.product.producer
    assert f"{chain.product.name} {producer.name} · xã Ia Tô, tỉnh Gia Lai Product code {batch.code}" in read
    assert f"VietGAP valid until {until:%d/%m/%Y} VG-01 (giả lập) · Tổ chức chứng nhận (giả lập)" in read
    assert f"Decision {recognition.decision_number}" in read
    assert "TCVN 12850:2019" in read


def test_a_certificate_that_ended_is_not_shown(page, chain):
    certificate(chain, valid_until=timezone.localdate() - timedelta(days=1))
    assert "VietGAP" not in page()


def test_a_certificate_for_another_product_is_not_shown(page, chain, gia_lai):
    certificate(chain).products.add(stamps.chain(gia_lai, project=chain.project).product)
    assert "VietGAP" not in page()


def test_a_recall_stands_in_the_first_lines_with_what_to_do(page, chain):
    recalled(chain)
    read = page(raw=True)
    head = words(read.partition("</header>")[0])
    assert "could not be checked" in head
    assert "Recalled: All lots of the product" in head
    assert 'class="verdict tone-late"' in read
    body = words(read.partition("</header>")[2])
    assert body.index("Không ăn, trả lại nơi bán") < body.index("Data as of") < body.index(chain.product.name)
    assert "Dư lượng vượt mức" in body
    assert "12/QĐ (giả lập)" in body


def test_lots_that_one_order_recalls_are_named_together_and_those_of_another_apart(page, chain):
    first, second, third = (chain.lot(f"L{number}") for number in ("7", "8", "9"))
    recalled(chain, lot=first)
    recalled(chain, lot=second)
    recalled(chain, lot=third, reason="Sai nhãn")
    read = page()
    assert "Recalled: Lots L7, L8" in read
    assert "Recalled: Lot L9" in read
    assert read.count("Không ăn, trả lại nơi bán") == 2


def test_no_recalled_lot_is_left_out_however_many_orders_there_are(page, chain):
    for number in range(7):
        recalled(chain, lot=chain.lot(f"LO-{number}"), reason=f"Lý do {number}")
    read = page()
    assert [number for number in range(7) if f"LO-{number}" not in read] == []


def test_a_recall_that_was_lifted_is_gone(page, chain):
    recalling.lift_recall(recalled(chain), reason="Kết quả kiểm nghiệm đạt", by=chain.office.leader)
    assert "Recalled" not in page()


def test_of_a_recalled_product_whose_stamps_are_on_no_lot_only_the_recall_is_told(page, chain, batch):
    batch.activations.all().delete()
    recalled(chain)
    recalled(chain, lot=chain.product.lots.get())
    read = page()
    assert "Recalled: All lots of the product" in read
    assert chain.product.name in read
    assert chain.product.producer.name not in read
    assert "L220608-01" not in read


def test_a_person_who_has_not_agreed_is_not_named(page, chain):
    certificate(chain)
    Producer.objects.filter(pk=chain.product.producer_id).update(kind=Producer.Kind.HOUSEHOLD, name=NAME)
    read = page(raw=True)
    assert NAME not in read
    assert "VG-01" not in read
    assert "Household business in xã Ia Tô · tỉnh Gia Lai" in words(read)


def test_a_person_who_has_agreed_is_named(page, chain):
    Producer.objects.filter(pk=chain.product.producer_id).update(kind=Producer.Kind.HOUSEHOLD, name=NAME)
    chain.product.producer.refresh_from_db()
    said = {"channel": Consent.Channel.PHONE, "by": chain.producer, "given_by": chain.producer}
    give_consent(chain.product.producer, Purpose.PUBLIC_NAME, given_by_name=NAME, **said)
    assert NAME in page()


def test_it_comes_in_vietnamese_and_in_english_and_each_leads_to_the_other(page):
    english, vietnamese = page("en", raw=True), page("vi", raw=True)
    assert '<html lang="en">' in english
    assert 'href="?lang=vi"' in english
    assert '<html lang="vi">' in vietnamese
    assert 'href="?lang=en"' in vietnamese
    with translation.override("vi"):
        said = translation.gettext("The system is paused; this stamp could not be checked")
    assert said in vietnamese
    assert "Dữ liệu do chủ thể kê khai" in vietnamese


def test_the_page_for_all_other_addresses_names_no_product(page, chain):
    read = page(name="general")
    assert "The system is paused; nothing can be looked up now" in read
    assert chain.product.name not in read
    assert "Data as of" not in read


@pytest.mark.parametrize("name", ["", "general"])
def test_it_needs_no_other_file_and_runs_no_script(page, chain, name):
    recalled(chain)
    read = page(raw=True, name=name)
    assert "<script" not in read
    assert "url(" not in read
    assert "@import" not in read
    targets = re.findall(r'(?:href|src|action)="([^"]*)"', read)
    assert set(targets) == {"data:,", "#main", "?lang=vi"}


def test_it_stays_small_whatever_was_typed(page, chain):
    for number in range(60):
        lot = lots.complete_lot(chain.product, by=chain.producer, number=f"LOT-{number:016}")
        texts = {"reason": LONGEST[:-2] + f"{number % 5:02}", "advice": LONGEST, "document": LONGEST[:120]}
        recalled(chain, lot=lot, **texts)
    for number in range(20):
        certificate(chain, number=f"{number:02}" + LONGEST[:58], issuer=LONGEST[:160])
        made = Standard.objects.create(code=f"TCVN {number}:2019", title="x", kind="tcvn", effective_from="2019-01-01")
        chain.product.standards.add(made)
    read = page("vi", raw=True)
    assert len(read.encode()) <= LIMIT
    assert "LOT-" in read
