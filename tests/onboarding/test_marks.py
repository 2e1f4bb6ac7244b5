"""Answers that carry the mark of a page or a phone: sent twice they are one, late ones overwrite nothing.

Feature rows 151 (mark of the phone, sending again never duplicates) and 152 (append only, no silent overwriting).
"""

from __future__ import annotations

import json
from pathlib import Path
from threading import Barrier, Thread
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.urls import reverse
from PIL import Image

from onboarding.actions.answers import save_answer
from onboarding.actions.dossier import send_dossier
from onboarding.errors import WrongAnswer
from onboarding.models import Answer, Dossier
from tests.factories import people
from tests.factories.dossiers import colleague_of, complete, opened, person_of, photo
from tests.factories.people import Office
from tests.factories.registry import ProducerFactory, producer_user

State = Answer.State


@pytest.fixture
def dossier(gia_lai: Office) -> Dossier:
    return opened(gia_lai)


@pytest.fixture
def phone(client: Client, dossier: Dossier) -> Client:
    client.force_login(person_of(dossier))
    return client


# --- the act ---------------------------------------------------------------------------------
def test_the_same_mark_again_is_the_same_answer_whatever_came_in_between(dossier: Dossier) -> None:
    mark, one, other = uuid4(), person_of(dossier), colleague_of(dossier)
    first = save_answer(dossier, "contact_name", "H’Lan", by=one, client_id=mark)
    save_answer(dossier, "contact_name", "H’Nghi", by=other, based_on=first.pk)

    again = save_answer(dossier, "contact_name", "H’Lan", by=one, client_id=mark, is_late=True)

    assert again.pk == first.pk
    assert list(dossier.answers.order_by("pk").values_list("value", "state")) == [
        ("H’Lan", State.REPLACED),
        ("H’Nghi", State.CURRENT),
    ]


def test_a_disputed_answer_sent_again_is_no_second_dispute(dossier: Dossier) -> None:
    mark, one = uuid4(), person_of(dossier)
    save_answer(dossier, "contact_name", "H’Nghi", by=colleague_of(dossier))
    answers = [save_answer(dossier, "contact_name", "H’Lan", by=one, client_id=mark, is_late=True) for _ in range(2)]
    assert answers[0] == answers[1]
    assert [each.state for each in dossier.answers.order_by("pk")] == [State.CURRENT, State.DISPUTED]


def test_what_says_the_same_as_the_current_answer_is_known_when_it_is_sent_again(dossier: Dossier) -> None:
    mark, one, other = uuid4(), person_of(dossier), colleague_of(dossier)
    first = save_answer(dossier, "contact_name", "H’Lan", by=other)
    assert save_answer(dossier, "contact_name", "H’Lan", by=one, client_id=mark) == first
    save_answer(dossier, "contact_name", "H’Nghi", by=other, based_on=first.pk)
    save_answer(dossier, "contact_name", "H’Lan", by=one, client_id=mark, is_late=True)
    assert not dossier.answers.filter(state=State.DISPUTED).exists()
    assert dossier.answers.get(state=State.CURRENT).value == "H’Nghi"


def test_a_photo_sent_twice_is_one_answer_and_one_file(dossier: Dossier) -> None:
    mark, one = uuid4(), person_of(dossier)
    for _ in range(2):
        save_answer(dossier, "product_photo", picture=photo(), by=one, client_id=mark)
    assert dossier.answers.count() == 1
    assert len(default_storage.listdir("dossiers")[1]) == 1


def test_a_receipt_is_given_again_after_the_dossier_was_sent(gia_lai: Office) -> None:
    dossier = complete(gia_lai)
    one, current = person_of(dossier), dossier.answers.get(question="contact_name", state=State.CURRENT)
    mark = uuid4()
    first = save_answer(dossier, "contact_name", "H’Nghi", by=one, based_on=current.pk, client_id=mark)
    send_dossier(dossier, by=one)
    assert save_answer(dossier, "contact_name", "H’Nghi", by=one, client_id=mark) == first


