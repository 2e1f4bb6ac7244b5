"""Every unit sees the tasks that the plans give it."""

import pytest

from people.models import Organisation
from tests.factories.people import OrganisationFactory, signed_in
from tests.factories.projects import make_project

URL = "/unit-tasks/"


@pytest.fixture
def line(gia_lai):
    """A line of a notice: the branch in the lead, the department of trade as a partner."""
    line = make_project(gia_lai).line
    line.lead = "Chi cục Tiêu chuẩn Đo lường Chất lượng (giả lập)"
    line.partners = "Sở Nông nghiệp và Phát triển nông thôn, SỞ CÔNG THƯƠNG"
    line.save()
    return line


@pytest.fixture
def trade(gia_lai):
    return OrganisationFactory(
        code="sct-gl", name="Sở Công Thương tỉnh Gia Lai", province=gia_lai.province, kind=Organisation.Kind.DEPARTMENT
    )


def page(user, **query):
    return signed_in(user).get(URL, query)


@pytest.mark.requirement("QT-IV.1")
def test_the_unit_in_the_lead_sees_its_tasks(gia_lai, line):
    context = page(gia_lai.manager).context

    assert context["unit"] == gia_lai.organisation
    assert (context["led"], context["partnered"]) == ([line], [])
    assert [project.code for project in context["owned"]] == ["GL-99"]


@pytest.mark.requirement("QT-IV.1")
def test_a_partner_is_found_without_its_province_and_whatever_the_capitals(gia_lai, line, trade):
    context = page(gia_lai.leader, unit=trade.pk).context

    assert (context["unit"], context["led"], context["partnered"]) == (trade, [], [line])


def test_another_province_sees_no_task_and_no_unit_of_it(gia_lai, son_la, line):
    context = page(son_la.manager, unit=gia_lai.organisation.pk).context

    assert context["unit"] == son_la.organisation
    assert context["led"] == []
    assert gia_lai.organisation not in context["units"]


@pytest.mark.parametrize("asked", ["x", "\0", "99999999999999999999999", "-1"])
def test_a_unit_that_is_none_shows_ones_own(gia_lai, line, asked):
    assert page(gia_lai.clerk, unit=asked).context["unit"] == gia_lai.organisation


def test_somebody_without_a_unit_has_no_tasks(db, django_user_model):
    assert page(django_user_model.objects.create_user("chu-the")).status_code == 404
