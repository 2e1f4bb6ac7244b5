"""Reporting a suspicious stamp without login: one page, a reference, a case; and what becomes of it."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from notices.models import Message
from stamps import actions
from stamps.codes.references import ALPHABET, new_reference, read_reference
from stamps.models import StampAlert
from tests.factories.people import AdminUnitFactory
from tests.stamps.public.conftest import path_of, words
from workflows import stamp_alerts
from workflows.models import StampReportProcess
from workflows.tick import tick

UNKNOWN = "/scan/01/09520000009991/21/0ABCDEFGHJKMNP/"


def photo(size=(64, 64)):
    """A JPEG that says where it was taken."""
    data, picture = BytesIO(), Image.new("RGB", size, "red")
    exif = Image.Exif()
    exif[0x010F] = "Nhà sản xuất máy ảnh"
    picture.save(data, "JPEG", exif=exif)
    return SimpleUploadedFile("Anh nha toi.jpg", data.getvalue(), content_type="image/jpeg")


@pytest.fixture
def sent(phone, batch):
    """A report of the batch's first stamp: the page that follows."""
    answer = phone.send(path_of(batch) + "report/", concern="copies")
    assert answer.status_code == 302
    return phone.open(answer["Location"])


@pytest.mark.parametrize("tail", ["report/", "report/?lang=en"])
def test_the_page_needs_no_login_no_cookie_and_no_script(phone, batch, tail):
    answer = phone.open(path_of(batch) + tail)
    assert answer.status_code == 200
    assert not answer.cookies
    assert "<script" not in answer.content.decode()
    assert "csrf" not in answer.content.decode()
    assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_a_report_is_a_case_with_a_reference_and_says_what_happens_next(sent, chain):
    alert = StampAlert.objects.get()
    page = words(sent)
    assert alert.reference in page
    assert "What happens next" in page
    assert (alert.product, alert.province, alert.concern) == (
        chain.product,
        chain.office.province,
        "The same stamp is on several packages",
    )
    assert StampReportProcess.objects.filter(alert=alert).exists()


def test_officers_of_the_province_are_told_and_nobody_else(sent, chain):
    told = set(Message.objects.filter(event="stamp.alert").values_list("recipient", flat=True))
    assert told == {chain.office.stamp_officer.pk, chain.office.inspector.pk}


def test_one_answer_is_asked_and_everything_else_is_optional(phone, batch):
    answer = phone.send(path_of(batch) + "report/", message="Tem bị bóc", contact="0900000001")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words(answer).count("What looks suspicious?") == 2  # in the summary and at the field
    assert "Tem bị bóc" in page
    assert "0900000001" in page
    assert not StampAlert.objects.exists()


def test_the_photo_is_drawn_anew_and_named_by_its_content(phone, batch):
    phone.send(path_of(batch) + "report/", concern="damaged", photo=photo())
    alert = StampAlert.objects.get()
    assert re.fullmatch(r"alerts/[0-9a-f]{24}\w*\.jpg", alert.photo.name)
    with alert.photo.open("rb") as file, Image.open(file) as kept:
        assert not kept.getexif()


def test_a_photo_that_came_with_a_wrong_answer_is_asked_for_again(phone, batch):
    answer = phone.send(path_of(batch) + "report/", message="Tem bị bóc", photo=photo())
    assert "Choose the photo again" in words(answer)
    assert "Choose the photo again" not in words(phone.send(path_of(batch) + "report/", message="Tem bị bóc"))


@pytest.mark.parametrize(
    "data", [b"", b"GIF89a", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"\xff\xd8\xff" + b"0" * 99]
)
def test_a_file_that_is_no_photo_is_refused_and_nothing_is_lost(phone, batch, data):
    upload = SimpleUploadedFile("anh.jpg", data, content_type="image/jpeg")
    answer = phone.send(path_of(batch) + "report/", concern="copies", message="Giữ lại", photo=upload)
    assert answer.status_code == 422
    assert "Giữ lại" in answer.content.decode()
    assert not StampAlert.objects.exists()


def test_a_program_that_fills_in_everything_is_refused(phone, batch):
    answer = phone.send(path_of(batch) + "report/", concern="copies", website="http://vi.du")
    assert answer.status_code == 422
    assert not StampAlert.objects.exists()


