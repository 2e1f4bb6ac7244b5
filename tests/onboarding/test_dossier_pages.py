"""The producer's pages: one question each, errors beside the field, nobody else's dossier."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client

from onboarding.actions.answers import save_answer
from onboarding.actions.assistance import Given, make_code, start_assistance
from onboarding.actions.dossier import return_dossier, send_dossier
from onboarding.models import Answer, Dossier
from privacy.models import Consent, Purpose
from projects.models import Enrolment
from tests.factories.dossiers import colleague_of, complete, opened, person_of, photo, train
from tests.factories.people import Office
from tests.factories.registry import ProducerFactory, producer_user


@pytest.fixture
def dossier(gia_lai: Office) -> Dossier:
    return opened(gia_lai)


@pytest.fixture
def phone(client: Client, dossier: Dossier) -> Client:
    client.force_login(person_of(dossier))
    return client


def page(dossier: Dossier, key: str) -> str:
    return f"/dossiers/{dossier.reference}/q/{key}/"


def test_home_shows_the_task_list_with_one_next_thing(phone: Client, dossier: Dossier, vietnamese: None) -> None:
    html = phone.get("/", follow=True).content.decode()
    assert "CHƯA GỬI" in html
    assert html.count("next-task") == 1
    assert page(dossier, "producer_right") in html


def test_several_products_are_listed_with_how_far_they_are(phone: Client, dossier: Dossier, gia_lai: Office) -> None:
    other = opened(gia_lai, number=2, project=dossier.project)
    other.producer.members.create(user=person_of(dossier))
    html = phone.get("/stamps/mine/").content.decode()
    assert dossier.get_absolute_url() in html
    assert other.get_absolute_url() in html
    assert html.count("next-task") == 1


def test_an_answer_leads_to_the_next_question_and_at_the_end_to_the_list(phone: Client, dossier: Dossier) -> None:
    first = phone.post(page(dossier, "contact_name"), {"value": "H’Lan"})
    assert first["Location"] == page(dossier, "contact_phone")
    last = phone.post(page(dossier, "contact_phone"), {"value": "0900000012"})
    assert last["Location"] == dossier.get_absolute_url()
    assert dossier.answers.count() == 2


def test_a_wrong_answer_is_refused_beside_its_field_and_kept_in_it(phone: Client, dossier: Dossier) -> None:
    answer = phone.post(page(dossier, "contact_phone"), {"value": "12 không"})
    assert answer.status_code == 422
    html = answer.content.decode()
    assert 'id="id_value_error"' in html
    assert "12 không" in html


def test_not_knowing_is_a_button(phone: Client, dossier: Dossier) -> None:
    phone.post(page(dossier, "food_safety"), {"unknown": "1"})
    assert dossier.answers.get().is_unknown
    assert 'name="unknown"' not in phone.get(page(dossier, "contact_name")).content.decode()


def test_consent_is_never_ticked_before_and_nothing_happens_without_it(phone: Client, dossier: Dossier) -> None:
    html = phone.get(page(dossier, "consent")).content.decode()
    assert "checked" not in html
    assert phone.post(page(dossier, "consent"), {}).status_code == 422
    assert not Consent.objects.exists()
    phone.post(page(dossier, "consent"), {"agree": "on"})
    consent = Consent.objects.get()
    assert (consent.text.purpose, consent.channel, consent.given_by) == (
        Purpose.ONBOARDING,
        Consent.Channel.PHONE,
        person_of(dossier),
    )


def test_two_people_on_one_page_are_shown_both_values(phone: Client, dossier: Dossier) -> None:
    save_answer(dossier, "contact_name", "H’Nghi", by=colleague_of(dossier))
    stale = phone.post(page(dossier, "contact_name"), {"value": "H’Lan", "based_on": ""}, follow=True)
    html = stale.content.decode()
    assert "H’Nghi" in html
    assert "H’Lan" in html
    chosen = Answer.objects.get(value="H’Lan")
    phone.post(f"{page(dossier, 'contact_name')}choose/", {"answer": chosen.pk})
    chosen.refresh_from_db()
    assert chosen.state == Answer.State.CURRENT
    assert Answer.objects.count() == 2


@pytest.mark.parametrize("answer", ["", "x", "0", "999999999999999999999"])
def test_a_senseless_choice_changes_nothing(phone: Client, dossier: Dossier, answer: str) -> None:
    save_answer(dossier, "contact_name", "H’Nghi", by=colleague_of(dossier))
    phone.post(page(dossier, "contact_name"), {"value": "H’Lan"})
    assert phone.post(f"{page(dossier, 'contact_name')}choose/", {"answer": answer}).status_code == 302
    assert Answer.objects.filter(state=Answer.State.DISPUTED).count() == 1


def test_an_answer_based_on_nonsense_is_no_server_error(phone: Client, dossier: Dossier) -> None:
    answer = phone.post(page(dossier, "contact_name"), {"value": "H’Lan", "based_on": "abc"})
    assert answer.status_code == 422


def test_the_dossier_is_sent_from_the_page_of_answers_and_then_says_so(
    client: Client, gia_lai: Office, vietnamese: None
) -> None:
    dossier = complete(gia_lai)
    client.force_login(person_of(dossier))
    assert "Gửi hồ sơ" in client.get(f"/dossiers/{dossier.reference}/check/").content.decode()
    html = client.post(f"/dossiers/{dossier.reference}/send/", follow=True).content.decode()
    assert "ĐÃ GỬI" in html
    assert "CHƯA GỬI" not in html
    assert dossier.reference in html


def test_an_incomplete_dossier_names_what_is_left(phone: Client, dossier: Dossier) -> None:
    html = phone.get(f"/dossiers/{dossier.reference}/check/").content.decode()
    assert "Person in charge" in html
    assert f"/dossiers/{dossier.reference}/send/" not in html
    assert phone.post(f"/dossiers/{dossier.reference}/send/").status_code == 302
    dossier.refresh_from_db()
    assert dossier.status == Dossier.Status.OPEN


def test_a_returned_step_opens_at_its_remark(client: Client, gia_lai: Office) -> None:
    dossier = complete(gia_lai)
    person = person_of(dossier)
    send_dossier(dossier, by=person)
    return_dossier(dossier, remarks=[("label_photo", "Ảnh bị mờ")], by=gia_lai.helper)
    client.force_login(person)

    assert page(dossier, "label_photo") in client.get("/stamps/mine/").content.decode()
    assert "Ảnh bị mờ" in client.get(page(dossier, "label_photo")).content.decode()
    assert client.get(page(dossier, "contact_name"))["Location"] == dossier.get_absolute_url()
    current = dossier.answers.get(question="label_photo")
    done = client.post(page(dossier, "label_photo"), {"value": photo("#0a0"), "based_on": current.pk})
    assert done["Location"] == f"/dossiers/{dossier.reference}/check/"


# --- photos ----------------------------------------------------------------------------------
def test_a_photo_is_served_as_a_file_to_those_who_may_see_the_dossier(phone: Client, dossier: Dossier) -> None:
    phone.post(page(dossier, "product_photo"), {"value": photo()})
    answer = dossier.answers.get()
    served = phone.get(f"/dossiers/{dossier.reference}/pictures/{answer.pk}/")
    assert served["Content-Disposition"].startswith("attachment")
    assert served["X-Content-Type-Options"] == "nosniff"
    assert b"".join(served.streaming_content).startswith(b"\xff\xd8")


def test_what_is_no_photo_is_refused_beside_the_field(phone: Client, dossier: Dossier) -> None:
    bad = photo()
    bad.seek(0)
    bad.truncate(0)
    bad.write(b"MZ not a picture")
    bad.seek(0)
    assert phone.post(page(dossier, "product_photo"), {"value": bad}).status_code == 422
    assert phone.post(page(dossier, "product_photo"), {}).status_code == 422
    assert not dossier.answers.exists()


# --- strangers -------------------------------------------------------------------------------
def addresses(dossier: Dossier) -> Iterator[tuple[str, str]]:
    answer = save_answer(dossier, "product_photo", picture=photo(), by=person_of(dossier))
    base = f"/dossiers/{dossier.reference}/"
    for path in ("", "check/", "q/contact_name/", "q/consent/", f"pictures/{answer.pk}/", "help/code/", "help/start/"):
        yield "get", base + path
    for path in ("q/contact_name/", "q/consent/", "q/contact_name/choose/", "send/", "help/code/", "help/start/"):
        yield "post", base + path


def test_a_stranger_gets_404_on_every_address_of_a_dossier(client: Client, dossier: Dossier, son_la: Office) -> None:
    stranger = producer_user(ProducerFactory(number=77, province=dossier.producer.province), "nguoi-la")
    for user in (stranger, son_la.helper, son_la.manager):
        client.force_login(user)
        wrong = [url for method, url in addresses(dossier) if getattr(client, method)(url).status_code != 404]
        assert wrong == []


def test_a_photo_of_one_dossier_is_not_found_under_another(phone: Client, dossier: Dossier, gia_lai: Office) -> None:
    other = opened(gia_lai, number=2, project=dossier.project)
    answer = save_answer(other, "product_photo", picture=photo(), by=person_of(other))
    assert phone.get(f"/dossiers/{dossier.reference}/pictures/{answer.pk}/").status_code == 404


def test_officials_read_but_do_not_answer(client: Client, dossier: Dossier, gia_lai: Office) -> None:
    client.force_login(gia_lai.clerk)
    assert client.get(dossier.get_absolute_url()).status_code == 200
    assert client.get(page(dossier, "contact_name")).status_code == 403
    assert client.post(page(dossier, "contact_name"), {"value": "X"}).status_code == 403
    assert client.post(f"/dossiers/{dossier.reference}/send/").status_code == 403
    assert client.get(f"/dossiers/{dossier.reference}/help/start/").status_code == 403


def test_an_unknown_question_is_not_found(phone: Client, dossier: Dossier) -> None:
    assert phone.get(page(dossier, "khong-co")).status_code == 404


# --- helping ---------------------------------------------------------------------------------
def test_the_banner_is_on_every_page_while_helping(client: Client, dossier: Dossier, gia_lai: Office) -> None:
    code = make_code(dossier, by=person_of(dossier))
    start_assistance(dossier, given=Given(code=code), by=gia_lai.helper)
    client.force_login(gia_lai.helper)
    base = f"/dossiers/{dossier.reference}/"
    for path in ("", "check/", "q/contact_name/", "q/consent/"):
        assert 'class="helping"' in client.get(base + path).content.decode(), path


def test_a_helper_begins_with_the_code_from_the_phone_and_the_producer_confirms(
    phone: Client, dossier: Dossier, gia_lai: Office
) -> None:
    base = f"/dossiers/{dossier.reference}/"
    html = phone.post(f"{base}help/code/").content.decode()
    code = html.split('class="code">')[1][:6]
    helper = Client()
    helper.force_login(gia_lai.helper)
    assert helper.post(f"{base}help/start/", {"code": "", "paper": "", "name": ""}).status_code == 422
    assert helper.post(f"{base}help/start/", {"code": code})["Location"] == base
    helper.post(f"{base}q/contact_name/", {"value": "H’Lan"})
    helping = dossier.assistances.get()
    helper.post(f"{base}help/{helping.pk}/end/")
    assert helper.post(f"{base}q/contact_name/", {"value": "X"}).status_code == 403

    assert f"{base}help/{helping.pk}/" in phone.get("/stamps/mine/").content.decode()
    assert phone.post(f"{base}help/{helping.pk}/", {"act": "object", "reason": ""}).status_code == 422
    phone.post(f"{base}help/{helping.pk}/", {"act": "confirm"})
    helping.refresh_from_db()
    assert helping.confirmed_at


def test_a_product_that_was_taken_out_is_no_longer_on_the_list(phone: Client, dossier: Dossier) -> None:
    Enrolment.objects.update(withdrawn_at=dossier.opened_at)
    assert dossier.reference not in phone.get("/stamps/mine/").content.decode()


def test_the_list_of_a_trained_producer_opens_the_diary(phone: Client, dossier: Dossier) -> None:
    assert page(dossier, "diary_keeper") not in phone.get("/stamps/mine/").content.decode()
    train(dossier)
    assert page(dossier, "diary_keeper") in phone.get("/stamps/mine/").content.decode()


def test_an_unknown_reference_is_not_found(phone: Client) -> None:
    assert phone.get("/dossiers/GL-77/").status_code == 404
