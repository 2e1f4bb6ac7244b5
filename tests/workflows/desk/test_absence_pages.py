"""The pages of absence: entering with a look ahead, calling off, who covers whom, and the banner."""

from datetime import timedelta

import pytest
from django.utils import timezone

from people.models import Absence, Membership
from tests.factories import desk
from tests.factories.people import member
from workflows import absences

URL, NEW = "/absences/", "/absences/new/"


def days(first=0, last=5):
    today = timezone.localdate()
    return {
        "starts_on": f"{today + timedelta(days=first):%d/%m/%Y}",
        "ends_on": f"{today + timedelta(days=last):%d/%m/%Y}",
    }


def away(person, substitute, **scope):
    today = timezone.localdate()
    return absences.enter(
        person, substitute=substitute, starts_on=today, ends_on=today + timedelta(days=5), by=person, **scope
    )


def text(response):
    return response.content.decode()


def test_looking_ahead_changes_nothing(as_user, gia_lai, project):
    answers = {**days(), "substitute": gia_lai.helper.pk, "check": "1"}

    response = as_user(gia_lai.manager).post(NEW, answers)

    assert response.status_code == 200
    assert len(response.context["ahead"].offered) == 1
    assert not Absence.objects.exists()


def test_confirming_enters_the_absence_with_its_scope(as_user, gia_lai, project):
    member(gia_lai.manager.username, Membership.Role.REVIEWER, gia_lai.organisation)
    answers = {
        **days(),
        "substitute": gia_lai.helper.pk,
        "roles": ["manager"],
        "projects": [project.pk],
        "authority": "Giấy ủy quyền số 12/GUQ-CCTĐC",
        "confirm": "1",
    }

    assert as_user(gia_lai.manager).post(NEW, answers)["Location"] == URL
    absence = Absence.objects.get()
    assert (absence.user, absence.substitute) == (gia_lai.manager, gia_lai.helper)
    assert (absence.roles, absence.cases) == (["manager"], [f"projects.pilotproject:{project.pk}"])
    assert absence.authority == "Giấy ủy quyền số 12/GUQ-CCTĐC"


def test_a_search_narrows_the_colleagues_and_keeps_what_was_typed(as_user, gia_lai):
    response = as_user(gia_lai.manager).post(NEW, {**days(), "colleague": "LANHDAO", "find": "1"})

    form = response.context["form"]
    assert form.found == [gia_lai.leader]
    assert form["starts_on"].value() == days()["starts_on"]


def test_a_refusal_stands_on_the_form(as_user, gia_lai):
    away(gia_lai.helper, gia_lai.clerk)

    response = as_user(gia_lai.manager).post(NEW, {**days(), "substitute": gia_lai.helper.pk, "confirm": "1"})

    assert response.status_code == 422
    assert "choose someone who is there" in text(response)


@pytest.mark.parametrize(
    "answers",
    [
        {},
        {"starts_on": "31/02/2026", "ends_on": "x", "substitute": "999999999999999999999"},
        {"starts_on": "\0", "ends_on": "01/01/0001", "substitute": "\0", "colleague": "\0", "authority": "\0"},
        {"substitute": "1", "roles": "king", "projects": "99999999999999999999999"},
    ],
)
@pytest.mark.parametrize("button", ["check", "confirm", "find", "edit"])
def test_bad_answers_are_no_error(as_user, gia_lai, answers, button):
    response = as_user(gia_lai.manager).post(NEW, {**answers, button: "1"})

    assert response.status_code in (200, 422)
    assert not Absence.objects.exists()


def test_a_colleague_of_another_province_cannot_be_chosen(as_user, gia_lai, son_la):
    response = as_user(gia_lai.manager).post(NEW, {**days(), "substitute": son_la.manager.pk, "confirm": "1"})

    assert response.status_code == 422
    assert not Absence.objects.exists()


def test_a_leader_enters_it_for_somebody_who_fell_ill(as_user, gia_lai):
    url = f"{NEW}?person={gia_lai.clerk.pk}"

    as_user(gia_lai.leader).post(url, {**days(), "substitute": gia_lai.helper.pk, "confirm": "1"})

    absence = Absence.objects.get()
    assert (absence.user, absence.made_by) == (gia_lai.clerk, gia_lai.leader)


