"""The pages of consents and requests: producers and officials, refusals beside the field."""

from __future__ import annotations

import json
from datetime import date

import pytest

from people.models import AuditEvent, User
from privacy import policies
from privacy.actions import give_consent, receive_request
from privacy.models import Consent, DataRequest, Purpose
from registry.models import Producer
from tests.factories.people import Office, signed_in
from tests.factories.registry import ProducerFactory, producer_user

pytestmark = pytest.mark.django_db
NAME = "Hộ bà Na (giả lập)"


@pytest.fixture
def household(gia_lai: Office) -> Producer:
    return ProducerFactory(province=gia_lai.province, kind=Producer.Kind.HOUSEHOLD, name=NAME, phone="0900000012")


@pytest.fixture
def na(household: Producer) -> User:
    """The household's own person."""
    return producer_user(household, "0900000011")


def give_url(producer: Producer, purpose: str = Purpose.PUBLIC_NAME) -> str:
    return f"/privacy/producers/{producer.pk}/give/{purpose}/"


def test_the_box_is_not_ticked_in_advance_and_the_words_are_shown(household: Producer, na: User) -> None:
    page = signed_in(na).get(give_url(household)).content.decode()
    assert "checked" not in page
    assert "Thông tư 02/2024/TT-BKHCN" in page
    assert "no-js simple" in page


def test_an_unticked_box_is_refused_in_words(household: Producer, na: User) -> None:
    answer = signed_in(na).post(give_url(household), {"given_by_name": NAME})
    assert answer.status_code == 422
    assert "nothing was agreed to" in answer.content.decode()
    assert not Consent.objects.exists()


def test_a_producer_agrees_sees_it_and_withdraws(household: Producer, na: User) -> None:
    client = signed_in(na)
    assert client.post(give_url(household), {"given_by_name": NAME, "agrees": "on"}).status_code == 302
    consent = Consent.objects.get()
    assert (consent.given_by, consent.recorded_by, consent.channel) == (na, None, "phone")
    page = client.get(f"/producers/{household.pk}/privacy/").content.decode()
    for shown in (NAME, "On their own phone", "version 1", "Thông tư 02/2024/TT-BKHCN"):
        assert shown in page
    assert "printed stamps go on working" in client.get(f"/privacy/consents/{consent.pk}/withdraw/").content.decode()
    assert policies.has_consent(household, Purpose.PUBLIC_NAME)
    client.post(f"/privacy/consents/{consent.pk}/withdraw/")
    assert not policies.has_consent(household, Purpose.PUBLIC_NAME)
    assert "1 earlier consent" in client.get(f"/producers/{household.pk}/privacy/").content.decode()


def test_an_official_enters_a_paper_and_names_it(household: Producer, gia_lai: Office) -> None:
    client = signed_in(gia_lai.helper)
    refused = client.post(give_url(household), {"given_by_name": NAME, "agrees": "on"})
    assert refused.status_code == 422
    client.post(give_url(household), {"given_by_name": NAME, "agrees": "on", "evidence": "Phiếu số 12"})
    consent = Consent.objects.get()
    assert (consent.channel, consent.evidence, consent.recorded_by) == ("paper", "Phiếu số 12", gia_lai.helper)


def test_nothing_asks_for_a_picture_of_an_identity_card(household: Producer, gia_lai: Office) -> None:
    page = signed_in(gia_lai.helper).get(give_url(household)).content.decode()
    assert "identity cards" in page
    assert 'type="file"' not in page


@pytest.mark.parametrize("purpose", ["none-such", "PUBLIC_NAME"])
def test_an_unknown_purpose_is_not_found(household: Producer, na: User, purpose: str) -> None:
    assert signed_in(na).get(give_url(household, purpose)).status_code == 404


def test_a_producer_asks_about_its_data(household: Producer, na: User) -> None:
    client = signed_in(na)
    url = f"/privacy/producers/{household.pk}/ask/"
    assert client.post(url, {"kind": "nonsense", "requester_name": NAME}).status_code == 422
    answer = client.post(url, {"kind": "see", "requester_name": NAME, "requester_phone": "0900 000 012"})
    request = DataRequest.objects.get()
    assert answer.headers["Location"] == request.get_absolute_url()
    assert (request.asked_by, request.requester_phone) == (na, "0900000012")
    page = client.get(request.get_absolute_url()).content.decode()
    assert "To be answered" in page
    assert "Close the request" not in page


