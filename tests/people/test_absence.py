"""Who is away, who stands in, and what is refused."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from people import absence as absences
from people.absence import AbsenceRefused, covers_of, end_absence, enter_absence, standing_of, visible_to
from people.models import Absence, AuditEvent, Membership, User
from tests.factories.people import member
from tests.factories.together import at_once

TODAY = timezone.localdate
DAY = timedelta(days=1)


def enter(user, substitute, *, first=0, last=5, by=None, **scope):
    """Enter an absence of days counted from today."""
    day = TODAY()
    return enter_absence(
        user, substitute=substitute, starts_on=day + first * DAY, ends_on=day + last * DAY, by=by or user, **scope
    )


def fresh(user):
    """The person as the next request reads them."""
    return User.objects.get(pk=user.pk)


def test_a_substitute_covers_the_roles_from_the_first_to_the_last_day(gia_lai):
    enter(gia_lai.leader, gia_lai.clerk, first=1, last=3)
    covered = [bool(covers_of(gia_lai.clerk, TODAY() + number * DAY)) for number in range(5)]
    assert covered == [False, True, True, True, False]


def test_a_cover_names_the_absent_person_the_role_and_the_province(gia_lai):
    enter(gia_lai.leader, gia_lai.clerk)
    [cover] = covers_of(fresh(gia_lai.clerk))
    assert (cover.absent_id, cover.role, cover.province_id) == (gia_lai.leader.pk, "leader", gia_lai.province.pk)


def test_only_the_chosen_roles_are_covered(gia_lai):
    leader = member("gl-lanhdao", Membership.Role.REVIEWER, gia_lai.organisation)
    enter(leader, gia_lai.clerk, roles=["reviewer"])
    assert [cover.role for cover in covers_of(fresh(gia_lai.clerk))] == ["reviewer"]


def test_only_the_chosen_cases_are_covered(gia_lai):
    enter(gia_lai.leader, gia_lai.clerk, cases=["projects.pilotproject:7"])
    [cover] = covers_of(fresh(gia_lai.clerk))
    assert cover.reaches("projects.pilotproject:7")
    assert not cover.reaches("projects.pilotproject:8")


def test_an_absence_that_is_called_off_gives_no_right(gia_lai):
    absence = enter(gia_lai.leader, gia_lai.clerk)
    end_absence(absence, by=gia_lai.leader)
    assert covers_of(fresh(gia_lai.clerk)) == ()


def test_calling_off_twice_is_one_act(gia_lai):
    absence = enter(gia_lai.leader, gia_lai.clerk)
    first = end_absence(absence, by=gia_lai.leader).ended_at
    assert end_absence(absence, by=gia_lai.leader).ended_at == first
    assert AuditEvent.objects.filter(verb="people.absence_ended").count() == 1


def test_a_substitute_who_left_the_office_covers_nobody(gia_lai):
    enter(gia_lai.leader, gia_lai.clerk)
    Membership.objects.filter(user=gia_lai.clerk).update(valid_to=TODAY() - DAY)
    assert covers_of(fresh(gia_lai.clerk)) == ()


def test_a_role_that_the_absent_person_lost_is_not_covered(gia_lai):
    enter(gia_lai.leader, gia_lai.clerk)
    Membership.objects.filter(user=gia_lai.leader).update(valid_to=TODAY() - DAY)
    assert covers_of(fresh(gia_lai.clerk)) == ()


def test_how_a_person_stands_is_asked_once_per_request(gia_lai, django_assert_num_queries):
    clerk = fresh(gia_lai.clerk)
    with django_assert_num_queries(1):
        for _ in range(3):
            standing_of(clerk)
            covers_of(clerk)


def test_both_sides_know_of_the_absence(gia_lai):
    absence = enter(gia_lai.leader, gia_lai.clerk)
    assert standing_of(fresh(gia_lai.leader)).away == absence
    assert standing_of(fresh(gia_lai.clerk)).covering == (absence,)


# --- what is refused -------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("first", "last"), [(3, 2), (-5, -1), (-1, 3), (0, 367)], ids=["backwards", "over", "begun", "too long"]
)
def test_days_that_make_no_sense_are_refused(gia_lai, first, last):
    with pytest.raises(AbsenceRefused):
        enter(gia_lai.leader, gia_lai.clerk, first=first, last=last)


def test_nobody_is_their_own_substitute(gia_lai):
    with pytest.raises(AbsenceRefused):
        enter(gia_lai.leader, gia_lai.leader)


def test_a_substitute_comes_from_the_same_province(gia_lai, son_la):
    with pytest.raises(AbsenceRefused):
        enter(gia_lai.leader, son_la.leader)


def test_who_is_covered_by_somebody_away_must_choose_another(gia_lai):
    enter(gia_lai.clerk, gia_lai.helper, first=2, last=4)
    with pytest.raises(AbsenceRefused, match=gia_lai.clerk.full_name.replace("(", r"\(").replace(")", r"\)")):
        enter(gia_lai.leader, gia_lai.clerk, first=4, last=9)


def test_a_substitute_cannot_go_away_and_pass_the_work_on(gia_lai):
    enter(gia_lai.leader, gia_lai.clerk, first=2, last=4)
    with pytest.raises(AbsenceRefused):
        enter(gia_lai.clerk, gia_lai.helper, first=4, last=9)


def test_one_after_the_other_is_no_chain(gia_lai):
    enter(gia_lai.leader, gia_lai.clerk, first=2, last=4)
    enter(gia_lai.clerk, gia_lai.helper, first=5, last=9)
    assert Absence.objects.count() == 2


def test_two_absences_of_one_person_do_not_overlap(gia_lai):
    enter(gia_lai.leader, gia_lai.clerk, first=2, last=4)
    with pytest.raises(AbsenceRefused):
        enter(gia_lai.leader, gia_lai.helper, first=4, last=9)


def test_a_role_that_is_not_held_cannot_be_passed_on(gia_lai):
    with pytest.raises(AbsenceRefused):
        enter(gia_lai.clerk, gia_lai.helper, roles=["leader"])


def test_a_case_is_named_as_the_log_names_it(gia_lai):
    with pytest.raises(AbsenceRefused):
        enter(gia_lai.clerk, gia_lai.helper, cases=["x'; drop"])


# --- who may enter it ------------------------------------------------------------------------------
def test_a_leader_enters_the_absence_of_somebody_who_fell_ill(gia_lai):
    absence = enter(gia_lai.clerk, gia_lai.helper, by=gia_lai.leader)
    assert (absence.user, absence.made_by) == (gia_lai.clerk, gia_lai.leader)


def test_a_colleague_cannot_send_somebody_away(gia_lai):
    with pytest.raises(AbsenceRefused):
        enter(gia_lai.leader, gia_lai.clerk, by=gia_lai.clerk)


def test_the_leader_of_another_province_cannot_either(gia_lai, son_la):
    with pytest.raises(AbsenceRefused):
        enter(gia_lai.clerk, gia_lai.helper, by=son_la.leader)


def test_a_substitute_cannot_call_the_absence_off(gia_lai):
    absence = enter(gia_lai.leader, gia_lai.clerk)
    with pytest.raises(AbsenceRefused):
        end_absence(absence, by=gia_lai.clerk)


def test_a_leader_sees_who_is_away_in_the_province_and_a_colleague_only_their_own(gia_lai, son_la):
    absence = enter(gia_lai.clerk, gia_lai.helper)
    seen = {person.username for person in User.objects.all() if absence in visible_to(person)}
    assert seen == {gia_lai.clerk.username, gia_lai.helper.username, gia_lai.leader.username}


def test_colleagues_are_the_people_of_the_province(gia_lai, son_la):
    found = set(absences.colleagues_of(gia_lai.clerk))
    assert gia_lai.leader in found
    assert gia_lai.clerk not in found
    assert son_la.leader not in found


def test_the_days_are_those_of_vietnam(gia_lai, settings):
    assert settings.TIME_ZONE == "Asia/Ho_Chi_Minh"
    assert isinstance(enter(gia_lai.leader, gia_lai.clerk).starts_on, date)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_absences_entered_in_the_same_second_make_no_chain(gia_lai):
    for number in range(8):
        day = TODAY() + number * 10 * DAY
        days = {"starts_on": day, "ends_on": day + 5 * DAY}
        a, b, c = gia_lai.leader, gia_lai.clerk, gia_lai.helper

        def away(person, substitute, days=days):
            return lambda: enter_absence(person, substitute=substitute, by=person, **days)

        answers = at_once(away(a, b), away(b, c))

        assert [type(answer) for answer in answers if isinstance(answer, Exception)] == [AbsenceRefused]
        assert Absence.objects.overlapping(days["starts_on"], days["ends_on"]).count() == 1


def test_somebody_whose_account_is_closed_stands_in_for_nobody(gia_lai):
    User.objects.filter(pk=gia_lai.clerk.pk).update(is_active=False)
    gia_lai.clerk.refresh_from_db()
    with pytest.raises(AbsenceRefused, match="choose a colleague"):
        enter(gia_lai.manager, gia_lai.clerk)


def test_a_substitute_whose_account_is_closed_meanwhile_covers_nobody(gia_lai):
    enter(gia_lai.manager, gia_lai.clerk)
    assert covers_of(fresh(gia_lai.clerk))
    User.objects.filter(pk=gia_lai.clerk.pk).update(is_active=False)
    assert not covers_of(fresh(gia_lai.clerk))
