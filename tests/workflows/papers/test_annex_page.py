"""The button that generates the annex of a notice."""

from __future__ import annotations

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from documents.models import Document
from projects.models import Plan
from tests.factories.projects import plan_line
from workflows import papers
from workflows.builtin_templates import register_builtin_template


@pytest.fixture
def plan(gia_lai) -> Plan:
    register_builtin_template(papers.ANNEX)
    return plan_line(gia_lai).plan


def url(plan: Plan) -> str:
    return reverse("workflows:prepare_annex", args=[plan.pk])


def test_the_manager_finds_the_annex_in_the_register(client, plan, gia_lai):
    client.force_login(gia_lai.manager)
    page = client.post(url(plan), follow=True)
    assert page.redirect_chain == [("/documents/", 302)]
    assert Document.objects.get().latest.get_absolute_url() in page.content.decode()


def test_a_notice_without_a_number_says_why_on_its_own_page(client, plan, gia_lai):
    Plan.objects.update(number="")
    client.force_login(gia_lai.manager)
    answer = client.post(url(plan))
    assert answer.url == plan.get_absolute_url()
    assert [message.level_tag for message in get_messages(answer.wsgi_request)] == ["error"]
    assert not Document.objects.exists()


def test_twice_is_two_versions_of_one_annex(client, plan, gia_lai):
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
    assert client.get(url(plan)).status_code == 405
    assert not Document.objects.exists()
