"""The door of a class: by code or looked up, undo, walk-in, no-show, and one seat for one person."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from people.models import AuditEvent
from projects.actions import attendance as actions
from projects.actions import project as projects
from projects.actions.training import change_training
from projects.errors import NotAllowedForYou, NotAllowedNow, SeemsTwice
from projects.models import Attendance, Invitation, PilotProject, TrainingSession
from tests.factories.fieldwork import NOON, invite, make_class
from tests.factories.people import Office
from tests.factories.projects import make_project
from tests.factories.registry import ProducerFactory, ProductFactory

AGENCY = "Phòng Kinh tế (giả lập)"


@pytest.fixture
def project(gia_lai: Office, client: Client) -> PilotProject:
    client.force_login(gia_lai.helper)
    return make_project(gia_lai)


@pytest.fixture
def held(project: PilotProject, gia_lai: Office) -> TrainingSession:
    return make_class(project, gia_lai.helper)


@pytest.fixture
def door(held: TrainingSession) -> str:
    return f"/projects/GL-99/training/{held.pk}/check-in/"


@pytest.fixture
def invited(held: TrainingSession, gia_lai: Office) -> Invitation:
    return invite(held, gia_lai, phone="0900 000 012")


# --- invitations -----------------------------------------------------------------------------
def test_inviting_the_same_person_twice_gives_one_invitation(
    held: TrainingSession, invited: Invitation, gia_lai: Office
) -> None:
    assert invite(held, gia_lai, name="NGUYEN THI DAO (giả lập)") == invited


def test_no_more_people_are_invited_than_there_are_seats(project: PilotProject, gia_lai: Office) -> None:
    small = make_class(project, gia_lai.helper, seats=1)
    invite(small, gia_lai)
    with pytest.raises(NotAllowedNow, match="1 seats"):
        invite(small, gia_lai, name="Trần Văn Lộc (giả lập)")


def test_all_producers_are_invited_at_once_as_far_as_seats_go(
    client: Client, project: PilotProject, gia_lai: Office
) -> None:
    small = make_class(project, gia_lai.helper, seats=2)
    for number in (1, 2, 3):
        producer = ProducerFactory(number=number, province=gia_lai.province)
        projects.enrol_product(project, ProductFactory(producer=producer), by=project.manager)
    assert actions.invite_producers(small, by=gia_lai.helper) == (2, 1)
    assert actions.invite_producers(small, by=gia_lai.helper) == (0, 1)


def test_tokens_cannot_be_counted_up(held: TrainingSession, gia_lai: Office) -> None:
    tokens = {invite(held, gia_lai, name=f"Người {n} (giả lập)").token for n in range(20)}
    assert len(tokens) == 20
    assert all(re.fullmatch(r"[A-Z2-7]{16}", token) for token in tokens)


def test_seats_that_were_lowered_since_the_page_was_opened_count(held: TrainingSession, gia_lai: Office) -> None:
    before = TrainingSession.objects.get(pk=held.pk)
    change_training(held, by=gia_lai.helper, seats=0)
    with pytest.raises(NotAllowedNow, match="0 seats"):
        invite(before, gia_lai)
    assert actions.invite_producers(before, by=gia_lai.helper) == (0, 0)


def test_inviting_all_producers_takes_the_same_number_of_queries_for_2_and_for_12(
    project: PilotProject, held: TrainingSession, gia_lai: Office
) -> None:
    taken = []
    for numbers in (range(1, 3), range(3, 15)):
        for number in numbers:
            producer = ProducerFactory(number=number, province=gia_lai.province)
            projects.enrol_product(project, ProductFactory(producer=producer, gtin=None), by=project.manager)
        with CaptureQueriesContext(connection) as queries:
            actions.invite_producers(held, by=gia_lai.helper)
        taken.append(len(queries))
    assert held.invitations.count() == 14
    assert taken[0] == taken[1]


def test_an_invitation_that_was_withdrawn_meanwhile_lets_nobody_in(invited: Invitation, gia_lai: Office) -> None:
    before = Invitation.objects.get(pk=invited.pk)
    actions.withdraw_invitation(invited, by=gia_lai.helper)
    with pytest.raises(NotAllowedNow, match="was withdrawn"):
        actions.check_in(before, by=gia_lai.helper)


# --- looked up -------------------------------------------------------------------------------
@pytest.mark.parametrize("typed", ["0012", "00 012", "dao", "Nguyễn Đào", "nguyen", "kinh te"])
def test_a_person_is_found_by_digits_or_by_name_without_marks(
    client: Client, door: str, invited: Invitation, typed: str
) -> None:
    assert client.get(door, {"q": typed}).context["waiting"] == [invited]


@pytest.mark.parametrize("typed", ["9999", "Xuân", "%", "_"])
def test_others_are_not_found(client: Client, door: str, invited: Invitation, typed: str) -> None:
    assert client.get(door, {"q": typed}).context["waiting"] == []


def test_one_button_checks_in_without_a_script(client: Client, door: str, invited: Invitation) -> None:
    page = client.get(door).content.decode()
    assert f'action="{door}{invited.pk}/"' in page
    client.post(f"{door}{invited.pk}/")
    came = Attendance.objects.get()
    assert (came.invitation, came.person_name, came.way) == (invited, invited.person_name, "list")
    assert client.get(door).context["waiting"] == []


def test_checking_in_twice_is_once_and_warns(client: Client, door: str, invited: Invitation) -> None:
    client.post(f"{door}{invited.pk}/")
    answer = client.post(f"{door}{invited.pk}/", follow=True)
    assert Attendance.objects.count() == 1
    assert "was checked in before" in answer.content.decode()


def test_undo_gives_the_seat_free_and_keeps_the_invitation(client: Client, door: str, invited: Invitation) -> None:
    client.post(f"{door}{invited.pk}/")
    client.post(f"{door}{Attendance.objects.get().pk}/undo/")
    assert not Attendance.objects.exists()
    assert client.get(door).context["waiting"] == [invited]


def test_a_check_in_with_a_certificate_is_not_undone(invited: Invitation, gia_lai: Office) -> None:
    came, _new = actions.check_in(invited, by=gia_lai.helper, now=NOON)
    actions.mark_passed(invited.session, [came.pk], by=gia_lai.helper)
    actions.number_certificates(invited.session, by=gia_lai.helper)
    came.refresh_from_db()
    with pytest.raises(NotAllowedNow, match="certificate 1"):
        actions.undo_check_in(came, by=gia_lai.helper)


def test_a_certificate_numbered_meanwhile_keeps_the_check_in(invited: Invitation, gia_lai: Office) -> None:
    came, _is_new = actions.check_in(invited, by=gia_lai.helper)
    before = Attendance.objects.get(pk=came.pk)
    actions.mark_passed(invited.session, [came.pk], by=gia_lai.helper)
    actions.number_certificates(invited.session, by=gia_lai.helper)
    with pytest.raises(NotAllowedNow, match="has certificate 1"):
        actions.undo_check_in(before, by=gia_lai.helper)


def test_a_check_in_undone_twice_stands_once_in_the_history(invited: Invitation, gia_lai: Office) -> None:
    came, _is_new = actions.check_in(invited, by=gia_lai.helper)
    for one in (Attendance.objects.get(pk=came.pk), came):
        actions.undo_check_in(one, by=gia_lai.helper)
    assert AuditEvent.objects.filter(verb="fieldwork.check_in_undone").count() == 1


def test_a_class_without_a_day_has_no_door_yet(project: PilotProject, gia_lai: Office) -> None:
    planned = make_class(project, gia_lai.helper, held_on=None)
    with pytest.raises(NotAllowedNow, match="no day"):
        actions.check_in(invite(planned, gia_lai), by=gia_lai.helper)


# --- scanned ---------------------------------------------------------------------------------
def test_opening_the_code_changes_nothing_and_one_press_checks_in(client: Client, invited: Invitation) -> None:
    url = f"/C/{invited.token}/"
    assert invited.person_name in client.get(url).content.decode()
    assert not Attendance.objects.exists()
    client.post(url)
    assert Attendance.objects.get().way == "code"


@pytest.mark.parametrize("path", ["/c/{}", "/C/{}/", "/c/{}/"])
def test_the_code_works_in_capitals_and_in_small_letters(client: Client, invited: Invitation, path: str) -> None:
    assert client.get(path.format(invited.token.lower())).status_code == 200


def test_a_stranger_learns_nothing_from_a_code(client: Client, invited: Invitation, son_la: Office) -> None:
    client.force_login(son_la.helper)
    assert client.get(f"/C/{invited.token}/").status_code == 404
    assert client.post(f"/C/{invited.token}/").status_code == 404


def test_a_guessed_code_finds_nobody(client: Client, project: PilotProject) -> None:
    assert client.get("/C/AAAAAAAAAAAAAAAA/").status_code == 404


def test_a_clerk_may_not_check_in(client: Client, door: str, invited: Invitation, gia_lai: Office) -> None:
    client.force_login(gia_lai.clerk)
    assert client.get(door).status_code == 403
    assert client.post(f"/C/{invited.token}/").status_code == 403
    with pytest.raises(NotAllowedForYou):
        actions.check_in(invited, by=gia_lai.clerk)


def test_someone_who_is_not_signed_in_is_asked_to_do_so(invited: Invitation) -> None:
    assert Client().get(f"/C/{invited.token}/").status_code == 302


# --- walk-in ---------------------------------------------------------------------------------
WHO: dict[str, Any] = {"person_name": "Võ Thị Xuân (giả lập)", "phone": "0900000033", "agency": AGENCY}


def test_somebody_without_an_invitation_is_entered_at_the_door(client: Client, door: str) -> None:
    assert client.post(f"{door}new/", WHO)["Location"] == door
    assert Attendance.objects.get().way == "walk_in"


def test_an_invited_person_is_no_walk_in(held: TrainingSession, invited: Invitation, gia_lai: Office) -> None:
    with pytest.raises(SeemsTwice, match="from the list"):
        actions.walk_in(held, person_name="nguyễn thị đào (giả lập)", agency=AGENCY, by=gia_lai.helper)


def test_the_same_phone_twice_is_warned_of_and_may_be_confirmed(client: Client, door: str) -> None:
    client.post(f"{door}new/", WHO)
    other = {**WHO, "person_name": "Võ Văn Nam (giả lập)"}
    answer = client.post(f"{door}new/", other)
    assert answer.status_code == 422
    assert "is in the list already" in answer.content.decode()
    assert client.post(f"{door}new/", {**other, "shares_phone": "on"}).status_code == 302
    assert Attendance.objects.count() == 2


def test_the_same_name_at_the_same_agency_is_the_same_person_whatever_the_phone(client: Client, door: str) -> None:
    client.post(f"{door}new/", WHO)
    again = {**WHO, "phone": "0900000044", "shares_phone": "on"}
    assert client.post(f"{door}new/", again).status_code == 422


def test_a_full_class_takes_no_walk_in(project: PilotProject, gia_lai: Office) -> None:
    small = make_class(project, gia_lai.helper, seats=1)
    actions.walk_in(small, by=gia_lai.helper, **WHO)
    with pytest.raises(NotAllowedNow, match="all are taken"):
        actions.walk_in(small, by=gia_lai.helper, person_name="Phạm Sơn (giả lập)", agency=AGENCY)


def test_a_phone_in_letters_is_refused(client: Client, door: str) -> None:
    assert client.post(f"{door}new/", {**WHO, "phone": "không có"}).status_code == 422


# --- no-show ---------------------------------------------------------------------------------
def test_who_was_invited_and_did_not_come_is_shown(client: Client, held: TrainingSession, gia_lai: Office) -> None:
    invite(held, gia_lai, name="Lê Văn Vắng (giả lập)")
    assert "Lê Văn Vắng (giả lập)" in client.get(held.get_absolute_url()).content.decode()


def test_the_paper_list_typed_later_takes_the_invitation(
    held: TrainingSession, invited: Invitation, gia_lai: Office
) -> None:
    came = actions.record_attendance(held, person_name=invited.person_name, agency=AGENCY, by=gia_lai.helper)
    assert came.invitation == invited


# --- speed -----------------------------------------------------------------------------------
def test_the_door_and_the_list_stay_fast_with_1000_people(
    client: Client, project: PilotProject, gia_lai: Office, django_assert_max_num_queries: Any
) -> None:
    held = make_class(project, gia_lai.helper, seats=2000)
    people = [
        {"session": held, "agency": AGENCY, "person_name": f"Người {n} (giả lập)", "search_text": f"nguoi {n}"}
        for n in range(1000)
    ]
    Attendance.objects.bulk_create(Attendance(**person) for person in people)
    Invitation.objects.bulk_create(
        Invitation(**person, token=f"{n:016d}", invited_at=NOON, invited_by=gia_lai.helper)
        for n, person in enumerate(people)
    )
    door = f"/projects/GL-99/training/{held.pk}/check-in/"
    base = "/projects/GL-99/training/"
    pages = {gia_lai.helper: {door: 12, f"{door}?q=nguoi+99": 12}}
    pages[gia_lai.manager] = {f"{base}coverage/": 12, base: 12, held.get_absolute_url(): 13}
    for user, url, most in ((user, url, most) for user, urls in pages.items() for url, most in urls.items()):
        client.force_login(user)
        client.get(url)
        with django_assert_max_num_queries(most):
            assert client.get(url).status_code == 200
    assert len(client.get(door).content) < 60_000  # thirty people at most


def test_the_invitation_of_somebody_who_came_stays(invited: Invitation, gia_lai: Office) -> None:
    actions.check_in(invited, by=gia_lai.helper)
    with pytest.raises(NotAllowedNow, match="undo the check-in first"):
        actions.withdraw_invitation(invited, by=gia_lai.helper)


def test_a_check_with_a_certificate_is_not_taken_back(invited: Invitation, gia_lai: Office) -> None:
    came, _is_new = actions.check_in(invited, by=gia_lai.helper)
    actions.mark_passed(invited.session, [came.pk], by=gia_lai.helper)
    actions.number_certificates(invited.session, by=gia_lai.helper)
    with pytest.raises(NotAllowedNow, match="is not taken back here"):
        actions.mark_passed(invited.session, [], by=gia_lai.helper)
