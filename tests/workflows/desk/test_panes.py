"""The panes of a step's page: the list beside it, its neighbours, and where a decision leads."""

import pytest

from projects.models import Review
from tests.factories import desk
from workflows.views import listing


@pytest.fixture
def papers(gia_lai):
    """Five deliverables in review, in the order of the list."""
    made = [desk.first_deliverable(desk.running_project(gia_lai, code=f"GL-0{n}")) for n in range(1, 6)]
    return [desk.in_review(paper, gia_lai) for paper in made]


@pytest.fixture
def browser(as_user, gia_lai):
    return as_user(gia_lai.reviewers[0])


@pytest.fixture
def urls(papers, gia_lai):
    return [f"/tasks/{desk.step(paper, 'review', gia_lai.reviewers[0]).pk}/" for paper in papers]


APPROVE = {"decision": "approve"}


def pane(response):
    return response.context["pane"]


def test_the_list_stands_beside_the_step_with_project_and_sender(browser, urls, gia_lai):
    page = browser.get(urls[0])

    assert [step.url for step in pane(page).steps] == urls
    assert [step.project.code for step in pane(page).steps] == ["GL-01", "GL-02", "GL-03", "GL-04", "GL-05"]
    assert page.content.decode().count(str(gia_lai.manager)) >= len(urls)


def test_a_step_knows_its_neighbours(browser, urls):
    first, middle, last = (pane(browser.get(urls[n])) for n in (0, 2, 4))

    assert (first.before_url, first.after_url) == ("", urls[1])
    assert (middle.before_url, middle.after_url) == (urls[1], urls[3])
    assert (last.before_url, last.after_url) == (urls[3], "")
    assert (middle.place.number, middle.place.total) == (3, 5)


def test_the_filter_stays_on_the_way_from_step_to_step(browser, urls):
    page = browser.get(urls[1] + "?project=GL-02&tab=mine&page=7&show=changes")

    assert [step.url for step in pane(page).steps] == [urls[1]]
    assert "/inbox/?tab=mine&amp;project=GL-02" in page.content.decode()
    assert f'action="{urls[1]}?tab=mine&amp;project=GL-02"' in page.content.decode()


def test_after_a_decision_the_step_that_followed_opens(browser, urls):
    response = browser.post(urls[2], APPROVE)

    assert response["Location"] == urls[3]


def test_after_the_last_of_the_list_the_first_that_was_left_opens(browser, urls):
    browser.post(urls[1], APPROVE)

    assert browser.post(urls[4], APPROVE)["Location"] == urls[0]


def test_the_order_of_the_list_is_the_order_of_the_way(browser, urls):
    assert browser.post(urls[2] + "?sort=-project", APPROVE)["Location"] == urls[1] + "?sort=-project"


def test_when_the_filtered_list_is_done_it_is_shown_empty_with_what_was_done(browser, urls):
    response = browser.post(urls[2] + "?project=GL-03", APPROVE, follow=True)

    assert response.redirect_chain == [("/inbox/?project=GL-03", 302)]
    page = response.content.decode()
    assert "Nothing is left in this part of the list" in page
    assert "D1 Báo cáo kết quả khảo sát: Meets the requirements." in page


def test_a_decision_that_is_refused_keeps_the_list(browser, urls):
    response = browser.post(urls[2] + "?project=GL-03", {"decision": "return"})

    assert response.status_code == 422
    assert f'action="{urls[2]}?project=GL-03"' in response.content.decode()
    assert not Review.objects.exclude(verdict="").exists()


def test_a_step_outside_the_list_is_followed_by_the_first_of_it(browser, urls):
    page = browser.get(urls[0] + "?project=GL-04")

    assert pane(page).place.number == 0
    assert pane(page).after_url == urls[3] + "?project=GL-04"
    assert browser.post(urls[0] + "?project=GL-04", APPROVE)["Location"] == urls[3] + "?project=GL-04"


def test_a_long_list_is_shown_in_parts_around_the_step(browser, urls, monkeypatch):
    monkeypatch.setattr(listing, "PANE_LENGTH", 2)

    around = pane(browser.get(urls[3] + "?tab=mine"))
    assert [step.url for step in around.steps] == urls[2:4]
    assert (around.earlier_url, around.later_url) == ("?tab=mine&list=1", "?tab=mine&list=3")
    assert [step.url for step in pane(browser.get(urls[3] + "?list=1")).steps] == urls[:2]


@pytest.mark.parametrize(
    "query",
    ["list=x", "list=0", "list=-1", "list=99999999999999999999", "list=²", "tab=x&q=%00", "sort=x", "sort=-", "show=x"],
)
def test_a_strange_query_string_is_no_error(browser, urls, query):
    assert browser.get(f"{urls[0]}?{query}").status_code == 200
    assert browser.post(f"{urls[0]}?{query}", {}).status_code == 422


def test_every_key_has_something_to_press(browser, urls):
    page = browser.get(urls[2]).content.decode()
    changes = browser.get(urls[2] + "?show=changes").content.decode()

    for key in ("j", "k", "o", "d", "a", "r", "g n", "g l", "?"):
        assert f'data-key="{key}"' in page, key
    assert 'data-key="o"' in changes


def test_the_changes_are_shown_instead_of_the_document_when_asked_for(browser, urls):
    assert browser.get(urls[0]).context["show"] == "document"
    assert browser.get(urls[0] + "?show=changes").context["show"] == "changes"


def test_claiming_and_giving_back_stay_beside_the_list(as_user, gia_lai, deliverable):
    task = desk.step(desk.submitted(deliverable, gia_lai), "check_format")
    clerk = as_user(gia_lai.clerk)

    for act in ("claim", "release"):
        response = clerk.post(f"/tasks/{task.pk}/{act}/?tab=group&project=GL-99")
        assert response["Location"] == f"/tasks/{task.pk}/?tab=group&project=GL-99"
