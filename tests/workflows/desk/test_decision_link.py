"""Links in messages: for one person, one step, seven days; opening one never changes anything."""

import time
from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.core import signing
from viewflow.workflow.models import Task

from notices.models import Delivery, Message
from notices.sending import outgoing
from people.models import AuditEvent
from projects.models import Deliverable, Remark, Review
from tests.factories import desk
from workflows.decision_links import Pass, link_for, read, way_in


@pytest.fixture
def paper(gia_lai, deliverable):
    return desk.in_review(deliverable, gia_lai)


@pytest.fixture
def reviewer(gia_lai):
    return gia_lai.reviewers[0]


@pytest.fixture
def link(paper, reviewer):
    return link_for(desk.step(paper, "review", reviewer), reviewer)


def everything():
    return desk.rows(Task), desk.rows(Review), desk.rows(Deliverable), desk.rows(AuditEvent)


@pytest.mark.parametrize("method", ["get", "head"])
def test_opening_the_link_shows_the_step_and_changes_nothing(as_user, paper, reviewer, link, method):
    before = everything()

    response = getattr(as_user(reviewer), method)(link, headers={"purpose": "prefetch"})

    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert everything() == before


def test_the_page_says_what_it_is_about_and_leads_to_the_file(as_user, paper, reviewer, link):
    page = as_user(reviewer).get(link).content.decode()

    assert str(paper) in page
    assert "/documents/" in page
    assert 'value="approve"' in page
    assert 'value="return"' in page


def test_without_a_login_it_leads_to_the_login_and_back(client, link):
    response = client.get(link)

    assert response.status_code == 302
    assert unquote(response["Location"]).endswith(f"?next={link}")


def test_the_decision_is_recorded_once(as_user, reviewer, paper, link):
    browser = as_user(reviewer)

    answers = [browser.post(link, {"decision": "approve"}).status_code for _ in range(2)]

    assert answers == [200, 409]
    assert Review.objects.get(reviewer=reviewer).verdict == "approve"
    assert AuditEvent.objects.filter(verb="deliverable.reviewed").count() == 1


def test_a_return_without_a_remark_is_asked_for_one(as_user, reviewer, paper, link):
    browser = as_user(reviewer)

    assert browser.post(link, {"decision": "return"}).status_code == 422
    assert browser.post(link, {"decision": "return", "remark_1": "Nêu nguồn"}).status_code == 200
    assert Remark.objects.get().text == "Nêu nguồn"


def test_somebody_else_is_told_that_it_is_not_theirs(as_user, gia_lai, link):
    before = everything()

    for browser in (as_user(gia_lai.reviewers[1]), as_user(gia_lai.leader)):
        for response in (browser.get(link), browser.post(link, {"decision": "approve"})):
            assert response.status_code == 404
            assert "made for another person" in response.content.decode()
    assert everything() == before


def made_before(age, step, reviewer, monkeypatch):
    """A link that was made so long ago."""
    then = time.time() - age.total_seconds()
    with monkeypatch.context() as patched:
        patched.setattr(signing.time, "time", lambda: then)
        return link_for(step, reviewer)


def test_after_seven_days_it_has_expired_and_says_where_the_step_is(as_user, reviewer, paper, monkeypatch):
    step = desk.step(paper, "review", reviewer)
    old = made_before(timedelta(days=7, minutes=1), step, reviewer, monkeypatch)
    young = made_before(timedelta(days=6, hours=23), step, reviewer, monkeypatch)
    browser, before = as_user(reviewer), everything()

    for response in (browser.get(old), browser.post(old, {"decision": "approve"})):
        assert response.status_code == 410
        assert "/inbox/" in response.content.decode()
    assert everything() == before
    assert browser.get(young).status_code == 200


def test_forged_and_foreign_tokens_open_nothing(as_user, reviewer, paper, link):
    step = desk.step(paper, "review", reviewer)
    forged = [
        "abc",
        "a:b:c",
        "%00",
        "²",
        link.split("/")[2][:-1],
        link.split("/")[2][::-1],
        signing.dumps([step.pk, reviewer.pk], salt="another purpose"),
        signing.dumps({"task": 1}, salt="workflows.decision_links"),
        signing.dumps(["x", None], salt="workflows.decision_links"),
        signing.dumps([10**30, reviewer.pk], salt="workflows.decision_links"),
    ]
    browser = as_user(reviewer)

    for token in forged:
        assert browser.get(f"/d/{token}/").status_code == 404, token
        assert browser.post(f"/d/{token}/", {"decision": "approve"}).status_code == 404, token


def test_a_closed_step_says_how_it_ended(as_user, reviewer, paper, link):
    desk.do(paper, "review", reviewer, {"decision": "approve"})

    response = as_user(reviewer).get(link)

    assert response.status_code == 200
    assert response.context["form"] is None
    assert "This step is closed" in response.content.decode()


def test_a_step_that_needs_the_desk_leads_there(as_user, gia_lai, deliverable):
    step = desk.step(deliverable, "prepare")

    response = as_user(gia_lai.manager).get(link_for(step, gia_lai.manager))

    assert response.context["form"] is None
    assert f"/tasks/{step.pk}/" in response.content.decode()


def test_what_leaves_the_house_about_a_decision_leads_to_the_light_page(gia_lai, paper, reviewer, settings):
    step, page = desk.step(paper, "review", reviewer), f"/tasks/{desk.step(paper, 'review', reviewer).pk}/"
    message = Message(recipient=reviewer, subject="Việc mới", url=page)

    [item] = outgoing([Delivery(pk=1, message=message, channel="email", address="mail@vidu.example")]).items

    path = item.url.removeprefix(settings.SITE_URL)
    assert read(path.split("/")[2]) == Pass(step.pk, reviewer.pk)


def test_other_pages_keep_their_address_in_messages(gia_lai, paper, reviewer, deliverable):
    step = desk.step(paper, "review", reviewer)
    desk.do(paper, "review", gia_lai.reviewers[1], {"decision": "approve"})
    other = desk.first_deliverable(desk.running_project(gia_lai, code="GL-98"))

    assert way_in(f"/tasks/{step.pk}/", gia_lai.leader) == ""  # somebody else's
    assert way_in(f"/tasks/{desk.step(other, 'prepare').pk}/", gia_lai.manager) == ""  # done on the desk
    assert way_in("/projects/GL-99/", reviewer) == ""
    assert way_in("/no/such/page/", reviewer) == ""


def test_a_step_that_was_handed_over_is_not_decided_by_its_old_link(as_user, gia_lai, reviewer, paper, link):
    Task.objects.filter(pk=desk.step(paper, "review", reviewer).pk).update(owner=gia_lai.helper)

    response = as_user(reviewer).post(link, {"decision": "approve"})

    assert response.status_code == 403
    assert not Review.objects.exclude(verdict="").exists()