@pytest.mark.parametrize("asked", ["other", "x", "99999999999999999999", "\0"])
def test_nobody_enters_it_for_people_whom_they_do_not_oversee(as_user, gia_lai, asked):
    person = str(gia_lai.leader.pk) if asked == "other" else asked

    assert as_user(gia_lai.clerk).get(NEW, {"person": person}).status_code == 404


def test_calling_off_ends_the_substitution(as_user, gia_lai):
    absence = away(gia_lai.manager, gia_lai.helper)

    assert as_user(gia_lai.manager).post(f"{URL}{absence.pk}/end/")["Location"] == URL
    absence.refresh_from_db()
    assert absence.ended_at


def test_a_link_cannot_call_off(as_user, gia_lai):
    absence = away(gia_lai.manager, gia_lai.helper)

    assert as_user(gia_lai.manager).get(f"{URL}{absence.pk}/end/").status_code == 405


def test_leaders_see_who_covers_whom_in_the_province(as_user, gia_lai, son_la):
    away(gia_lai.manager, gia_lai.helper)
    away(son_la.manager, son_la.helper)

    leader = as_user(gia_lai.leader).get(URL)
    clerk = as_user(gia_lai.clerk).get(URL)

    assert [row["absence"].user for row in leader.context["others"]] == [gia_lai.manager]
    assert clerk.context["others"] == clerk.context["mine"] == []


def test_both_see_the_banner_on_every_page_and_nobody_else(as_user, gia_lai):
    away(gia_lai.manager, gia_lai.helper)

    assert "stands in for you" in text(as_user(gia_lai.manager).get("/inbox/"))
    assert "You stand in for" in text(as_user(gia_lai.helper).get("/projects/"))
    assert 'class="standing"' not in text(as_user(gia_lai.clerk).get("/inbox/"))


def test_an_offered_step_is_marked_in_the_list_of_the_group(as_user, gia_lai, deliverable):
    away(gia_lai.manager, gia_lai.inspector)

    response = as_user(gia_lai.inspector).get("/inbox/?tab=group")

    assert f"offered for {gia_lai.manager}" in text(response)


def test_a_substitute_takes_over_and_gives_back_on_the_page_of_the_step(as_user, gia_lai, deliverable):
    away(gia_lai.manager, gia_lai.inspector)
    task = desk.step(deliverable, "prepare")
    browser = as_user(gia_lai.inspector)
    assert "Take over" in text(browser.get(f"/tasks/{task.pk}/"))

    browser.post(f"/tasks/{task.pk}/take-over/")
    taken = browser.get(f"/tasks/{task.pk}/")
    browser.post(f"/tasks/{task.pk}/give-back/")
    task.refresh_from_db()

    assert taken.context["form"]
    assert f"{gia_lai.inspector} (for {gia_lai.manager})" in text(taken)
    assert task.owner == gia_lai.manager


def test_who_does_not_stand_in_is_not_offered_the_step(as_user, gia_lai, deliverable):
    task = desk.step(deliverable, "prepare")

    assert "Take over" not in text(as_user(gia_lai.clerk).get(f"/tasks/{task.pk}/"))
    assert as_user(gia_lai.clerk).post(f"/tasks/{task.pk}/take-over/").status_code == 403
    assert as_user(gia_lai.clerk).post(f"/tasks/{task.pk}/give-back/").status_code == 403


def test_the_page_of_the_deliverable_says_who_reviewed_for_whom(as_user, gia_lai, deliverable):
    away(gia_lai.reviewers[0], gia_lai.inspector)
    desk.in_review(deliverable, gia_lai)
    as_user(gia_lai.inspector).post(f"/tasks/{desk.step(deliverable, 'review', gia_lai.inspector).pk}/", desk.APPROVE)

    page = text(as_user(gia_lai.leader).get(deliverable.get_absolute_url()))

    assert f"{gia_lai.inspector} (for {gia_lai.reviewers[0]})" in page


def test_a_person_without_an_office_has_no_absences(as_user, gia_lai, django_user_model):
    stranger = django_user_model.objects.create_user("chu-the")

    assert as_user(stranger).get(URL).status_code == 404
    assert as_user(stranger).get(NEW).status_code == 404
