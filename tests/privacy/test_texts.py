"""The words that people agree to: versions that never change, asked for anew where the use changed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from notices.models import Message
from onboarding.dossiers import standing_of
from onboarding.models import Dossier
from people.models import AuditEvent, Membership, User
from privacy import policies
from privacy.actions import give_consent, issue_text
from privacy.errors import NotAllowedForYou, TextRefused
from privacy.models import Consent, ConsentText, Purpose
from privacy.reminders import ask_anew
from registry.models import Producer
from tests.factories.dossiers import opened
from tests.factories.people import Office, member
from tests.factories.registry import ProducerFactory, producer_user

pytestmark = pytest.mark.django_db
NEW = "Dữ liệu được dùng: tên và ảnh nơi sản xuất (giả lập)."
URL = "/privacy/texts/public_name/new/"


@pytest.fixture
def household(gia_lai: Office) -> Producer:
    return ProducerFactory(province=gia_lai.province, kind=Producer.Kind.HOUSEHOLD, name="Hộ bà Na (giả lập)")


@pytest.fixture
def keeper(gia_lai: Office) -> User:
    """An administrator."""
    return member("gl-quantri", Membership.Role.ADMINISTRATOR, gia_lai.organisation)


def agree(producer: Producer, purpose: str = Purpose.PUBLIC_NAME) -> Consent:
    user = producer_user(producer, "0900000011")
    return give_consent(producer, purpose, given_by_name="Bà Na", channel="phone", by=user, given_by=user)


def issue(by: User, **changes: Any) -> ConsentText:
    words: dict[str, Any] = {"text": NEW, "effective_from": timezone.localdate(), "asks_anew": False, "after": 1}
    return issue_text(changes.pop("purpose", Purpose.PUBLIC_NAME), **(words | changes), by=by)


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="people.auth.PhoneOrUsernameBackend")
    return client


def fields(**changes: Any) -> dict[str, str]:
    return {"text": NEW, "effective_from": f"{timezone.localdate():%d/%m/%Y}", "after": "1"} | changes


def test_the_next_version_stands_beside_the_one_that_comes_with_the_product(keeper: User) -> None:
    issued = issue(keeper)
    assert (issued.version, issued.text) == (2, NEW)
    assert "91/2025/QH15" in ConsentText.objects.get(purpose=Purpose.PUBLIC_NAME, version=1).text
    assert policies.current_text(Purpose.PUBLIC_NAME, timezone.localdate()) == issued
    event = AuditEvent.objects.get(verb="privacy.text_issued")
    assert event.facts == {"purpose": "public_name", "version": 2, "day": f"{timezone.localdate()}"}


def test_words_that_are_stored_cannot_be_edited(keeper: User) -> None:
    issued = issue(keeper)
    issued.text = "Lời khác"
    with pytest.raises(TypeError, match="next version"):
        issued.save()


def test_clearer_words_leave_the_earlier_yes_as_it_is(household: Producer, keeper: User) -> None:
    agree(household)
    issue(keeper)
    assert policies.has_consent(household, Purpose.PUBLIC_NAME)


def test_words_for_another_use_ask_everybody_anew_from_their_day_on(household: Producer, keeper: User) -> None:
    first, today = agree(household), timezone.localdate()
    tomorrow = today + timedelta(days=1)
    issue(keeper, asks_anew=True, effective_from=tomorrow)
    assert policies.has_consent(household, Purpose.PUBLIC_NAME, today)
    assert not policies.has_consent(household, Purpose.PUBLIC_NAME, tomorrow)
    first.refresh_from_db()
    assert first.withdrawn_at is None, "what was said stays as it was said"


def test_a_yes_to_the_new_words_counts(household: Producer, keeper: User) -> None:
    agree(household)
    issued = issue(keeper, asks_anew=True)
    assert not policies.shows_name(household)
    assert agree(household).text == issued
    assert policies.shows_name(household)


def test_clearer_words_after_those_that_ask_anew_do_not_bring_the_old_yes_back(
    household: Producer, keeper: User
) -> None:
    agree(household)
    issue(keeper, asks_anew=True)
    issue(keeper, text=NEW + " Rõ hơn.", after=2)
    assert not policies.has_consent(household, Purpose.PUBLIC_NAME)


@pytest.mark.parametrize("status", [Dossier.Status.OPEN, Dossier.Status.RETURNED])
def test_a_dossier_that_can_be_changed_asks_for_the_consent_again(gia_lai: Office, keeper: User, status: str) -> None:
    dossier = opened(gia_lai)
    agree(dossier.producer, Purpose.ONBOARDING)
    dossier.status = status
    assert standing_of(dossier).may_change("consent") is (status == Dossier.Status.OPEN)
    issue(keeper, purpose=Purpose.ONBOARDING, asks_anew=True)
    standing = standing_of(dossier)
    assert not standing.has_consented
    assert standing.may_change("consent")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"effective_from": date(2026, 1, 2)}, "effective_from"),
        ({"after": 7}, "text"),
        ({"text": policies.built_in(Purpose.PUBLIC_NAME).text + " "}, "text"),
    ],
    ids=["in force before today", "another version came first", "the same words"],
)
def test_words_that_cannot_be_issued_say_which_field_is_wrong(
    keeper: User, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(TextRefused) as refused:
        issue(keeper, **changes)
    assert refused.value.field == field


def test_only_an_administrator_issues_words(gia_lai: Office, keeper: User) -> None:
    with pytest.raises(NotAllowedForYou):
        issue(gia_lai.manager)
    assert browser(gia_lai.manager).get(URL).status_code == 403
    assert browser(gia_lai.manager).post(URL, fields()).status_code == 403
    assert not ConsentText.objects.exists()
    assert browser(keeper).get(URL).status_code == 200


def test_an_administrator_issues_words_and_sees_who_gave_the_earlier_ones(household: Producer, keeper: User) -> None:
    given = agree(household)
    client = browser(keeper)
    answer = client.post(URL, fields(asks_anew="on"), follow=True)
    assert NEW in answer.content.decode()
    before = client.get(f"/privacy/texts/{given.text.pk}/").content.decode()
    assert household.name in before
    assert "Bà Na" in before
    listed = client.get("/privacy/texts/").content.decode()
    assert "version 2" in listed
    assert "asks everybody again" in listed


def test_the_consents_of_another_province_are_not_shown(household: Producer, keeper: User, son_la: Office) -> None:
    given = agree(household)
    page = browser(son_la.manager).get(f"/privacy/texts/{given.text.pk}/")
    assert page.status_code == 200
    assert household.name not in page.content.decode()


def test_words_issued_meanwhile_are_named_and_nothing_typed_is_lost(keeper: User) -> None:
    client = browser(keeper)
    assert client.get(URL).status_code == 200
    issue(keeper, text="Bản của người khác (giả lập).")
    answer = client.post(URL, fields())
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Version 2 was issued meanwhile" in page
    assert NEW in page
    assert 'name="after" value="2"' in page


def test_the_producer_s_page_says_that_it_is_asked_again_and_offers_the_new_words(
    household: Producer, keeper: User
) -> None:
    given = agree(household)
    issue(keeper, asks_anew=True)
    page = browser(producer_user(household, "0900000011")).get(f"/producers/{household.pk}/privacy/").content.decode()
    assert "Asked again" in page
    assert f"/privacy/producers/{household.pk}/give/public_name/" in page
    assert given.given_by_name in page


# --- people are told ---------------------------------------------------------------------------
def test_people_are_told_once_when_new_words_ask_them_again(household: Producer, keeper: User) -> None:
    agree(household)
    text = issue(keeper, asks_anew=True)
    assert (ask_anew(), ask_anew()) == (1, 0)
    message = Message.objects.get(event="privacy.asked_anew")
    assert message.recipient == household.members.get().user
    assert message.key.startswith(f"privacy:anew:{text.pk}:{household.pk}")


def test_nobody_is_told_of_words_that_only_became_clearer(household: Producer, keeper: User) -> None:
    agree(household)
    issue(keeper)
    assert ask_anew() == 0


def test_people_are_told_on_the_day_from_which_the_new_words_hold(household: Producer, keeper: User) -> None:
    agree(household)
    issue(keeper, asks_anew=True, effective_from=timezone.localdate() + timedelta(days=3))
    assert ask_anew() == 0
    assert ask_anew(timezone.now() + timedelta(days=3)) == 1


def test_who_has_agreed_to_the_new_words_or_withdrawn_is_not_told(household: Producer, keeper: User) -> None:
    given = agree(household)
    issue(keeper, asks_anew=True)
    give_consent(
        household,
        Purpose.PUBLIC_NAME,
        given_by_name="Bà Na",
        channel="phone",
        by=given.given_by,
        given_by=given.given_by,
    )
    assert ask_anew() == 0
