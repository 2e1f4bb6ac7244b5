"""The pages of an acceptance council: whose turn it is, what is hidden until the closing, the minutes at the end."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from documents import docx
from documents.models import Document, DocumentVersion
from projects.actions import council as actions
from projects.models import Council, CouncilSheet, PilotProject
from tests.factories import council as councils
from tests.factories.people import Office, signed_in
from tests.factories.projects import make_project
from workflows.actions import close_council
from workflows.builtin_templates import register_builtin_template


@pytest.fixture
def project(gia_lai: Office) -> PilotProject:
    project = make_project(gia_lai)
    PilotProject.objects.filter(pk=project.pk).update(status="running")
    project.refresh_from_db()
    return project


@pytest.fixture
def council(project: PilotProject, gia_lai: Office) -> Council:
    return councils.council(project, gia_lai)


@pytest.fixture
def template(db: None) -> None:
    register_builtin_template("council_minutes")


def text(response: Any) -> str:
    assert response.status_code == 200, response.status_code
    return str(response.content.decode())


def answers(office: Office, **changes: Any) -> dict[str, Any]:
    """What the manager sends from the page that names a council."""
    chair, *rest = [user.pk for user, _seat in councils.named(office)]
    return {
        "rules": councils.built_in().pk,
        "decision_number": "12/QĐ-SKHCN",
        "decision_date": "30/09/2022",
        "meets_on": "05/10/2022",
        "meets_time": "08:00",
        "place": "Phòng họp",
        "dossier_on": "15/09/2022",
        "chair": chair,
        "vice_chair": rest[0],
        "reviewer_1": rest[1],
        "reviewer_2": rest[2],
        "secretary": rest[3],
        "members": rest[4:],
        **changes,
    }


# --- naming it -------------------------------------------------------------------------------
def test_the_manager_names_a_council_on_its_page(project: PilotProject, gia_lai: Office) -> None:
    client = signed_in(gia_lai.manager)
    assert f"/projects/{project.code}/council/new/" in text(client.get(project.get_absolute_url()))

    response = client.post(f"/projects/{project.code}/council/new/", answers(gia_lai))

    council = Council.objects.get()
    assert response["Location"] == council.get_absolute_url()
    assert timezone.localtime(council.meets_at).strftime("%H:%M %d/%m/%Y") == "08:00 05/10/2022"
    assert council.members.count() == 7


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"chair": ""}, "Choose"),
        ({"members": []}, "This field is required"),
        ({"vice_chair": ""}, "The council has 6 members"),
        ({"dossier_on": "06/10/2022"}, "cannot come in after the meeting"),
        ({"decision_date": "06/10/2022"}, "cannot be later than the meeting"),
        ({"meets_on": "31/02/2022"}, ""),
        ({"meets_time": "25:00"}, ""),
        ({"chair": "9" * 40}, ""),
        ({"members": ["\x00", "9" * 30]}, ""),
        ({"rules": "-1"}, ""),
        ({"place": "a\x00b"}, ""),
    ],
)
def test_wrong_answers_come_back_with_the_page(
    project: PilotProject, gia_lai: Office, changes: dict[str, Any], problem: str
) -> None:
    response = signed_in(gia_lai.manager).post(f"/projects/{project.code}/council/new/", answers(gia_lai, **changes))
    assert response.status_code == 422
    assert problem in response.content.decode()
    assert not Council.objects.exists()


def test_one_person_on_two_seats_is_said_beside_the_seat(project: PilotProject, gia_lai: Office) -> None:
    twice = answers(gia_lai)["chair"]
    response = signed_in(gia_lai.manager).post(
        f"/projects/{project.code}/council/new/", answers(gia_lai, secretary=twice, members=[twice])
    )
    page = response.content.decode()
    assert "has another seat already" in page
    assert "Already on a seat above" in page


def test_people_of_the_project_are_not_offered(project: PilotProject, gia_lai: Office) -> None:
    councils.outsiders(gia_lai, 6)
    page = text(signed_in(gia_lai.manager).get(f"/projects/{project.code}/council/new/"))
    assert gia_lai.leader.full_name in page
    assert gia_lai.reviewers[0].full_name not in page
    assert gia_lai.helper.full_name not in page


def test_the_council_is_changed_on_its_page_until_the_meeting(council: Council, gia_lai: Office) -> None:
    client, url = signed_in(gia_lai.clerk), f"{council.get_absolute_url()}change/"
    assert "12/QĐ-SKHCN" in text(client.get(url))
    assert client.post(url, answers(gia_lai, place="Hội trường")).status_code == 302
    council.refresh_from_db()
    assert council.place == "Hội trường"
    councils.meet(council, ["passed"] * 7)
    assert client.post(url, answers(gia_lai, place="Nơi khác")).status_code == 422


# --- the meeting -----------------------------------------------------------------------------
def test_a_member_declares_and_hands_in_a_sheet(council: Council) -> None:
    member, url = council.members.last(), council.get_absolute_url()
    client = signed_in(member.user)
    assert "Say whether you have a conflict" in text(client.get(url))
    client.post(f"{url}declare/", {"answer": "none"})
    secretary = signed_in(councils.secretary(council))
    secretary.post(f"{url}presence/", {"present": [member.pk, "x", "9" * 30]})
    assert "Fill in your sheet" in text(client.get(url))

    line = f"line_{actions.judged(council.project)[0].pk}_quality"
    response = client.post(f"{url}sheet/", {"grade": "excellent", line: "passed", "comment": "Tốt"})

    assert response.status_code == 302
    sheet = CouncilSheet.objects.get()
    assert (sheet.grade, sheet.comment) == ("excellent", "Tốt")
    assert list(sheet.grades.exclude(grade="excellent").values_list("criterion", "grade")) == [("quality", "passed")]
    assert "Tốt" in text(client.get(f"{url}sheet/"))


def test_a_conflict_without_a_reason_and_a_failed_sheet_without_a_comment_come_back(council: Council) -> None:
    councils.meet(council, ["passed"] * 7)
    client, url = signed_in(councils.secretary(council)), council.get_absolute_url()
    assert client.post(f"{url}declare/", {"answer": "conflict", "reason": " "}).status_code == 422
    assert client.post(f"{url}sheet/", {"grade": "failed", "comment": ""}).status_code == 422
    assert client.post(f"{url}sheet/", {"grade": "best"}).status_code == 422


def test_nobody_sees_anothers_sheet_before_the_closing(council: Council, gia_lai: Office) -> None:
    councils.meet(council, ["passed"] * 7)
    secret = council.members.last()
    actions.hand_in_sheet(council, by=secret.user, grade="failed", comment="Ý kiến kín", now=councils.NOW)
    url = council.get_absolute_url()
    for reader in (councils.secretary(council), gia_lai.leader, gia_lai.manager):
        client = signed_in(reader)
        for page in (text(client.get(url)), text(client.get(f"/projects/{council.project.code}/history/"))):
            assert "Ý kiến kín" not in page
            assert "Spread of the grades" not in page
    assert "7 of 7 sheets handed in" in text(signed_in(gia_lai.manager).get(url))
    assert "Ý kiến kín" in text(signed_in(secret.user).get(f"{url}sheet/"))


def test_the_page_says_what_the_meeting_lacks(council: Council) -> None:
    page = text(signed_in(councils.secretary(council)).get(council.get_absolute_url()))
    assert "The secretary is not present" in page


# --- closing ---------------------------------------------------------------------------------
def test_the_secretary_closes_and_the_minutes_are_numbered_in_the_register(
    project: PilotProject, gia_lai: Office, template: None
) -> None:
    council = councils.meet(councils.council(project, gia_lai, 9), ["excellent"] * 7 + ["passed"] * 2)
    client, url = signed_in(councils.secretary(council)), council.get_absolute_url()
    assert "Enough members are present and every one" in text(client.get(f"{url}close/"))

    client.post(f"{url}close/", {"opinions": "Thống nhất nghiệm thu."})

    version = DocumentVersion.objects.get(state="issued")
    page, register = text(client.get(url)), text(client.get("/documents/"))
    assert version.document.council == council
    assert version.register_entry.signed_by == gia_lai.leader
    with version.file.open() as file:
        paper = "\n".join(docx.text_of(file.read()))
    assert "7/9 phiếu xuất sắc = 0,78 ≥ 3/4" in paper
    assert "- Thống nhất nghiệm thu." in paper
    assert "7/9 = 0,78 ≥ 3/4" in page
    assert version.get_absolute_url() in page
    assert "01/BB-CCTĐC" in register
    assert f'href="{url}"' in register
    assert "01/BB-CCTĐC" in text(client.get(f"/documents/?project={project.pk}"))
    assert "01/BB-CCTĐC" in text(client.get(f"/documents/?q={project.code}"))


def test_without_a_word_template_the_meeting_stays_open(council: Council) -> None:
    councils.meet(council, ["passed"] * 7)
    client, url = signed_in(councils.secretary(council)), council.get_absolute_url()
    page = text(client.post(f"{url}close/", {"opinions": "x"}, follow=True))
    council.refresh_from_db()
    assert "run manage.py register_templates" in page
    assert council.closed_at is None
    assert not Document.objects.exists()


def test_a_sheet_that_stands_apart_is_marked_after_the_closing(
    council: Council, gia_lai: Office, template: None
) -> None:
    councils.meet(council, ["excellent"] * 6 + ["failed"])
    close_council(council, by=councils.secretary(council), opinions="", now=councils.NOW)
    page = text(signed_in(gia_lai.manager).get(council.get_absolute_url()))
    assert "stands apart" in page
    assert "Chưa đủ khối lượng" in page
    assert "Enough sheets are excellent, but not all passed it." in page


def test_a_second_closing_is_told_who_closed_it(council: Council, template: None) -> None:
    councils.meet(council, ["passed"] * 7)
    secretary = councils.secretary(council)
    close_council(council, by=secretary, opinions="", now=councils.NOW)
    client, url = signed_in(secretary), council.get_absolute_url()
    assert "closed the council on" in text(client.post(f"{url}close/", {"opinions": ""}, follow=True))
    assert "closed the council on" in text(client.post(f"{url}sheet/back/", follow=True))
    assert client.post(f"{url}sheet/", {"grade": "passed"}).status_code == 422
    assert DocumentVersion.objects.filter(state="issued").count() == 1


def test_the_history_tells_the_meeting_in_sentences(council: Council, gia_lai: Office, template: None) -> None:
    councils.meet(council, ["passed"] * 7)
    close_council(council, by=councils.secretary(council), opinions="", now=councils.NOW)
    page = text(signed_in(gia_lai.manager).get(f"/projects/{council.project.code}/history/"))
    assert "Named the acceptance council by decision 12/QĐ-SKHCN: 7 members." in page
    assert "Closed the acceptance council: passed (0 excellent, 7 passed, 0 failed)." in page


def test_the_projects_page_shows_the_council(council: Council, gia_lai: Office) -> None:
    page = text(signed_in(gia_lai.inspector).get(council.project.get_absolute_url()))
    assert council.get_absolute_url() in page