def test_a_network_that_reports_without_end_is_slowed_down_and_loses_nothing(phone, batch):
    statuses = [phone.send(path_of(batch) + "report/", concern="other").status_code for _ in range(11)]
    assert statuses == [302] * 10 + [429]
    answer = phone.send(path_of(batch) + "report/", concern="other", message="Vẫn còn đây")
    assert answer.status_code == 429
    assert "Vẫn còn đây" in answer.content.decode()


def test_a_stamp_that_is_none_of_ours_is_reported_with_its_code(phone, chain, batch):
    page = phone.open(UNKNOWN + "report/").content.decode()
    assert 'value="09520000009991 0ABCDEFGHJKMNP"' in page
    phone.send(UNKNOWN + "report/", concern="unknown", code_text="09520000009991 0ABCDEFGHJKMNP")
    alert = StampAlert.objects.get()
    assert (alert.product, alert.index, alert.code_text) == (None, None, "09520000009991 0ABCDEFGHJKMNP")
    assert alert.province == chain.office.province
    assert stamp_alerts.open_step(alert) is not None


def test_a_forged_stamp_of_a_known_product_goes_to_the_products_province(phone, son_la, chain, batch):
    phone.send(f"/scan/01/{batch.code}/21/0ABCDEFGHJKMNP/report/", concern="unknown", code_text="0ABC")
    alert = StampAlert.objects.get()
    assert (alert.product, alert.index, alert.province) == (chain.product, None, chain.office.province)


def test_where_several_provinces_work_the_buyer_says_where_a_foreign_stamp_was_bought(phone, son_la, chain):
    given = {"concern": "unknown", "code_text": "KHONG-RO"}
    assert phone.send("/scan/report/", **given).status_code == 422
    assert phone.send("/scan/report/", province=son_la.province.pk, **given).status_code == 302
    assert StampAlert.objects.get().province == son_la.province


def test_a_province_without_an_office_here_cannot_be_chosen(phone, son_la, chain):
    foreign = AdminUnitFactory(code="99", name="tỉnh khác (giả lập)")
    given = {"concern": "unknown", "code_text": "KHONG-RO", "province": foreign.pk}
    assert phone.send("/scan/report/", **given).status_code == 422


@pytest.mark.parametrize("field", ["message", "place", "contact", "code_text"])
@pytest.mark.parametrize("text", ["\0", "x" * 5000, "=1+1", "<script>alert(1)</script>"])
def test_odd_input_never_breaks_the_page(phone, chain, batch, field, text):
    answer = phone.send(UNKNOWN + "report/", **{"concern": "other", "code_text": "x", field: text})
    assert answer.status_code in (302, 422)
    assert b"<script>alert" not in answer.content


# --- what became of it -------------------------------------------------------------------------
def test_the_state_says_open_and_nothing_of_what_was_reported(phone, batch):
    phone.send(path_of(batch) + "report/", concern="copies", message="Bí mật", place="Chợ", contact="0900000002")
    page = words(phone.open("/scan/report/state/", reference=StampAlert.objects.get().reference))
    assert "The report is being looked into" in page
    assert not any(secret in page for secret in ("Bí mật", "Chợ", "0900000002", batch.product.name))


def test_a_closed_report_shows_the_public_answer_and_not_the_finding(phone, chain, sent):

    alert = StampAlert.objects.get()
    actions.close_alert(
        alert,
        status="forwarded",
        finding="Nghi ông A làm giả",
        answer="Đã thu giữ hàng (giả lập)",
        by=chain.office.inspector,
    )
    page = words(phone.open("/scan/report/state/", reference=alert.reference.lower().replace("-", " ")))
    assert "The report is closed" in page
    assert "Đã thu giữ hàng (giả lập)" in page
    assert "ông A" not in page
    assert "inspectorate" not in page


@pytest.mark.parametrize("typed", ["TX-222222", "xx", "\0", "'; DROP TABLE", "TX-" + "9" * 4000])
def test_an_unknown_reference_is_404_and_says_what_to_do(phone, sent, typed):
    answer = phone.open("/scan/report/state/", reference=typed)
    assert answer.status_code == 404
    assert "letter by letter" in words(answer)


def test_references_cannot_be_tried_out(phone, sent):
    statuses = [phone.open("/scan/report/state/", reference=new_reference()).status_code for _ in range(25)]
    assert 429 in statuses