def test_another_answer_under_the_mark_of_a_page_that_was_gone_back_to_is_not_lost(dossier: Dossier) -> None:
    mark, one = uuid4(), person_of(dossier)
    save_answer(dossier, "contact_name", "H’Lan", by=one, client_id=mark)
    save_answer(dossier, "contact_name", "H’Nghi", by=one, client_id=mark)
    assert dossier.answers.get(state=State.CURRENT).value == "H’Nghi"
    assert dossier.answers.count() == 2


def test_a_late_answer_does_not_replace_a_newer_one_of_the_same_person(dossier: Dossier) -> None:
    one = person_of(dossier)
    save_answer(dossier, "contact_name", "H’Nghi", by=one)  # at the office, while the phone was in the field
    late = save_answer(dossier, "contact_name", "H’Lan", by=one, client_id=uuid4(), is_late=True)
    assert late.state == State.DISPUTED
    assert dossier.answers.get(state=State.CURRENT).value == "H’Nghi"


def test_a_late_answer_takes_the_place_of_the_one_that_the_phone_sent_before(dossier: Dossier) -> None:
    one, earlier = person_of(dossier), uuid4()
    save_answer(dossier, "contact_name", "H’Nghi", by=one, client_id=earlier, is_late=True)
    save_answer(dossier, "contact_name", "H’Lan", by=one, client_id=uuid4(), after=earlier, is_late=True)
    assert dossier.answers.get(state=State.CURRENT).value == "H’Lan"


def test_the_mark_of_another_dossier_person_or_question_is_refused_in_the_same_words(
    dossier: Dossier, gia_lai: Office
) -> None:
    one, mark = person_of(dossier), uuid4()
    other = opened(gia_lai, number=2, project=dossier.project)
    save_answer(dossier, "contact_name", "H’Lan", by=one, client_id=mark)
    told = set()
    for place, question, by in (
        (other, "contact_name", person_of(other)),
        (dossier, "contact_name", colleague_of(dossier)),
        (dossier, "place_address", one),
    ):
        with pytest.raises(WrongAnswer) as refusal:
            save_answer(place, question, "H’Lan", by=by, client_id=mark)
        told.add(str(refusal.value))
    assert len(told) == 1
    assert "H’Lan" not in told.pop()
    assert Answer.objects.count() == 1


# --- the receipt -----------------------------------------------------------------------------
def receive(dossier: Dossier, key: str = "contact_name") -> str:
    return f"/dossiers/{dossier.reference}/q/{key}/receive/"


def item(dossier: Dossier, mark: UUID | None = None, **facts: Any) -> dict[str, Any]:
    return {"owner": person_of(dossier).pk, "client_id": mark or uuid4(), "value": "H’Lan", "based_on": "", **facts}


def test_an_answer_from_the_box_gets_a_receipt_and_the_same_one_again(phone: Client, dossier: Dossier) -> None:
    sent = item(dossier)
    for _ in range(2):
        answer = phone.post(receive(dossier), sent)
        assert (answer.status_code, answer.json()["state"]) == (200, "saved")
    assert dossier.answers.get().client_id == sent["client_id"]


def test_who_waits_is_told_the_next_page(phone: Client, dossier: Dossier) -> None:
    told = phone.post(receive(dossier), item(dossier, now="1")).json()
    assert told["next"] == f"/dossiers/{dossier.reference}/q/contact_phone/"


def test_a_receipt_says_that_somebody_else_answered_meanwhile(phone: Client, dossier: Dossier) -> None:
    save_answer(dossier, "contact_name", "H’Nghi", by=colleague_of(dossier))
    assert phone.post(receive(dossier), item(dossier)).json()["state"] == "disputed"