def test_an_official_enters_a_request_from_the_producers_page(household: Producer, gia_lai: Office) -> None:
    client = signed_in(gia_lai.manager)
    url = f"/privacy/requests/new/?producer={household.pk}"
    assert NAME in client.get(url).content.decode()
    data = {"producer": household.pk, "province": gia_lai.province.pk, "kind": "delete", "requester_name": NAME}
    assert client.post(url, {**data, "received_on": "32/13/2026"}).status_code == 422
    assert client.post(url, {**data, "received_on": "01/01/2999"}).status_code == 422
    assert client.post(url, {**data, "received_on": "10/09/2026"}).status_code == 302
    assert DataRequest.objects.get().producer == household


@pytest.mark.parametrize("producer", ["x", "999999999999999999999999", "٣"])
def test_a_nonsense_producer_in_the_address_is_no_error(gia_lai: Office, producer: str) -> None:
    assert signed_in(gia_lai.manager).get(f"/privacy/requests/new/?producer={producer}").status_code == 200


def test_a_manager_answers_extends_and_closes_and_refusals_stand_beside_the_field(
    household: Producer, gia_lai: Office
) -> None:
    one = receive_request(kind="see", producer=household, requester_name=NAME, by=gia_lai.helper)
    client, url = signed_in(gia_lai.manager), one.get_absolute_url()
    assert client.post(f"{url}answer/", {"text": ""}).status_code == 422
    client.post(f"{url}answer/", {"text": "Sẽ gửi bản sao."})
    assert client.post(f"{url}extend/", {"days": "16", "reason": "Bận"}).status_code == 422
    client.post(f"{url}extend/", {"days": "15", "reason": "Phải hỏi thêm"})
    again = client.post(f"{url}extend/", {"days": "1", "reason": "Nữa"})
    assert again.status_code == 422
    assert "no second extension" in again.content.decode()
    client.post(f"{url}close/", {"outcome": "done", "result": "Đã gửi."})
    one.refresh_from_db()
    assert (one.outcome, one.answer, one.extension_reason) == ("done", "Sẽ gửi bản sao.", "Phải hỏi thêm")
    assert "Đã gửi." in client.get(url).content.decode()


def test_the_list_marks_what_is_late(household: Producer, gia_lai: Office) -> None:
    receive_request(
        kind="see", producer=household, requester_name=NAME, by=gia_lai.helper, received_on=date(2020, 9, 10)
    )
    page = signed_in(gia_lai.manager).get("/privacy/requests/").content.decode()
    assert "working days late" in page
    assert NAME in signed_in(gia_lai.manager).get("/privacy/requests/?q=ba+na&state=waiting").content.decode()
    assert NAME not in signed_in(gia_lai.manager).get("/privacy/requests/?state=closed").content.decode()


def test_all_that_is_held_can_be_read_and_taken_along(household: Producer, na: User, gia_lai: Office) -> None:
    give_consent(household, Purpose.ONBOARDING, given_by_name=NAME, channel="phone", by=na, given_by=na)
    client = signed_in(na)
    page = client.get(f"/privacy/producers/{household.pk}/data/").content.decode()
    assert "0900000012" in page
    answer = client.post(f"/privacy/producers/{household.pk}/data/file/")
    data = {table["table"]: table["rows"] for table in json.loads(answer.content)["data"]}
    assert data["producer"][0]["phone number"] == "0900000012"
    assert data["consent"][0]["given by"] == NAME
    assert AuditEvent.objects.filter(verb="privacy.data_handed_out", by=na).count() == 1
    assert signed_in(gia_lai.reviewers[0]).get(f"/privacy/producers/{household.pk}/data/").status_code == 403


def test_erasing_asks_for_a_reason_and_a_tick(household: Producer, na: User, gia_lai: Office) -> None:
    client, url = signed_in(gia_lai.manager), f"/privacy/producers/{household.pk}/erase/"
    assert "shelf life" in client.get(url).content.decode()
    assert client.post(url, {"reason": "Không còn lô nào"}).status_code == 422
    assert client.post(url, {"is_sure": "on"}).status_code == 422
    assert client.post(url, {"reason": "Không còn lô nào", "is_sure": "on"}).status_code == 302
    household.refresh_from_db()
    assert "đã xóa theo yêu cầu" in household.name
    assert signed_in(gia_lai.helper).get(url).status_code == 403
