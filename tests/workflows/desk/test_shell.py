"""The page's frame: navigation by role, the number of steps that wait, and where the start page leads."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from config.context_processors import shell
from people.scope import scope_of
from tests.factories import desk
from tests.factories.people import UserFactory
from tests.factories.registry import ProducerFactory, producer_user


def frame(user, path="/account/"):
    request = RequestFactory().get(path)
    request.user = user
    return shell(request)


def entry(context, name):
    return next(item for item in context["nav_items"] if item["url"] == reverse(name))


def test_an_anonymous_visitor_gets_no_navigation_and_asks_no_question():
    # no fixture opens the database here: a question to it would fail
    assert "nav_items" not in frame(AnonymousUser())


def test_the_navigation_counts_what_the_person_can_do_in_two_questions(gia_lai, deliverable, django_assert_num_queries):
    desk.submitted(deliverable, gia_lai)
    scope_of(gia_lai.clerk)

    with django_assert_num_queries(2):  # whom they stand in for, and the steps
        context = frame(gia_lai.clerk)
        assert entry(context, "inbox")["count"] == 1

    assert context["current_organisation"] == gia_lai.organisation.name


def test_a_page_that_does_not_exist_asks_for_no_steps(gia_lai, as_user):
    client = as_user(gia_lai.clerk)

    with CaptureQueriesContext(connection) as asked:
        assert client.get(reverse("project", args=["NOBODYS"])).status_code == 404

    assert not [query["sql"] for query in asked if "viewflow_task" in query["sql"]]


def test_the_entry_of_the_page_is_marked(gia_lai):
    assert entry(frame(gia_lai.manager, "/projects/"), "projects:projects")["active"]
    assert entry(frame(gia_lai.manager, "/tasks/3/"), "inbox")["active"]
    assert not entry(frame(gia_lai.manager, "/account/"), "inbox")["active"]


def test_stamps_and_lots_are_for_those_who_work_with_them(gia_lai):
    def urls(user):
        return {item["url"] for item in frame(user)["nav_items"]}

    assert reverse("lots:lots") in urls(gia_lai.helper)
    assert reverse("lots:lots") not in urls(gia_lai.clerk)
    assert reverse("stamps:orders") in urls(gia_lai.stamp_officer)
    assert reverse("stamps:orders") not in urls(gia_lai.reviewers[0])


def test_a_producer_gets_no_official_navigation(db):
    assert "nav_items" not in frame(producer_user(ProducerFactory(), "htx-ia-to"))


def test_the_start_page_leads_those_who_follow_projects_to_the_overview(as_user, gia_lai):
    assert as_user(gia_lai.leader).get("/")["Location"] == reverse("overview")
    assert as_user(gia_lai.manager).get("/")["Location"] == reverse("overview")


def test_the_start_page_leads_other_officials_to_their_inbox(as_user, gia_lai):
    assert as_user(gia_lai.clerk).get("/")["Location"] == "/inbox/"


def test_the_start_page_leads_producers_to_their_stamps(as_user, db):
    assert as_user(producer_user(ProducerFactory(), "htx-ia-to")).get("/")["Location"] == reverse("stamps:mine")


def test_the_start_page_leads_the_keeper_to_the_overview(as_user, db):
    assert as_user(UserFactory(is_superuser=True)).get("/")["Location"] == reverse("overview")


def test_the_start_page_asks_strangers_to_log_in(client, db):
    assert client.get("/")["Location"].startswith(reverse("people:login"))


@pytest.mark.parametrize("path", ["/", "/inbox/"])
def test_looking_is_all_that_these_pages_offer(as_user, gia_lai, path):
    assert as_user(gia_lai.clerk).post(path).status_code == 405