@pytest.mark.parametrize(
    ("key", "facts", "reason"),
    [
        ("contact_phone", {"value": "12"}, "số"),
        ("contact_name", {"value": "   "}, "Hãy"),
        ("contact_name", {"client_id": "khong-phai-dau"}, ""),
        ("product_photo", {}, "ảnh"),
    ],
)
def test_a_refusal_gives_its_reason_in_vietnamese(
    phone: Client, dossier: Dossier, key: str, facts: dict[str, Any], reason: str, vietnamese: None
) -> None:
    answer = phone.post(receive(dossier, key), item(dossier, **facts))
    assert (answer.status_code, answer.json()["state"]) == (422, "refused")
    assert reason in answer.json()["reason"]
    assert answer.json()["reason"].strip()
    assert not dossier.answers.exists()


def test_an_answer_is_not_kept_under_the_name_of_whoever_is_signed_in_now(client: Client, dossier: Dossier) -> None:
    sent = item(dossier)
    client.force_login(colleague_of(dossier))
    answer = client.post(receive(dossier), sent)
    assert (answer.status_code, answer.json()["state"]) == (409, "other")
    assert not dossier.answers.exists()


def test_strangers_officials_and_forged_requests_leave_nothing(dossier: Dossier, gia_lai: Office) -> None:
    stranger = producer_user(ProducerFactory(number=77, province=gia_lai.province), "nguoi-la")
    for user, status in ((stranger, 404), (gia_lai.helper, 403), (None, 302)):
        client = Client()
        if user:
            client.force_login(user)
        assert client.post(receive(dossier), item(dossier)).status_code == status
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(person_of(dossier))
    assert strict.post(receive(dossier), item(dossier)).status_code == 403
    assert not dossier.answers.exists()


def test_consent_is_not_given_from_the_box(phone: Client, dossier: Dossier) -> None:
    assert phone.post(receive(dossier, "consent"), item(dossier, agree="on")).status_code == 404


# --- the pages -------------------------------------------------------------------------------
def test_a_page_carries_a_mark_of_its_own_so_that_reloading_its_post_saves_nothing_twice(
    phone: Client, dossier: Dossier
) -> None:
    page = f"/dossiers/{dossier.reference}/q/contact_name/"
    marks = {phone.get(page).context["form"]["client_id"].value() for _ in range(2)}
    assert len(marks) == 2
    for _ in range(2):
        assert phone.post(page, {"value": "H’Lan", "client_id": marks.copy().pop()}).status_code == 302
    assert dossier.answers.count() == 1


def test_pages_that_the_phone_may_keep_say_for_whom_and_no_other_page_does(
    client: Client, dossier: Dossier, gia_lai: Office
) -> None:
    """Row 150: the service worker keeps nothing without this header."""
    base, one = f"/dossiers/{dossier.reference}/", person_of(dossier)
    client.force_login(one)
    for path in (base, f"{base}check/", f"{base}q/contact_name/", f"{base}q/consent/", "/unsent/", "/stamps/mine/"):
        assert client.get(path).headers.get("X-Kept-For") == str(one.pk), path
    for path in ("/account/", "/notices/", f"{base}help/code/"):
        assert "X-Kept-For" not in client.get(path), path
    client.force_login(gia_lai.helper)
    for path in (base, "/inbox/", f"/projects/{dossier.project.code}/"):
        assert "X-Kept-For" not in client.get(path), path


def test_a_question_names_the_pages_after_it_with_what_they_hang_on(phone: Client, dossier: Dossier) -> None:
    page, base = f"/dossiers/{dossier.reference}/q/food_safety/", f"/dossiers/{dossier.reference}/q"
    assert phone.get(page).context["later"].split() == [
        f"{base}/food_safety_until/|food_safety=certificate|0",
        f"{base}/food_safety_photo/|food_safety=certificate|0",
        f"{base}/declared_standard/",
    ]


