"""The portfolio: narrowed by what stands in its address, with sums that equal its rows."""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from people import audit
from people.models import AuditEvent, Membership, Organisation
from projects.actions import funding
from projects.actions import project as actions
from projects.models import PilotProject
from tests.factories.people import Office, member
from tests.factories.projects import make_project
from tests.factories.registry import ProducerFactory, ProductFactory

TODAY = timezone.localdate()


@pytest.fixture
def projects(gia_lai: Office) -> dict[str, PilotProject]:
    """GL-1 runs and is months late, GL-2 runs in time with another manager, GL-3 is a draft."""
    late = make_project(gia_lai, code="GL-1")
    actions.start_project(late, by=gia_lai.manager)
    other = member("gl-quanly2", Membership.Role.MANAGER, gia_lai.organisation)
    found = {"GL-1": late}
    for code, manager, starts_on in (("GL-2", other, TODAY), ("GL-3", gia_lai.manager, TODAY)):
        found[code] = actions.create_project(
            late.template, line=late.line, code=code, title=f"Chuỗi hồ tiêu {code}", owner=gia_lai.organisation,
            manager=manager, members=gia_lai.members, starts_on=starts_on, by=manager,
        )  # fmt: skip
    actions.start_project(found["GL-2"], by=other)
    return found


@pytest.fixture
def browser(gia_lai: Office, client: Client) -> Client:
    client.force_login(gia_lai.manager)
    return client


def codes(browser: Client, **query: Any) -> list[str]:
    answer = browser.get("/projects/", query)
    assert answer.status_code == 200
    return sorted(row.record.code for row in answer.context["table"].paginated_rows)


def test_colour_and_lateness_narrow_the_list(browser: Client, projects: dict[str, PilotProject]) -> None:
    assert codes(browser) == ["GL-1", "GL-2", "GL-3"]
    assert codes(browser, colour="red") == ["GL-1"]
    assert codes(browser, colour="green") == ["GL-2"]
    assert codes(browser, late="1") == ["GL-1"]


@pytest.mark.requirement("BK-V.1d")
def test_year_status_and_funding_narrow_the_list(
    browser: Client, gia_lai: Office, projects: dict[str, PilotProject]
) -> None:
    enter(projects["GL-1"], gia_lai, source="donor", year=2022)

    assert codes(browser, year=2022) == ["GL-1"]
    assert codes(browser, year=TODAY.year, status="draft") == ["GL-3"]
    assert codes(browser, source="donor") == ["GL-1"]
    assert codes(browser, source="enterprise") == []


def enter(project: PilotProject, office: Office, **answers: Any) -> None:
    row = {"source": "state", "detail": "", "year": 2022, "planned": 1_000_000, "disbursed": 0, **answers}
    funding.enter_funding(project, by=project.manager, **row)


@pytest.mark.requirement("BK-V.1d")
def test_the_last_row_equals_the_sum_of_the_rows(
    browser: Client, gia_lai: Office, projects: dict[str, PilotProject]
) -> None:
    enter(projects["GL-1"], gia_lai, planned=100_000_000, disbursed=60_000_000)
    enter(projects["GL-1"], gia_lai, source="donor", planned=5_000_000)
    enter(projects["GL-2"], gia_lai, planned=20_000_000)
    for query in ({}, {"status": "running"}, {"source": "donor"}, {"year": "2022"}, {"q": "GL-2"}):
        *rows, total = workbook(browser, **query)
        assert total[:2] == ("Total", len(rows))
        for column in (11, 12, 13, 14):
            assert total[column] == sum(row[column] for row in rows)

    page = browser.get("/projects/").content.decode()
    assert "125.000.000" in page
    assert "3 projects" in page
    assert [row[13] for row in workbook(browser, source="donor")] == [5_000_000, 5_000_000]


def workbook(browser: Client, **query: Any) -> list[tuple[Any, ...]]:
    content = browser.get("/projects/", {"export": "xlsx", **query}).content
    return list(load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(min_row=2, values_only=True))


def test_words_are_found_without_tone_marks_in_any_order(browser: Client, projects: dict[str, PilotProject]) -> None:
    assert codes(browser, q="ho tieu CHUOI") == ["GL-2", "GL-3"]
    assert codes(browser, q="hồ tiêu gl-3") == ["GL-3"]


def test_manager_plan_unit_and_product_group_narrow_the_list(
    browser: Client, gia_lai: Office, projects: dict[str, PilotProject]
) -> None:
    product = ProductFactory(producer=ProducerFactory(province=gia_lai.province))
    actions.enrol_product(projects["GL-1"], product, by=gia_lai.manager)
    line = projects["GL-1"].line
    assert line is not None

    assert codes(browser, manager=projects["GL-2"].manager_id) == ["GL-2"]
    assert codes(browser, group=product.group_id) == ["GL-1"]
    assert codes(browser, plan=line.plan_id, owner=gia_lai.organisation.pk) == ["GL-1", "GL-2", "GL-3"]


