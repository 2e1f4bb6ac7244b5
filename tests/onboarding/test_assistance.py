"""Filling in for a producer: consent first, both names, the producer's word at the end."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from notices.models import Message
from onboarding.actions.answers import save_answer
from onboarding.actions.assistance import (
    Given,
    confirm_assistance,
    end_assistance,
    make_code,
    object_to_assistance,
    start_assistance,
)
from onboarding.actions.dossier import send_dossier
from onboarding.dossiers import rows_of
from onboarding.errors import NotAllowedForYou, NotAllowedNow, WrongAnswer
from onboarding.models import Assistance, Dossier
from people.claims import issue_card
from people.models import AuditEvent
from privacy.models import Consent, Purpose
from tests.factories.dossiers import complete, opened, person_of
from tests.factories.people import Office, Role, member

PAPER = Given(paper="GĐY-07", name="Rơ Châm H’Lan (giả lập)")


@pytest.fixture
def dossier(gia_lai: Office) -> Dossier:
    return opened(gia_lai)


@pytest.fixture
def helping(dossier: Dossier, gia_lai: Office) -> Assistance:
    code = make_code(dossier, by=person_of(dossier))
    return start_assistance(dossier, given=Given(code=code), by=gia_lai.helper)


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


def test_a_helper_without_consent_is_refused(dossier: Dossier, gia_lai: Office) -> None:
    with pytest.raises(NotAllowedForYou, match="consent"):
        save_answer(dossier, "contact_name", "X", by=gia_lai.helper)
    with pytest.raises(WrongAnswer):
        start_assistance(dossier, given=Given(), by=gia_lai.helper)
    assert not Consent.objects.exists()


def test_the_code_on_the_producers_phone_is_their_consent(
    helping: Assistance, dossier: Dossier, gia_lai: Office
) -> None:
    consent = helping.consent
    assert (consent.text.purpose, consent.channel) == (Purpose.ASSISTANCE, Consent.Channel.CODE)
    assert consent.given_by == person_of(dossier)
    assert consent.recorded_by == gia_lai.helper


def test_the_code_of_an_unused_claim_card_counts_too(dossier: Dossier, gia_lai: Office) -> None:
    issued = issue_card(person_of(dossier), by=gia_lai.helper)
    started = start_assistance(dossier, given=Given(code=issued.code), by=gia_lai.helper)
    assert started.consent.given_by == person_of(dossier)
    issued.card.refresh_from_db()
    assert issued.card.closed_at is None


def test_a_paper_names_who_signed_it_and_its_number(dossier: Dossier, gia_lai: Office) -> None:
    with pytest.raises(WrongAnswer):
        start_assistance(dossier, given=Given(paper="GĐY-07"), by=gia_lai.helper)
    started = start_assistance(dossier, given=PAPER, by=gia_lai.helper)
    assert (started.consent.channel, started.consent.evidence) == (Consent.Channel.PAPER, "GĐY-07")
    assert started.consent.given_by is None


def test_a_code_works_once_soon_and_not_after_ten_wrong_ones(dossier: Dossier, gia_lai: Office) -> None:
    person, helper = person_of(dossier), gia_lai.helper
    code = make_code(dossier, by=person)
    with pytest.raises(WrongAnswer):
        start_assistance(dossier, given=Given(code=code), by=helper, now=timezone.now() + timedelta(minutes=31))
    for _try in range(10):
        with pytest.raises(WrongAnswer):
            start_assistance(dossier, given=Given(code=wrong(code)), by=helper)
    with pytest.raises(WrongAnswer):
        start_assistance(dossier, given=Given(code=code), by=helper)
    code = make_code(dossier, by=person)
    end_assistance(start_assistance(dossier, given=Given(code=code), by=helper), by=helper)
    with pytest.raises(WrongAnswer):
        start_assistance(dossier, given=Given(code=code), by=helper)


def test_only_the_projects_field_people_help(dossier: Dossier, gia_lai: Office, son_la: Office) -> None:
    code = make_code(dossier, by=person_of(dossier))
    outsider = member("gl-hotro-khac", Role.HELPER, gia_lai.organisation)  # not among the project's people
    for user in (gia_lai.clerk, gia_lai.leader, outsider, son_la.helper):
        with pytest.raises(NotAllowedForYou):
            start_assistance(dossier, given=Given(code=code), by=user)


def test_only_the_producers_own_people_make_a_code(dossier: Dossier, gia_lai: Office) -> None:
    with pytest.raises(NotAllowedForYou):
        make_code(dossier, by=gia_lai.helper)


@pytest.mark.usefixtures("helping")
def test_every_answer_carries_both_names(dossier: Dossier, gia_lai: Office) -> None:
    save_answer(dossier, "contact_name", "H’Lan", by=gia_lai.helper)
    row = next(row for row in rows_of(dossier) if row["question"] == "contact_name")
    assert (row["answered_by"], row["helped_by"]) == (str(person_of(dossier)), str(gia_lai.helper))


def test_a_withdrawn_consent_ends_the_helping(helping: Assistance, dossier: Dossier, gia_lai: Office) -> None:
    Consent.objects.update(withdrawn_at=timezone.now(), withdrawn_by=person_of(dossier))
    with pytest.raises(NotAllowedForYou):
        save_answer(dossier, "contact_name", "X", by=gia_lai.helper)


def test_the_end_asks_the_producer_who_confirms(helping: Assistance, dossier: Dossier, gia_lai: Office) -> None:
    save_answer(dossier, "contact_name", "H’Lan", by=gia_lai.helper)
    with pytest.raises(NotAllowedNow):
        confirm_assistance(helping, by=person_of(dossier))
    ended = end_assistance(helping, by=gia_lai.helper)
    assert Message.objects.filter(recipient=person_of(dossier), event="dossier.assisted").count() == 1
    with pytest.raises(NotAllowedForYou):
        save_answer(dossier, "contact_name", "X", by=gia_lai.helper)
    with pytest.raises(NotAllowedForYou):
        confirm_assistance(ended, by=gia_lai.helper)
    assert confirm_assistance(ended, by=person_of(dossier)).confirmed_at
    with pytest.raises(NotAllowedNow):
        object_to_assistance(ended, reason="x", by=person_of(dossier))


def test_an_objection_reaches_the_helpers_office(helping: Assistance, dossier: Dossier, gia_lai: Office) -> None:
    save_answer(dossier, "contact_name", "Ai đó", by=gia_lai.helper)
    ended = end_assistance(helping, by=gia_lai.helper)
    with pytest.raises(WrongAnswer):
        object_to_assistance(ended, reason="  ", by=person_of(dossier))
    object_to_assistance(ended, reason="Tên này không phải của tôi", by=person_of(dossier))
    told = Message.objects.filter(event="dossier.objected")
    assert {message.recipient for message in told} == {gia_lai.manager, gia_lai.helper}
    assert AuditEvent.objects.filter(verb="dossier.assistance_objected").count() == 1
    assert "Tên này" not in str(list(AuditEvent.objects.values_list("facts", flat=True)))


def test_a_helper_may_send_for_a_producer_without_a_phone(gia_lai: Office) -> None:
    dossier = complete(gia_lai)
    start_assistance(dossier, given=PAPER, by=gia_lai.helper)
    assert send_dossier(dossier, by=gia_lai.helper).sent_by == gia_lai.helper