def test_the_service_worker_comes_from_the_root_and_knows_where_people_leave(client: Client) -> None:
    """Row 150: what it keeps is emptied at signing out and at the login page, whatever their addresses are."""
    answer = client.get("/sw.js")
    assert answer.headers["Service-Worker-Allowed"] == "/"
    assert answer.headers["Content-Type"].startswith("text/javascript")
    names = ("people:login", "people:logout", "home", "stamps:mine")
    assert all(f'"{reverse(name)}"' in answer.content.decode() for name in names)


def test_the_manifest_names_the_product_and_icons_that_are_there(client: Client, vietnamese: None) -> None:
    answer = client.get("/manifest.webmanifest")
    facts = json.loads(answer.content)
    assert answer.headers["Content-Type"] == "application/manifest+json"
    assert (facts["lang"], facts["start_url"], facts["display"]) == ("vi", "/", "standalone")
    assert "truy xuất" in facts["name"]
    assert {icon["type"] for icon in facts["icons"]} == {"image/png", "image/svg+xml"}
    for icon in facts["icons"]:
        file = Path("static") / icon["src"].rpartition("/")[2]
        assert file.exists()
        if icon["type"] == "image/png":
            with Image.open(file) as picture:
                assert "{}x{}".format(*picture.size) == icon["sizes"]


AGENTS = {
    "Zalo": "Mozilla/5.0 (Linux; Android 13; wv) Chrome/120 Mobile Safari/537.36 Zalo android/23110 ZaloTheme/light",
    "Facebook": "Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) Mobile/15E148 [FBAN/FBIOS;FBAV/442.0]",
    "Messenger": "Mozilla/5.0 (Linux; Android 12) Chrome/119 Mobile Safari/537.36 [FB_IAB/MESSENGER;FBAV/436.0;]",
}


@pytest.mark.parametrize(("app", "agent"), AGENTS.items())
def test_in_the_browser_of_an_app_a_photo_page_leads_to_chrome_or_safari(
    phone: Client, dossier: Dossier, app: str, agent: str, vietnamese: None
) -> None:
    """Row 154, also without script."""
    base = f"/dossiers/{dossier.reference}/q"
    page = phone.get(f"{base}/product_photo/", headers={"User-Agent": agent})
    html = page.content.decode()
    assert ("Safari" if "iPhone" in agent else "Chrome") in html
    assert app in html
    assert f'value="http://testserver{base}/product_photo/"' in html
    assert 'type="file"' in html
    assert "User-Agent" in page["Vary"]
    assert "in-app" not in phone.get(f"{base}/contact_name/", headers={"User-Agent": agent}).content.decode()


def test_the_page_of_a_products_picture_has_the_notice_too(phone: Client, dossier: Dossier) -> None:
    page = phone.get(f"/products/{dossier.product.pk}/edit/", headers={"User-Agent": AGENTS["Zalo"]})
    assert 'id="in-app-link"' in page.content.decode()
    assert "User-Agent" in page["Vary"]


@pytest.mark.parametrize(
    "agent",
    [
        "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/120.0.0.0 Mobile Safari/537.36",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) Version/17.1 Mobile/15E148 Safari/604.1",
        "",
    ],
)
def test_in_a_browser_of_its_own_there_is_no_such_notice(phone: Client, dossier: Dossier, agent: str) -> None:
    page = phone.get(f"/dossiers/{dossier.reference}/q/product_photo/", headers={"User-Agent": agent})
    assert "in-app" not in page.content.decode()


# --- at once ---------------------------------------------------------------------------------
@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_one_mark_sent_twice_at_once_is_one_answer() -> None:
    dossier = opened(people.gia_lai())
    one, mark, start = person_of(dossier), uuid4(), Barrier(2)
    kept: list[int] = []

    def send() -> None:
        start.wait()
        try:
            kept.append(save_answer(dossier, "contact_name", "H’Lan", by=one, client_id=mark, is_late=True).pk)
        finally:
            connection.close()

    threads = [Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(kept) == 2
    assert kept == [dossier.answers.get().pk] * 2
