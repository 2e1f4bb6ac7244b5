"""Generating the notice of a list of missions on its page of papers."""

from __future__ import annotations

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from documents.models import Document
from projects.models import Plan, PlanLine
from tests.factories.projects import plan_line
from workflows.builtin_templates import register_builtin_template

NOTICE = "mission_notice"


@pytest.fixture
def plan(gia_lai) -> Plan:
    register_builtin_template(NOTICE)
    return plan_line(gia_lai).plan


def url(plan: Plan) -> str:
    return reverse("prepare_paper", args=["plan", plan.pk, NOTICE])


def test_the_manager_comes_to_the_notice_itself(client, plan, gia_lai):
    client.force_login(gia_lai.manager)
    page = client.post(url(plan), follow=True)
    assert page.redirect_chain == [(f"/documents/papers/{Document.objects.get().pk}/", 302)]
    assert Document.objects.get().latest.get_absolute_url() in page.content.decode()


def test_a_notice_without_missions_says_why_on_its_own_page(client, plan, gia_lai):
    PlanLine.objects.all().delete()
    client.force_login(gia_lai.manager)
    answer = client.post(url(plan))
    assert answer.status_code == 200
    assert [message.level_tag for message in get_messages(answer.wsgi_request)] == ["error"]
    assert not Document.objects.exists()


def test_twice_is_two_versions_of_one_notice(client, plan, gia_lai):
    client.force_login(gia_lai.manager)
    client.post(url(plan))
    client.post(url(plan))
    assert Document.objects.get().latest.number == 2


def test_others_of_the_province_are_told_that_it_is_not_theirs(client, plan, gia_lai):
    client.force_login(gia_lai.leader)
    client.post(url(plan))
    assert not Document.objects.exists()


def test_another_province_gets_not_found(client, plan, son_la):
    client.force_login(son_la.manager)
    assert client.post(url(plan)).status_code == 404


def test_looking_changes_nothing(client, plan, gia_lai):
    client.force_login(gia_lai.manager)
    assert client.get(url(plan)).status_code == 200
    assert not Document.objects.exists()
