"""Surveys, training and communication as pages."""

from __future__ import annotations

import pytest
from django.test import Client

from projects.actions import project as actions
from projects.models import CommunicationEvent, Enrolment, PilotProject, SurveyResponse, TrainingSession
from tests.factories.fieldwork import questionnaires
from tests.factories.people import Office
from tests.factories.projects import make_project
from tests.factories.registry import ProducerFactory, ProductFactory

BASE = "/projects/GL-99/"


@pytest.fixture
def project(gia_lai: Office, client: Client) -> PilotProject:
    client.force_login(gia_lai.helper)
    questionnaires()
    return make_project(gia_lai)


@pytest.fixture
def enrolment(project: PilotProject, gia_lai: Office) -> Enrolment:
    product = ProductFactory(producer=ProducerFactory(province=gia_lai.province))
    return actions.enrol_product(project, product, by=project.manager)


CLASS = {"title": "Lớp 1", "audience": "producers", "held_on": "2022-05-10", "place": "Ia Grai", "seats": "2"}
EVENT = {
    "kind": "workshop",
    "title": "Hội thảo",
    "held_on": "10/05/2022",
    "channel": "Pleiku",
    "evidence": "12/GM-CCTĐC",
}


def add_class(client: Client) -> TrainingSession:
    client.post(f"{BASE}training/new/", CLASS)
    return TrainingSession.objects.get()


# --- surveys ---------------------------------------------------------------------------------
def test_a_field_helper_records_a_survey_and_may_replace_it(client: Client, enrolment: Enrolment) -> None:
    url = f"{BASE}surveys/{enrolment.pk}/"
    client.post(url, {"surveyed_on": "2022-03-10", "has_diary": "yes", "production": "Vườn 2 ha"})
    opened = {"made_from": client.get(url).context["made_from"]}  # a hidden field of the form
    client.post(url, opened | {"surveyed_on": "2022-03-11", "production": "Vườn 3 ha"})
    survey = SurveyResponse.objects.get()
    assert (survey.production, survey.has_diary) == ("Vườn 3 ha", False)
    assert "11/03/2022" in client.get(f"{BASE}surveys/").content.decode()


def test_a_survey_without_its_date_is_refused_and_keeps_what_was_typed(client: Client, enrolment: Enrolment) -> None:
    answer = client.post(f"{BASE}surveys/{enrolment.pk}/", {"surveyed_on": "", "production": "Vườn 2 ha"})
    assert answer.status_code == 422
    assert "Vườn 2 ha" in answer.content.decode()
    assert not SurveyResponse.objects.exists()


def test_a_reviewer_reads_surveys_but_cannot_record_one(client: Client, enrolment: Enrolment, gia_lai: Office) -> None:
    client.force_login(gia_lai.reviewers[0])
    assert client.get(f"{BASE}surveys/").status_code == 200
    assert client.post(f"{BASE}surveys/{enrolment.pk}/", {"surveyed_on": "2022-03-10"}).status_code == 403
    assert not SurveyResponse.objects.exists()


def test_a_product_that_was_taken_out_cannot_be_surveyed(
    client: Client, enrolment: Enrolment, project: PilotProject
) -> None:
    actions.withdraw_product(enrolment, by=project.manager, reason="Ngừng sản xuất")
    assert client.get(f"{BASE}surveys/{enrolment.pk}/").status_code == 404


# --- training --------------------------------------------------------------------------------
def test_a_class_is_recorded_and_leads_to_its_attendance(client: Client, project: PilotProject) -> None:
    answer = client.post(f"{BASE}training/new/", CLASS)
    assert answer["Location"] == f"{BASE}training/{TrainingSession.objects.get().pk}/"
    assert "Lớp 1" in client.get(f"{BASE}training/").content.decode()


def test_attendance_names_a_producer_of_the_project_or_an_agency(client: Client, enrolment: Enrolment) -> None:
    session = add_class(client)
    url = f"{BASE}training/{session.pk}/"
    producer = enrolment.product.producer
    client.post(url, {"person_name": "A (giả lập)", "producer": producer.pk, "passed_check": "on"})
    client.post(url, {"person_name": "B (giả lập)", "agency": "UBND xã (giả lập)"})
    assert [(p.producer, p.agency, p.passed_check) for p in session.attendances.all()] == [
        (producer, "", True),
        (None, "UBND xã (giả lập)", False),
    ]


@pytest.mark.parametrize("who", [{}, {"agency": "UBND xã", "both": "1"}, {"producer": "999999"}])
def test_attendance_of_nobody_of_both_or_of_a_stranger_is_refused(
    client: Client, enrolment: Enrolment, who: dict[str, str]
) -> None:
    session = add_class(client)
    both = {"producer": str(enrolment.product.producer.pk)} if who.pop("both", "") else {}
    answer = client.post(f"{BASE}training/{session.pk}/", {"person_name": "A (giả lập)", **who, **both})
    assert answer.status_code == 422
    assert not session.attendances.exists()


def test_a_full_class_takes_nobody_more(client: Client, project: PilotProject) -> None:
    session = add_class(client)
    for name in ("A", "B", "C"):
        answer = client.post(f"{BASE}training/{session.pk}/", {"person_name": f"{name} (giả lập)", "agency": "Sở"})
    assert answer.status_code == 422
    assert session.attendances.count() == 2


# --- communication ---------------------------------------------------------------------------
def test_a_communication_event_is_recorded_with_its_evidence(client: Client, project: PilotProject) -> None:
    assert client.post(f"{BASE}communication/new/", EVENT)["Location"] == f"{BASE}communication/"
    assert "12/GM-CCTĐC" in client.get(f"{BASE}communication/").content.decode()


def test_a_communication_event_without_evidence_is_refused(client: Client, project: PilotProject) -> None:
    assert client.post(f"{BASE}communication/new/", {**EVENT, "evidence": ""}).status_code == 422
    assert not CommunicationEvent.objects.exists()


@pytest.mark.parametrize("url", ["training/new/", "communication/new/"])
def test_a_clerk_cannot_record_field_work(client: Client, project: PilotProject, gia_lai: Office, url: str) -> None:
    assert 'name="title"' in client.get(BASE + url).content.decode()
    client.force_login(gia_lai.clerk)
    assert 'name="title"' not in client.get(BASE + url).content.decode()
    assert client.post(BASE + url, {**CLASS, **EVENT}).status_code == 403
    assert not TrainingSession.objects.exists()
    assert not CommunicationEvent.objects.exists()


@pytest.mark.parametrize("url", ["surveys/", "training/", "training/new/", "communication/", "communication/new/"])
def test_strangers_get_404(client: Client, project: PilotProject, son_la: Office, url: str) -> None:
    client.force_login(son_la.helper)
    assert client.get(BASE + url).status_code == 404
