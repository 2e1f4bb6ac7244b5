"""Surveys: the form drawn from the questionnaire, progress with reasons, all answers as a workbook, the figures."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from openpyxl import load_workbook

from people.models import AuditEvent
from projects.actions import project as projects
from projects.actions.surveys import excuse_survey, record_organisation_survey, record_survey
from projects.errors import NotAllowedForYou, NotAllowedNow
from projects.models import Enrolment, OrganisationSurvey, PilotProject, SurveyResponse
from projects.survey_figures import figures_of
from tests.factories.fieldwork import NOON, questionnaires
from tests.factories.people import Office
from tests.factories.projects import make_project
from tests.factories.registry import ProducerFactory, ProductFactory

BASE = "/projects/GL-99/surveys/"
DAY = date(2026, 6, 1)
ANSWERS = {
    "surveyed_on": "01/06/2026",
    "has_diary": "yes",
    "has_barcode": "no",
    "has_declared_standard": "yes",
    "quality_system": ["VietGAP", "HACCP"],
    "capacity": "12,5",
    "production": "Vườn 2 ha",
    "barcode_use": "Tem dán",
}


@pytest.fixture
def project(gia_lai: Office, client: Client) -> PilotProject:
    client.force_login(gia_lai.helper)
    questionnaires()
    return make_project(gia_lai)


def enrol(project: PilotProject, office: Office, number: int = 1, **values: object) -> Enrolment:
    if "producer" not in values:
        values["producer"] = ProducerFactory(number=number, province=office.province)
    if values.setdefault("number", values.pop("product_number", 1)) != 1:
        values["gtin"] = None
    return projects.enrol_product(project, ProductFactory(**values), by=project.manager)


@pytest.fixture
def enrolment(project: PilotProject, gia_lai: Office) -> Enrolment:
    return enrol(project, gia_lai)


@pytest.mark.requirement("SL-S1")
def test_answers_fill_the_columns_that_reports_read(client: Client, enrolment: Enrolment) -> None:
    assert client.post(f"{BASE}{enrolment.pk}/", ANSWERS).status_code == 302
    survey = SurveyResponse.objects.get()
    assert (survey.has_diary, survey.has_barcode, survey.has_declared_standard) == (True, False, True)
    assert (survey.quality_system, survey.capacity) == ("VietGAP, HACCP", Decimal("12.5"))
    assert survey.answers["barcode_use"] == "Tem dán"
    assert survey.questionnaire == questionnaires()


def test_the_form_shows_again_what_was_answered(client: Client, enrolment: Enrolment) -> None:
    client.post(f"{BASE}{enrolment.pk}/", ANSWERS)
    page = client.get(f"{BASE}{enrolment.pk}/").content.decode()
    assert "Vườn 2 ha" in page
    assert 'value="12,5"' in page


def test_what_is_not_known_may_stay_empty(client: Client, enrolment: Enrolment) -> None:
    client.post(f"{BASE}{enrolment.pk}/", {"surveyed_on": "01/06/2026"})
    survey = SurveyResponse.objects.get()
    assert survey.answers == {}
    assert survey.capacity is None


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"has_diary": "maybe"}, id="yes_or_no"),
        pytest.param({"barcode_use": "Trên trời"}, id="choice"),
        pytest.param({"quality_system": ["VietGAP", "Bịa"]}, id="several"),
        pytest.param({"capacity": "nhiều"}, id="number_in_words"),
        pytest.param({"capacity": "-1"}, id="negative_number"),
        pytest.param({"surveyed_on": "2026-13-45"}, id="day"),
    ],
)
def test_an_answer_that_the_question_does_not_offer_is_refused(
    client: Client, enrolment: Enrolment, wrong: dict[str, object]
) -> None:
    answer = client.post(f"{BASE}{enrolment.pk}/", {**ANSWERS, **wrong})
    assert answer.status_code == 422
    assert not SurveyResponse.objects.exists()


def test_without_a_questionnaire_the_page_says_what_to_do_first(client: Client, gia_lai: Office) -> None:
    client.force_login(gia_lai.helper)
    enrolment = enrol(make_project(gia_lai), gia_lai)
    page = client.get(f"{BASE}{enrolment.pk}/")
    assert page.status_code == 200
    assert "No questionnaire is published" in page.content.decode()


# --- a survey or a reason --------------------------------------------------------------------
@pytest.mark.requirement("SL-S1")
def test_the_list_counts_surveys_and_reasons_of_all_products(
    client: Client, project: PilotProject, gia_lai: Office
) -> None:
    done, excused, _left = (enrol(project, gia_lai, number, name=f"Sản phẩm {number}") for number in (1, 2, 3))
    record_survey(done, by=gia_lai.helper, surveyed_on=DAY, has_diary=True, has_barcode=False,
                  has_declared_standard=False)  # fmt: skip
    client.post(f"{BASE}{excused.pk}/reason/", {"reason": "Cơ sở nghỉ sản xuất"})
    page = client.get(BASE)
    assert [page.context[name] for name in ("total", "done", "excused", "left")] == [3, 1, 1, 1]
    assert "Cơ sở nghỉ sản xuất" in page.content.decode()


def test_a_survey_takes_the_place_of_a_reason(enrolment: Enrolment, gia_lai: Office) -> None:
    excuse_survey(enrolment, reason="Nghỉ vụ", by=gia_lai.helper)
    record_survey(enrolment, by=gia_lai.helper, surveyed_on=DAY, questionnaire=questionnaires(), answers={})
    enrolment.refresh_from_db()
    assert not hasattr(enrolment, "survey_excuse")


@pytest.mark.parametrize("reason", ["", "   "])
def test_an_empty_reason_is_none(enrolment: Enrolment, gia_lai: Office, reason: str) -> None:
    with pytest.raises(NotAllowedNow):
        excuse_survey(enrolment, reason=reason, by=gia_lai.helper)


def test_a_surveyed_product_needs_no_reason(enrolment: Enrolment, gia_lai: Office) -> None:
    record_survey(enrolment, by=gia_lai.helper, surveyed_on=DAY, questionnaire=questionnaires(), answers={})
    with pytest.raises(NotAllowedNow, match="was surveyed"):
        excuse_survey(enrolment, reason="Nghỉ vụ", by=gia_lai.helper)


def test_a_reviewer_records_neither_survey_nor_reason(enrolment: Enrolment, gia_lai: Office) -> None:
    with pytest.raises(NotAllowedForYou):
        excuse_survey(enrolment, reason="Nghỉ vụ", by=gia_lai.reviewers[0])


@pytest.mark.parametrize(("query", "shown"), [("q=mam+tom", 1), ("state=open", 2), ("state=done", 0), ("q=xyz", 0)])
def test_the_list_is_narrowed_without_diacritics_and_by_state(
    client: Client, project: PilotProject, gia_lai: Office, query: str, shown: int
) -> None:
    enrol(project, gia_lai, 1, name="Mắm tôm")
    enrol(project, gia_lai, 2, name="Chè xanh")
    assert len(client.get(f"{BASE}?{query}").context["rows"]) == shown


def test_a_broken_filter_shows_all(client: Client, enrolment: Enrolment) -> None:
    answer = client.get(f"{BASE}?producer=abc&state=zzz")
    assert answer.status_code == 200
    assert len(answer.context["rows"]) == 1


def test_the_workbook_has_a_column_for_every_question(client: Client, enrolment: Enrolment) -> None:
    client.post(f"{BASE}{enrolment.pk}/", ANSWERS)
    sheet = load_workbook(io.BytesIO(client.get(f"{BASE}?export=xlsx").content)).worksheets[0]
    cells = [cell for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    assert "VietGAP, HACCP" in cells
    assert {question.text for question in questionnaires().questions.all()} <= set(cells)


# --- two people at one survey ------------------------------------------------------------------
def opened(client: Client, url: str) -> dict[str, str]:
    """What the form carries besides the answers: the version that it was made from."""
    return {"made_from": client.get(url).context["made_from"]}


@pytest.fixture
def url(enrolment: Enrolment) -> str:
    return f"{BASE}{enrolment.pk}/"


def test_the_second_of_two_people_sees_both_entries_and_loses_neither(
    client: Client, url: str, gia_lai: Office
) -> None:
    mine = opened(client, url)
    colleague = Client()
    colleague.force_login(gia_lai.manager)
    colleague.post(url, {**ANSWERS, **opened(colleague, url)})
    answer = client.post(url, {**ANSWERS, **mine, "has_diary": "no", "production": "Vườn 3 ha"})
    assert answer.status_code == 422
    questions = {saved: typed for _question, saved, typed in answer.context["differences"]}
    assert questions == {"yes": "no", "Vườn 2 ha": "Vườn 3 ha"}
    assert answer.context["form"].data["production"] == "Vườn 3 ha"
    assert str(gia_lai.manager) in answer.content.decode()
    assert SurveyResponse.objects.get().production == "Vườn 2 ha"


def test_who_has_seen_both_entries_may_put_theirs_in_the_place_of_the_other(
    client: Client, url: str, gia_lai: Office
) -> None:
    mine = opened(client, url)
    client.post(url, {**ANSWERS, **mine})
    shown = client.post(url, {**ANSWERS, **mine, "production": "Vườn 3 ha"}).context["made_from"]
    assert client.post(url, {**ANSWERS, "made_from": shown, "production": "Vườn 3 ha"}).status_code == 302
    assert SurveyResponse.objects.get().production == "Vườn 3 ha"


def test_a_third_entry_is_shown_to_who_has_only_seen_the_second(client: Client, url: str) -> None:
    mine = opened(client, url)
    client.post(url, {**ANSWERS, **mine})
    shown = client.post(url, {**ANSWERS, **mine, "production": "Vườn 3 ha"}).context["made_from"]
    client.post(url, {**ANSWERS, **opened(client, url), "production": "Vườn 4 ha"})
    assert client.post(url, {**ANSWERS, "made_from": shown, "production": "Vườn 3 ha"}).status_code == 422


def test_the_same_entry_sent_twice_is_saved_once_more_without_a_question(client: Client, url: str) -> None:
    mine = opened(client, url)
    for _time in range(2):
        assert client.post(url, {**ANSWERS, **mine}).status_code == 302


def test_a_form_with_a_mistake_still_knows_what_it_was_made_from(client: Client, url: str) -> None:
    mine = opened(client, url)
    client.post(url, {**ANSWERS, **mine})
    wrong = client.post(url, {**ANSWERS, **mine, "capacity": "nhiều"})
    assert wrong.context["made_from"] == mine["made_from"]


def test_two_people_at_the_survey_of_an_organisation_see_both_entries_too(client: Client, enrolment: Enrolment) -> None:
    url = f"{BASE}producers/{enrolment.product.producer.pk}/"
    mine = opened(client, url)
    client.post(url, {"surveyed_on": "01/06/2026", "workers": "12", **mine})
    answer = client.post(url, {"surveyed_on": "02/06/2026", "workers": "12", **mine})
    assert [row[1:] for row in answer.context["differences"]] == [("01/06/2026", "02/06/2026")]
    assert OrganisationSurvey.objects.get().surveyed_on == DAY


# --- organisations ---------------------------------------------------------------------------
def test_an_organisation_is_surveyed_and_its_page_leads_to_its_products(client: Client, enrolment: Enrolment) -> None:
    producer = enrolment.product.producer
    url = f"{BASE}producers/{producer.pk}/"
    assert client.post(url, {"surveyed_on": "01/06/2026", "has_barcode": "yes", "workers": "12"}).status_code == 302
    assert OrganisationSurvey.objects.get().answers["workers"] == "12"
    assert enrolment.product.get_absolute_url() in client.get(url).content.decode()


def test_an_organisation_without_a_product_in_the_project_is_not_surveyed(
    client: Client, project: PilotProject, gia_lai: Office
) -> None:
    stranger = ProducerFactory(province=gia_lai.province)
    assert client.get(f"{BASE}producers/{stranger.pk}/").status_code == 404
    form = questionnaires("organisation")
    with pytest.raises(NotAllowedNow, match="no product"):
        record_organisation_survey(
            project, stranger, by=gia_lai.helper, surveyed_on=DAY, questionnaire=form, answers={}
        )


def test_the_log_names_a_surveyed_household_by_its_code_only(project: PilotProject, gia_lai: Office) -> None:
    household = ProducerFactory(province=gia_lai.province, kind="household", name="Hộ bà Đào (giả lập)", number=7)
    enrol(project, gia_lai, producer=household)
    record_organisation_survey(
        project, household, by=gia_lai.helper, surveyed_on=DAY, questionnaire=questionnaires("organisation"),
        answers={},
    )  # fmt: skip
    facts = AuditEvent.objects.get(verb="fieldwork.organisation_surveyed").facts
    assert facts["producer"] == f"{gia_lai.province.code}-7"


# --- figures ---------------------------------------------------------------------------------
@pytest.mark.requirement("QT-II.2a")
def test_the_figures_tabulate_the_three_by_organisation(client: Client, project: PilotProject, gia_lai: Office) -> None:
    first, second = (ProducerFactory(number=n, province=gia_lai.province, name=f"HTX {n} (giả lập)") for n in (1, 2))
    one = enrol(project, gia_lai, producer=first, name="Chè")
    two = enrol(project, gia_lai, producer=first, name="Mật ong", product_number=2)
    other = enrol(project, gia_lai, producer=second, name="Gạo")
    form = questionnaires()
    found = [
        (one, {"has_declared_standard": "yes", "capacity": "2"}),
        (two, {"has_barcode": "yes", "quality_system": ["VietGAP"], "capacity": "3.5"}),
        (other, {"has_diary": "yes"}),
    ]
    for enrolment, answers in found:
        record_survey(enrolment, by=gia_lai.helper, surveyed_on=DAY, questionnaire=form, answers=answers)

    lines = {line.name: line for line in figures_of(project).organisations}
    line = lines["HTX 1 (giả lập)"]
    assert (line.declared, line.quality_systems, line.barcodes, line.diaries) == (1, "VietGAP", 1, 0)
    assert line.capacity == Decimal("5.5")
    assert (lines["HTX 2 (giả lập)"].declared, lines["HTX 2 (giả lập)"].capacity) == (0, None)
    assert [(bar.count, bar.total) for bar in figures_of(project).by_organisation] == [(1, 2), (1, 2), (1, 2), (1, 2)]
    page = client.get(f"{BASE}figures/").content.decode()
    assert "HTX 1 (giả lập)" in page
    assert 'width="50"' in page


def test_the_organisations_own_output_counts_once(project: PilotProject, enrolment: Enrolment, gia_lai: Office) -> None:
    form, whole = questionnaires(), questionnaires("organisation")
    record_survey(enrolment, by=gia_lai.helper, surveyed_on=DAY, questionnaire=form, answers={"capacity": "4"})
    record_organisation_survey(
        project, enrolment.product.producer, by=gia_lai.helper, surveyed_on=DAY, questionnaire=whole,
        answers={"capacity": "9", "has_barcode": "yes"},
    )  # fmt: skip
    (line,) = figures_of(project).organisations
    assert (line.capacity, line.barcodes) == (Decimal("9"), 1)


def test_the_list_of_81_products_takes_few_questions_to_the_database(
    client: Client, project: PilotProject, gia_lai: Office, django_assert_max_num_queries: object
) -> None:
    form = questionnaires()
    for number in range(1, 82):
        row = enrol(project, gia_lai, number, name=f"Sản phẩm {number}")
        if number % 2:
            record_survey(row, by=gia_lai.helper, surveyed_on=DAY, questionnaire=form, answers={"has_diary": "yes"})
    for url in (BASE, f"{BASE}figures/"):
        client.get(url)
        with django_assert_max_num_queries(16):  # type: ignore[operator]
            assert client.get(url).status_code == 200


def test_an_accepted_project_takes_no_more_field_work(
    project: PilotProject, enrolment: Enrolment, gia_lai: Office
) -> None:
    accepted = {"status": "accepted", "accepted_at": NOON, "accepted_by": gia_lai.leader}
    PilotProject.objects.filter(pk=project.pk).update(**accepted)
    with pytest.raises(NotAllowedNow, match="its records stay as they are"):
        excuse_survey(enrolment, reason="Nghỉ vụ", by=gia_lai.helper)
