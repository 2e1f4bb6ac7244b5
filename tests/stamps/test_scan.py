"""The scan page: what a stamp tells everybody, and what it keeps to itself."""

import logging
import re
from datetime import date

import pytest
from django.utils import timezone

from registry.models import Producer
from stamps import actions
from stamps.codes import serials
from stamps.logs import masked
from tests.factories import lots, stamps
from tests.factories.people import UserFactory
from tests.factories.registry import producer_user, recognise


@pytest.fixture
def chain(gia_lai):
    return stamps.chain(gia_lai)


def page_of(client, batch, index=None):
    serial = actions.serial_at(batch, batch.start if index is None else index)
    return client.get(path_of(batch.code, serial))


def path_of(code, serial):
    return f"/scan/vn/tx/{code}/s/{serial}/" if code.startswith("T") else f"/scan/01/{code}/21/{serial}/"


def text_of(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.mark.parametrize("gtin", ["09520000009991", None], ids=["GTIN", "own code"])
def test_an_activated_stamp_tells_product_producer_lot_and_dates(client, gia_lai, gtin):
    chain = stamps.chain(gia_lai, gtin=gtin)
    answer = page_of(client, chain.activated().batch)
    text = text_of(answer)
    assert answer.status_code == 200
    for fact in (chain.product.name, chain.product.producer.name, "xã Ia Tô, tỉnh Gia Lai", "L220608-01", "08/06/2022",
                 "15/06/2022", "TCVN 12850:2019"):  # fmt: skip
        assert fact in text


@pytest.mark.requirement("GL-2.D3b")
def test_both_histories_say_who_recorded_and_who_confirmed(client, chain):
    batch = chain.activated().batch
    second = producer_user(chain.product.producer, "to-truong")
    second.job_title = "tổ trưởng vườn"
    second.save()
    actions_of = chain.product.lots.get().events.get(step__key="thu-hoach")
    lots.actions.confirm_event(actions_of, by=second, now=lots.at(9))
    page = page_of(client, batch).content.decode()
    production, distribution = re.findall(r'<ol class="hist">.*?</ol>', page, re.DOTALL)
    assert [stage in production for stage in ("Thu hoạch", "Sơ chế", "Phân phối")] == [True, True, False]
    assert "Phân phối</b> · Vườn thôn 6" in distribution
    assert "tổ trưởng vườn, 09/06/2022" in production
    assert page.index("Thu hoạch") < page.index("Sơ chế") < page.index("Phân phối")
    assert 'name="viewport" content="width=device-width' in page


def test_a_record_entered_late_says_so(client, chain):
    lot = lots.open_lot(chain.product, by=chain.producer)
    for step in ("thu-hoach", "so-che", "phan-phoi"):
        lots.record(lot, step, by=chain.producer, now=lots.at(10))
    batch = chain.handed_over()
    stamps.activate(batch, batch.start, batch.end, lot, by=chain.producer)
    assert "text-wait" in page_of(client, batch).content.decode()


@pytest.mark.requirement("GL-2.D3")
def test_a_stamp_that_is_not_activated_shows_a_notice_and_no_data(client, chain):
    batch = chain.handed_over()
    chain.lot()
    answer = page_of(client, batch)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "tone-wait" in page
    for secret in (
        chain.product.name,
        chain.product.producer.name,
        "L220608-01",
        "Ia Tô",
        "/scan/pictures/",
        batch.code,
    ):
        assert secret not in page


@pytest.mark.requirement("GL-2.D3")
def test_the_same_code_shows_changed_content(client, chain):
    batch = chain.activated().batch
    assert "Đặc sản Ia Tô" not in text_of(page_of(client, batch))
    chain.product.brand = "Đặc sản Ia Tô"
    chain.product.save()
    lots.record(chain.product.lots.get(), "phan-phoi", by=chain.producer, day=12)
    text = text_of(page_of(client, batch))
    assert "Đặc sản Ia Tô" in text
    assert text.count("Phân phối") == 2


@pytest.mark.parametrize(
    "serial",
    ["00000000000000", "0ABCDEFGHJKMNP", "9ABCDEFGHJKMNP", "U", "tem", "0ABC", "..", "%00", "A" * 5000, "٣" * 14],
)
def test_a_made_up_serial_is_not_found(client, chain, serial):
    code = chain.activated().batch.code
    answer = client.get(f"/scan/01/{code}/21/{serial}/")
    assert answer.status_code == 404
    assert chain.product.name not in answer.content.decode()


def test_forged_foreign_and_unissued_stamps_get_the_same_answer(client, chain, gia_lai):
    batch = chain.activated().batch
    other = stamps.chain(gia_lai, project=chain.project).activated().batch
    ring = serials.keyring_from_settings()
    wrong = [
        path_of(batch.code, "0ABCDEFGHJKMNP"),
        path_of(batch.code, actions.serial_at(other, other.start)),
        path_of(batch.code, serials.encode(batch.code, 10_000, ring)),
        path_of("09506000134352", actions.serial_at(batch, batch.start)),
        path_of("123", actions.serial_at(batch, batch.start)),
    ]
    answers = [client.get(path) for path in wrong]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1


def test_goods_past_their_date_get_a_banner(client, chain):
    assert "tone-late" in page_of(client, chain.activated().batch).content.decode()


def test_goods_within_their_date_get_none(client, chain):
    batch = chain.activated().batch
    chain.product.lots.update(expires_on=timezone.localdate())
    assert "tone-late" not in page_of(client, batch).content.decode()


def test_ocop_stars_show_only_while_they_hold(client, chain):
    batch = chain.activated().batch
    recognise(chain.product, stars=4, decided_on=date(2021, 6, 1))
    assert "★" not in text_of(page_of(client, batch))


def test_ocop_stars_in_force_are_drawn(client, chain):
    batch = chain.activated().batch
    recognise(chain.product, stars=4, decided_on=timezone.localdate())
    assert "★★★★☆" in text_of(page_of(client, batch))


def test_no_person_phone_or_tax_code_is_shown(client, chain):
    producer = chain.product.producer
    Producer.objects.filter(pk=producer.pk).update(
        kind=Producer.Kind.HOUSEHOLD, phone="0900000099", representative="Rơ Châm Bích (giả lập)", address="Ngõ 7"
    )
    text = text_of(page_of(client, chain.activated().batch))
    for secret in (producer.name, "0900000099", "Rơ Châm Bích", "Ngõ 7", producer.tax_code, str(chain.producer)):
        assert secret not in text


def test_an_office_that_helped_is_named_as_the_recorder(client, chain):
    batch = chain.activated().batch
    lots.record(chain.product.lots.get(), "phan-phoi", by=chain.office.helper, day=9)
    text = text_of(page_of(client, batch))
    assert str(chain.office.organisation) in text
    assert str(chain.office.helper) not in text


@pytest.mark.requirement("GL-2.5")
def test_the_product_page_is_public_and_shows_the_process(client, chain):
    code = chain.activated().batch.code
    answer = client.get(f"/scan/01/{code}/")
    text = text_of(answer)
    assert answer.status_code == 200
    assert chain.product.name in text
    assert text.index("Thu hoạch") < text.index("Sơ chế") < text.index("Phân phối")
    assert "08/06/2022" in text
    assert "10/06/2022" in text


def test_a_product_without_activated_stamps_has_no_public_page(client, chain):
    batch = chain.handed_over()
    assert client.get(f"/scan/01/{batch.code}/").status_code == 404
    assert client.get(f"/scan/pictures/{batch.code}/").status_code == 404


def test_the_page_needs_few_queries(client, chain, django_assert_max_num_queries):
    batch = chain.activated().batch
    lots.record(chain.product.lots.get(), "phan-phoi", by=chain.office.helper, day=9)
    # One question each: stamp, activation, change, recall in force, scans, alerts; standards, stars, certificates;
    # log, declaration, events, past recalls, and two for what people are called.
    with django_assert_max_num_queries(15):
        page_of(client, batch)


def test_page_and_picture_stay_within_the_budget_and_four_requests(client, chain):
    batch = chain.activated().batch
    answer = page_of(client, batch)
    page = answer.content.decode()
    links = set(re.findall(r'(?:src|rel="stylesheet" href|rel="icon" href)="([^"]+)"', page))
    assert len(links) + 1 <= 4
    assert "<script" not in page
    picture = client.get(f"/scan/pictures/{batch.code}/")
    assert picture.status_code == 200
    assert picture.headers["Content-Type"].startswith("image/")
    assert len(answer.content) + len(b"".join(picture.streaming_content)) < 60_000


def test_the_visitor_is_neither_known_nor_followed(client, chain):
    client.force_login(UserFactory(username="nguoi-xem"))
    answer = page_of(client, chain.activated().batch)
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "nguoi-xem" not in answer.content.decode()


def test_the_log_never_holds_a_whole_serial(client, chain, caplog):
    with caplog.at_level(logging.INFO, logger="django"):
        client.get(f"/scan/01/{chain.product.gtin}/21/0ABCDEFGHJKMNP/")
        client.post(f"/01/{chain.product.gtin}/21/0ABCDEFGHJKMNP")
    assert "/21/0ABC…" in caplog.text
    assert "0ABCDEFGHJKMNP" not in caplog.text


def test_masking_leaves_the_rest_of_a_line_alone():
    assert masked('"GET /vn/tx/T1/s/0abcdef?x=1 HTTP/1.1" 307') == '"GET /vn/tx/T1/s/0abc…?x=1 HTTP/1.1" 307'
    assert masked("/stamps/orders/217/") == "/stamps/orders/217/"
