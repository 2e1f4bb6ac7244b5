"""Claim cards: the code, the PIN, and everything that closes a card."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from people import claims, pins
from people.claim_models import ClaimCard
from people.models import AuditEvent, User
from tests.factories.people import Office, UserFactory

PIN = "280469"
NOON = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)


@pytest.fixture
def hlan(db: None) -> User:
    """A bookkeeper of 58 with a phone and no e-mail address, who never signed in."""
    user = User.objects.create_user("0900000012", None, phone="0900000012", full_name="Rơ Châm H’Lan (giả lập)")
    assert not user.has_usable_password()
    return user


@pytest.fixture
def officer(gia_lai: Office) -> User:
    gia_lai.helper.phone = "0900000099"
    gia_lai.helper.save()
    return gia_lai.helper


@pytest.fixture
def issued(hlan: User, officer: User) -> claims.Issued:
    return claims.issue_card(hlan, by=officer)


def link(issued: claims.Issued) -> str:
    return f"/claim/{issued.token}/"


def other_than(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


def test_a_card_holds_its_secrets_as_hashes_only(issued: claims.Issued) -> None:
    row = str(ClaimCard.objects.values().get())
    assert issued.token not in row
    assert issued.code not in row
    assert len(issued.token) == claims.TOKEN_LENGTH  # 26 letters of base 32: 130 bits


def test_a_person_gets_in_with_card_code_and_pin_and_then_signs_in_by_phone(
    client: Client, issued: claims.Issued, hlan: User
) -> None:
    assert client.get(link(issued)).status_code == 200
    assert client.post(link(issued), {"code": f"{issued.code[:3]} {issued.code[3:]}"}).status_code == 302
    done = client.post(f"{link(issued)}pin/", {"pin": PIN, "again": PIN, "is_own_phone": "on"})

    assert done["Location"] == "/"
    assert client.session["_auth_user_id"] == str(hlan.pk)
    again = Client()
    again.post("/login/", {"username": "0900 000 012", "password": PIN})
    assert again.session["_auth_user_id"] == str(hlan.pk)


@pytest.mark.parametrize(("ticked", "seconds"), [({"is_own_phone": "on"}, 30 * 24 * 3600), ({}, None)])
def test_only_ones_own_phone_stays_signed_in(
    client: Client, issued: claims.Issued, ticked: dict[str, str], seconds: int | None
) -> None:
    client.post(link(issued), {"code": issued.code})
    client.post(f"{link(issued)}pin/", {"pin": PIN, "again": PIN, **ticked})
    if seconds:
        assert client.session.get_expiry_age() == seconds
    else:
        assert client.session.get_expire_at_browser_close()


def test_the_pin_cannot_be_set_without_the_code(client: Client, issued: claims.Issued, hlan: User) -> None:
    answer = client.post(f"{link(issued)}pin/", {"pin": PIN, "again": PIN})
    assert answer["Location"] == link(issued)
    hlan.refresh_from_db()
    assert not hlan.has_pin


def test_the_code_of_one_card_does_not_open_another(client: Client, issued: claims.Issued, officer: User) -> None:
    other = claims.issue_card(UserFactory(username="khac"), by=officer)
    client.post(link(issued), {"code": issued.code})
    assert client.post(f"{link(other)}pin/", {"pin": PIN, "again": PIN})["Location"] == link(other)


def test_ten_wrong_codes_close_the_card_and_the_page_says_whom_to_call(
    client: Client, issued: claims.Issued, officer: User
) -> None:
    for _try in range(9):
        assert client.post(link(issued), {"code": other_than(issued.code)}).status_code == 422
    last = client.post(link(issued), {"code": other_than(issued.code)})
    right = client.post(link(issued), {"code": issued.code})

    assert last.status_code == right.status_code == 410
    page = right.content.decode()
    assert "10 times" in page
    assert str(officer) in page
    assert "0900000099" in page
    assert AuditEvent.objects.filter(verb="people.card_closed").count() == 1


def test_a_card_past_its_day_is_refused_with_the_way_out(client: Client, issued: claims.Issued) -> None:
    ClaimCard.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    answer = client.post(link(issued), {"code": issued.code})
    assert answer.status_code == 410
    assert "past its day" in answer.content.decode()


def test_a_new_card_closes_the_earlier_one(client: Client, issued: claims.Issued, hlan: User, officer: User) -> None:
    newer = claims.issue_card(hlan, by=officer)
    assert client.get(link(issued)).status_code == 410
    assert client.get(link(newer)).status_code == 200


def test_a_used_card_cannot_be_used_again(issued: claims.Issued) -> None:
    claims.claim(issued.card, pin=PIN)
    with pytest.raises(claims.CardRefused, match="has been used"):
        claims.claim(issued.card, pin="975310")


def test_the_pin_in_use_stays_valid_until_a_new_card_is_used(issued: claims.Issued, hlan: User, officer: User) -> None:
    claims.claim(issued.card, pin=PIN)
    newer = claims.issue_card(hlan, by=officer)
    hlan.refresh_from_db()
    assert hlan.check_password(PIN)
    claims.claim(newer.card, pin="735192")
    hlan.refresh_from_db()
    assert hlan.check_password("735192")


def test_officials_get_no_card(gia_lai: Office) -> None:
    with pytest.raises(claims.CardRefused, match="official"):
        claims.issue_card(gia_lai.leader, by=gia_lai.manager)


def test_an_unknown_link_is_not_found(client: Client, db: None) -> None:
    assert client.get(f"/claim/{'A' * 26}/").status_code == 404


def test_the_link_works_in_the_capitals_of_the_qr_code(client: Client, issued: claims.Issued) -> None:
    assert client.get(f"/CLAIM/{issued.token}/").status_code == 200


@pytest.mark.parametrize(
    ("pin", "reason"),
    [
        ("000000", "repeats"),
        ("121212", "repeats"),
        ("123123", "repeats"),
        ("123456", "counts"),
        ("654321", "counts"),
        ("000012", "phone"),
        ("12345", "exactly 6"),
        ("12a456", "exactly 6"),
        ("١٢٣٤٥٩", "exactly 6"),
    ],
)
def test_a_pin_that_strangers_try_first_is_refused_with_its_reason(pin: str, reason: str) -> None:
    with pytest.raises(pins.WeakPin, match=reason):
        pins.check_pin(pin, phone="0900000012")


def test_a_weak_or_different_pin_is_refused_beside_its_field(client: Client, issued: claims.Issued) -> None:
    client.post(link(issued), {"code": issued.code})
    weak = client.post(f"{link(issued)}pin/", {"pin": "123456", "again": "123456"})
    differs = client.post(f"{link(issued)}pin/", {"pin": PIN, "again": "280468"})
    assert weak.status_code == differs.status_code == 422
    assert "pin" in weak.context["form"].errors
    assert "again" in differs.context["form"].errors


def test_a_pin_is_changed_into_a_pin_and_not_into_a_weak_one(client: Client, issued: claims.Issued, hlan: User) -> None:
    client.force_login(claims.claim(issued.card, pin=PIN))
    weak = {"old_password": PIN, "new_password1": "111111", "new_password2": "111111"}
    assert client.post("/account/password/", weak).status_code == 200
    client.post("/account/password/", {**weak, "new_password1": "735192", "new_password2": "735192"})
    hlan.refresh_from_db()
    assert hlan.check_password("735192")


def test_a_forgotten_pin_leads_to_the_officer(client: Client, db: None) -> None:
    page = client.get("/forgot-pin/").content.decode()
    assert "new card" in page


def test_the_pin_page_asks_with_the_number_keys(client: Client, db: None) -> None:
    assert 'inputmode="numeric"' in client.get("/login/?by=pin").content.decode()
    assert 'inputmode="numeric"' not in client.get("/login/").content.decode()


def test_who_signs_in_with_a_pin_reads_about_the_pin_and_not_about_keys(client: Client, gia_lai: Office) -> None:
    user = UserFactory(has_pin=True)
    client.force_login(user)
    page = client.get("/account/").content.decode()
    assert "Change the PIN" in page
    assert "Shortcut keys" not in page
    assert "Change the PIN" in client.get("/account/password/").content.decode()
    client.force_login(gia_lai.manager)
    page = client.get("/account/").content.decode()
    assert "Change password" in page
    assert "Shortcut keys" in page


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/claim/", "/CLAIM/ABC/", "/CLAIM/ABCDEFGHIJKLMNOPQRSTUVWXYZ/", "/claim/a/b/"])
def test_a_mistyped_address_of_a_card_says_to_look_at_the_card_again(client: Client, address: str) -> None:
    page = client.get(address)
    assert page.status_code == 404
    assert "people/claim_unknown.html" in [template.name for template in page.templates]