@pytest.mark.requirement("QT-IV.1")
def test_the_unit_in_the_lead_sees_its_own_tasks(
    client: Client, gia_lai: Office, projects: dict[str, PilotProject]
) -> None:
    centre = Organisation.objects.create(
        code="tt-gl", name="Trung tâm Ứng dụng", symbol="TTUD", kind=Organisation.Kind.CENTRE,
        province=gia_lai.province, place="Gia Lai",
    )  # fmt: skip
    PilotProject.objects.filter(code="GL-2").update(owner=centre)
    client.force_login(member("gl-trungtam", Membership.Role.HELPER, centre))

    [(unit, url)] = client.get("/projects/").context["units"]
    assert unit == "Trung tâm Ứng dụng"
    assert [row.record.code for row in client.get(url).context["table"].rows] == ["GL-2"]
    client.force_login(gia_lai.manager)
    [(_unit, url)] = client.get("/projects/").context["units"]
    assert sorted(row.record.code for row in client.get(url).context["table"].rows) == ["GL-1", "GL-3"]


def test_what_changed_since_a_day_is_counted(
    browser: Client, gia_lai: Office, projects: dict[str, PilotProject]
) -> None:
    moment = timezone.make_aware(datetime.combine(TODAY + timedelta(days=3), datetime.min.time()))
    for _time in range(2):
        audit.record("project.started", by=None, target=projects["GL-2"], province=gia_lai.province, at=moment)

    answer = browser.get("/projects/", {"since": f"{TODAY + timedelta(days=3):%d/%m/%Y}"})
    assert [(row.record.code, row.record.changes) for row in answer.context["table"].rows] == [("GL-2", 2)]
    assert AuditEvent.objects.filter(at__lt=moment).exists()


@pytest.mark.parametrize(
    "query",
    ["year=x", "year=99999999999999999999", "manager=99999999999999999999", "plan=x", "colour=blue", "since=32/13/2022",
     "q=%00", "since=01/01/0001", "late=x", "source=x", "group=-1", "page=x", "sort=planned", "export=csv"],
)  # fmt: skip
def test_an_address_that_makes_no_sense_is_no_error(
    browser: Client, projects: dict[str, PilotProject], query: str
) -> None:
    assert browser.get(f"/projects/?{query}").status_code == 200


def test_other_provinces_are_neither_rows_nor_choices(
    client: Client, son_la: Office, projects: dict[str, PilotProject]
) -> None:
    client.force_login(son_la.leader)
    assert codes(client) == []
    assert codes(client, manager=projects["GL-1"].manager_id) == []
    page = client.get("/projects/").content.decode()
    assert "gl-quanly2" not in page
    assert "29/TB-CCTĐC" not in page


# --- the plan on paper ------------------------------------------------------------------------
@pytest.fixture
def plan_url(projects: dict[str, PilotProject]) -> str:
    line = projects["GL-1"].line
    assert line is not None
    return f"/plans/{line.plan_id}/print/"


def test_the_plan_prints_in_the_annex_order_with_progress(browser: Client, plan_url: str) -> None:
    answer = browser.get(plan_url)
    assert answer.context["titles"] == [
        "No.", "Task", "Objective", "Main expected deliverables", "Expected receiving and applying parties",
    ]  # fmt: skip
    page = answer.content.decode()
    for text in ("GL-1", "In trouble", "0 of 5 issued", "On plan", "Draft", "print-landscape"):
        assert text in page


def test_a_work_plan_prints_lead_partners_period_and_funding(
    browser: Client, plan_url: str, projects: dict[str, PilotProject]
) -> None:
    line = projects["GL-1"].line
    assert line is not None
    for name in ("objective", "recipients"):
        setattr(line, name, "")
    line.lead, line.partners, line.period_text = "Chi cục", "Các sở", "Quý II/2021"
    line.starts_on, line.funding_text = date(2021, 4, 1), "Sự nghiệp KH&CN"
    line.save()

    titles = ["No.", "Content", "Lead unit", "Partner units", "Period", "Funding"]
    assert browser.get(plan_url).context["titles"] == titles
    content = browser.get(plan_url, {"export": "xlsx"}).content
    rows = list(load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(min_row=4, values_only=True))
    assert rows[0] == (*titles, "Progress")
    assert rows[1][2:6] == ("Chi cục", "Các sở", "Quý II/2021", "Sự nghiệp KH&CN")
    assert "GL-1 · In trouble" in rows[1][6]


def test_the_printed_plan_asks_the_database_no_more_for_more_lines(
    browser: Client, plan_url: str, projects: dict[str, PilotProject], django_assert_max_num_queries: Any
) -> None:
    line = projects["GL-1"].line
    assert line is not None
    for position in range(10, 30):
        line.plan.lines.create(position=position, title=f"Việc {position}")
    with django_assert_max_num_queries(26):
        browser.get(plan_url)