def test_alerts_of_rules_have_no_public_state(phone, batch):
    from tests.stamps.public.conftest import standing_of

    alert = actions.raise_alert("places", standing_of(batch), facts={})
    assert phone.open("/scan/report/state/", reference=alert.reference).status_code == 404


# --- references --------------------------------------------------------------------------------
def test_references_have_no_letter_that_is_taken_for_another():
    assert not set("01ILOUV") & set(ALPHABET)
    assert len({new_reference() for _ in range(2000)}) > 1990
    assert all(read_reference(reference) == reference for reference in (new_reference() for _ in range(200)))


# --- alerts of rules ---------------------------------------------------------------------------
def test_the_tick_opens_the_case_of_a_rules_alert_once(batch):
    from tests.stamps.public.conftest import standing_of

    alert = actions.raise_alert("places", standing_of(batch), facts={})
    assert actions.raise_alert("places", standing_of(batch), facts={}) is None
    assert tick()["cases of stamp alerts opened"] == 1
    assert tick()["cases of stamp alerts opened"] == 0
    assert StampReportProcess.objects.filter(alert=alert).count() == 1


# --- forgotten in time -----------------------------------------------------------------------
@pytest.fixture
def reported(phone, batch, chain, settings):
    """A report with contact and photo, closed now."""
    settings.STAMPS_REPORT_DAYS = 90
    phone.send(path_of(batch) + "report/", concern="copies", message="Hai gói", contact="0900000003", photo=photo())
    alert = StampAlert.objects.get()
    return actions.close_alert(alert, status="copy", finding="Tem sao chép", by=chain.office.stamp_officer)


def days_after(alert, days):
    return alert.closed_at + timedelta(days=days)


def test_contact_and_photo_are_deleted_when_the_retention_is_over_and_not_before(reported):
    name = reported.photo.name
    assert actions.forget_reporters(days_after(reported, 89)) == 0
    assert default_storage.exists(name)

    assert actions.forget_reporters(days_after(reported, 91)) == 1
    reported.refresh_from_db()
    assert (reported.contact, reported.photo.name) == ("", "")
    assert not default_storage.exists(name)
    assert (reported.message, reported.finding) == ("Hai gói", "Tem sao chép")
    assert actions.forget_reporters(days_after(reported, 91)) == 0


def test_a_report_that_is_open_keeps_them_however_old(reported):
    StampAlert.objects.update(status="open", closed_at=None)
    assert actions.forget_reporters(reported.raised_at + timedelta(days=4000)) == 0


@pytest.mark.parametrize("kept", ["contact", "photo"])
def test_a_contact_alone_and_a_photo_alone_are_forgotten(reported, kept):
    other = {"contact": "photo", "photo": "contact"}[kept]
    StampAlert.objects.update(**{other: ""})
    assert actions.forget_reporters(days_after(reported, 91)) == 1
    assert StampAlert.objects.filter(contact="", photo="").count() == 1


def test_another_report_keeps_its_contact_and_the_same_photo(reported, phone, batch):
    phone.send(path_of(batch, 1) + "report/", concern="copies", contact="0900000004", photo=photo())
    newer = StampAlert.objects.get(contact="0900000004")
    # As on a storage that writes the same picture over itself (S3 without versions).
    StampAlert.objects.filter(pk=newer.pk).update(photo=reported.photo.name)
    actions.forget_reporters(days_after(reported, 91))
    newer.refresh_from_db()
    assert newer.contact == "0900000004"
    assert default_storage.exists(newer.photo.name)


def test_a_photo_whose_file_is_gone_already_is_forgotten_all_the_same(reported):
    default_storage.delete(reported.photo.name)
    assert actions.forget_reporters(days_after(reported, 91)) == 1


def test_the_tick_forgets_and_the_page_says_when(reported, chain, as_user):
    officer, url = as_user(chain.office.stamp_officer), reported.get_absolute_url()
    assert "Contact and photo are deleted on" in words(officer.get(url))
    StampAlert.objects.update(closed_at=reported.closed_at - timedelta(days=100))
    assert tick()["contacts and photos of old reports deleted"] == 1
    assert "Contact and photo were deleted on" in words(officer.get(url))
