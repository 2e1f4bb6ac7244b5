"""Money of plan lines and projects: entered by managers, summed by source and year."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from people.models import AuditEvent
from projects import money
from projects.actions import funding as actions
from projects.errors import NotAllowedForYou, NotAllowedNow
from projects.models import Funding, PilotProject, Plan
from tests.factories.people import Office
from tests.factories.projects import make_project, plan_line

ROW = {"source": "state", "detail": "kinh phí sự nghiệp khoa học và công nghệ", "year": 2021, "planned": 1_234_000}
FORM = {"source": "state", "detail": "sự nghiệp KH&CN", "year": "2021", "planned": "1.234.000", "disbursed": "34 000"}


def row(**changed: Any) -> dict[str, Any]:
    return {**ROW, "disbursed": 0, **changed}


@pytest.fixture
def project(gia_lai: Office) -> PilotProject:
    return make_project(gia_lai)


@pytest.fixture
def browser(gia_lai: Office, client: Client) -> Client:
    client.force_login(gia_lai.manager)
    return client


@pytest.mark.requirement("BK-IV")
def test_there_are_the_four_sources_of_the_provincial_plan(project: PilotProject, browser: Client) -> None:
    page = browser.get("/projects/GL-99/funding/").content.decode()
    select = re.search(r'<select name="source".*?</select>', page, re.DOTALL)
    assert select is not None
    assert re.findall(r'<option value="(\w*)"', select[0]) == ["state", "donor", "enterprise", "other"]


@pytest.mark.requirement("QT-III")
def test_sums_by_source_and_year_equal_the_rows_of_lines_and_projects(project: PilotProject, gia_lai: Office) -> None:
    line = project.line
    assert line is not None
    entered = [
        (line, row(year=2021, planned=100_000_000, disbursed=40_000_000)),
        (line, row(year=2022, source="enterprise", planned=30_000_000)),
        (project, row(year=2022, planned=70_000_000, disbursed=70_000_000)),
    ]
    for owner, answers in entered:
        actions.enter_funding(owner, by=gia_lai.manager, **answers)

    found = money.sums(money.of_plan(line.plan))
    assert (found.total.planned, found.total.disbursed) == (200_000_000, 110_000_000)
    assert found.total.planned == sum(answers["planned"] for _owner, answers in entered)
    assert {source: amount.planned for source, amount in found.sources.items()} == {
        "state": 170_000_000, "donor": 0, "enterprise": 30_000_000, "other": 0,
    }  # fmt: skip
    assert [(year, total.planned) for year, _amounts, total in found.lines] == [
        (2021, 100_000_000),
        (2022, 100_000_000),
    ]


@pytest.mark.requirement("QT-III")
def test_the_plan_page_prints_the_sums_as_offices_write_amounts(
    project: PilotProject, gia_lai: Office, browser: Client
) -> None:
    assert project.line is not None
    actions.enter_funding(project.line, by=gia_lai.manager, **row())
    actions.enter_funding(project, by=gia_lai.manager, **row(planned=2_000_000))

    page = browser.get(project.line.plan.get_absolute_url()).content.decode()
    assert "3.234.000" in page
    assert "State budget" in page


def test_a_manager_enters_money_as_offices_write_it(project: PilotProject, browser: Client) -> None:
    assert browser.post("/projects/GL-99/funding/", FORM).status_code == 302

    found = Funding.objects.get(project=project)
    assert (found.source, found.year, found.planned, found.disbursed) == ("state", 2021, 1_234_000, 34_000)
    page = browser.get("/projects/GL-99/funding/").content.decode()
    assert "1.234.000" in page
    assert "sự nghiệp KH&amp;CN" in page


@pytest.mark.parametrize(
    "wrong",
    [{"planned": "12,5"}, {"planned": "-1"}, {"planned": ""}, {"planned": "9" * 20}, {"disbursed": "2.000.000"},
     {"year": "21"}, {"year": "99999999999"}, {"source": "x"}, {"detail": "a\0b"}, {"planned": "1.23.4"}],
)  # fmt: skip
def test_answers_that_make_no_sense_are_refused_with_the_form(
    project: PilotProject, browser: Client, wrong: dict[str, str]
) -> None:
    answer = browser.post("/projects/GL-99/funding/", FORM | wrong)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == list(wrong)
    assert not Funding.objects.exists()


def test_the_same_money_is_not_entered_twice(project: PilotProject, gia_lai: Office) -> None:
    actions.enter_funding(project, by=gia_lai.manager, **row())
    with pytest.raises(NotAllowedNow, match="entered already"):
        actions.enter_funding(project, by=gia_lai.manager, **row(planned=5))
    actions.enter_funding(project, by=gia_lai.manager, **row(detail="nguồn khác"))
    assert Funding.objects.count() == 2


def test_no_more_is_disbursed_than_planned(project: PilotProject, gia_lai: Office) -> None:
    with pytest.raises(NotAllowedNow, match="More is disbursed"):
        actions.enter_funding(project, by=gia_lai.manager, **row(disbursed=ROW["planned"] + 1))


def test_a_row_is_changed_and_taken_out_with_what_it_said_in_the_history(
    project: PilotProject, gia_lai: Office, browser: Client
) -> None:
    entered = actions.enter_funding(project, by=gia_lai.manager, **row())
    browser.post(f"/funding/{entered.pk}/", FORM)
    assert Funding.objects.get().disbursed == 34_000
    assert AuditEvent.objects.get(verb="project.funding_changed").facts["disbursed_before"] == "0"

    assert browser.get(f"/funding/{entered.pk}/remove/").status_code == 405
    browser.post(f"/funding/{entered.pk}/remove/")
    assert not Funding.objects.exists()
    assert AuditEvent.objects.get(verb="project.funding_removed").facts["planned"] == "1.234.000"
    assert browser.post(f"/funding/{entered.pk}/remove/").status_code == 404


def test_the_same_answers_again_change_nothing(project: PilotProject, gia_lai: Office) -> None:
    entered = actions.enter_funding(project, by=gia_lai.manager, **row())
    actions.change_funding(entered, by=gia_lai.manager, **row())
    assert not AuditEvent.objects.filter(verb="project.funding_changed").exists()


def test_others_read_the_money_and_do_not_enter_it(project: PilotProject, gia_lai: Office, client: Client) -> None:
    entered = actions.enter_funding(project, by=gia_lai.manager, **row())
    client.force_login(gia_lai.clerk)
    assert client.get("/projects/GL-99/funding/").status_code == 200
    assert client.post("/projects/GL-99/funding/", FORM).status_code == 403
    assert client.post(f"/funding/{entered.pk}/", FORM).status_code == 403
    with pytest.raises(NotAllowedForYou):
        actions.enter_funding(project, by=gia_lai.clerk, **row(year=2022))
    with pytest.raises(NotAllowedForYou):
        actions.remove_funding(entered, by=gia_lai.clerk)


def test_another_province_finds_no_money(
    project: PilotProject, gia_lai: Office, son_la: Office, client: Client
) -> None:
    assert project.line is not None
    entered = actions.enter_funding(project.line, by=gia_lai.manager, **row())
    client.force_login(son_la.manager)
    for url in ("/projects/GL-99/funding/", f"/plans/lines/{project.line.pk}/funding/", f"/funding/{entered.pk}/"):
        assert client.get(url).status_code == 404
        assert client.post(url, FORM).status_code == 404


def test_the_rows_are_a_workbook_of_numbers(project: PilotProject, gia_lai: Office, browser: Client) -> None:
    actions.enter_funding(project, by=gia_lai.manager, **row())
    content = browser.get("/projects/GL-99/funding/", {"export": "xlsx"}).content
    rows = list(load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(values_only=True))
    assert rows[3] == (2021, "State budget", ROW["detail"], 1_234_000, 0)


# --- plans below plans ------------------------------------------------------------------------
@pytest.mark.requirement("BK-V.8a")
def test_a_local_plan_hangs_below_the_provincial_plan_with_a_budget_of_its_own(
    gia_lai: Office, browser: Client
) -> None:
    provincial = plan_line(gia_lai).plan
    local = Plan.objects.create(
        programme=provincial.programme, parent=provincial, kind=Plan.Kind.PLAN, number="12/KH-UBND",
        issuer=gia_lai.organisation, title="Kế hoạch của huyện",
    )  # fmt: skip
    line = local.lines.create(position=1, printed_number="1", title="Tập huấn")
    actions.enter_funding(line, by=gia_lai.manager, **row())

    above = browser.get(provincial.get_absolute_url()).content.decode()
    assert f'href="{local.get_absolute_url()}"' in above
    below = browser.get(local.get_absolute_url()).content.decode()
    assert f'href="{provincial.get_absolute_url()}"' in below
    assert "1.234.000" in below
    assert money.sums(money.of_plan(provincial)).total.planned == 0
