"""The pages of long work: for its owner and the officials of the province, with a way out of every end."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from jobs.models import Job
from jobs.worker import Worker
from tests.factories.people import Office
from tests.jobs import toy
from tests.jobs.conftest import Start


def signed_in(user: Any) -> Client:
    browser = Client()
    browser.force_login(user, backend="people.auth.PhoneOrUsernameBackend")
    return browser


@pytest.fixture
def client(gia_lai: Office) -> Client:
    return signed_in(gia_lai.manager)


def text(client: Client, url: str, **headers: str) -> str:
    return client.get(url, headers=headers).content.decode()


def test_a_page_without_work_says_what_will_be_there(client: Client) -> None:
    assert "No long work yet" in text(client, reverse("jobs:jobs"))


def test_the_list_shows_the_work_with_its_progress(client: Client, start: Start) -> None:
    start()
    Job.objects.update(done=1, state="running")
    page = text(client, reverse("jobs:jobs"))
    assert "Toy file" in page
    assert "33%" in page


def test_a_page_of_work_that_goes_on_asks_again_with_and_without_a_script(client: Client, start: Start) -> None:
    job = start()
    page = text(client, job.get_absolute_url())
    assert "0 of 3 pieces" in page
    assert f'hx-get="/jobs/{job.pk}/progress/"' in page
    assert '<meta http-equiv="refresh" content="5">' in page
    assert "Stop this work" in page


def test_the_fragment_of_work_that_is_done_asks_no_more_and_leads_to_its_result(client: Client, start: Start) -> None:
    job = start()
    Worker().run(until_empty=True)
    fragment = text(client, reverse("jobs:progress", args=[job.pk]), **{"HX-Request": "true"})
    assert "hx-get" not in fragment
    assert f"/jobs/{job.pk}/file/" in fragment
    assert 'href="/account/"' in fragment
    assert 'http-equiv="refresh"' not in text(client, job.get_absolute_url())


def test_the_file_comes_with_its_name(client: Client, start: Start) -> None:
    job = start()
    Worker().run(until_empty=True)
    answer = client.get(reverse("jobs:file", args=[job.pk]))
    assert b"".join(answer.streaming_content) == toy.whole(3)  # type: ignore[attr-defined]
    assert answer["Content-Disposition"] == 'attachment; filename="toy.txt"'
    answer.close()


def test_a_file_that_its_kind_keeps_from_somebody_is_neither_shown_nor_given(client: Client, start: Start) -> None:
    job = start(is_secret=True)
    Worker().run(until_empty=True)
    assert "toy.txt" not in text(client, job.get_absolute_url())
    assert client.get(reverse("jobs:file", args=[job.pk])).status_code == 404


def test_work_that_failed_says_why_and_can_be_tried_again(client: Client, start: Start) -> None:
    job = start(refuses_at=1)
    Worker().run(until_empty=True)
    assert "Mend it first." in text(client, job.get_absolute_url())
    Job.objects.update(arguments={"pieces": 3})
    page = client.post(reverse("jobs:again", args=[job.pk]), follow=True).content.decode()
    assert "The work goes on in the background." in page
    Worker().run(until_empty=True)
    job.refresh_from_db()
    assert job.state == "done"


def test_work_that_waits_while_no_worker_runs_says_so(client: Client, start: Start) -> None:
    job = start()
    assert "No worker runs" not in text(client, job.get_absolute_url())
    Job.objects.update(created_at="2026-01-01T00:00Z")
    assert "No worker runs" in text(client, job.get_absolute_url())
    worker = Worker()
    worker.lock.take()
    assert "No worker runs" not in text(client, job.get_absolute_url())
    worker.lock.release()


def test_stopping_twice_is_answered_with_a_sentence(client: Client, start: Start) -> None:
    job = start()
    for said in ("The work was stopped.", "This work has ended already"):
        assert said in client.post(reverse("jobs:stop", args=[job.pk]), follow=True).content.decode()


def test_colleagues_see_the_work_and_cannot_stop_it(start: Start, gia_lai: Office) -> None:
    job = start()
    colleague = signed_in(gia_lai.clerk)
    assert "Stop this work" not in text(colleague, job.get_absolute_url())
    page = colleague.post(reverse("jobs:stop", args=[job.pk]), follow=True).content.decode()
    assert "the leader or the administrator" in page


def test_another_province_sees_nothing_of_it(start: Start, son_la: Office) -> None:
    job = start()
    stranger = signed_in(son_la.manager)
    assert stranger.get(job.get_absolute_url()).status_code == 404
    assert "Toy file" not in text(stranger, reverse("jobs:jobs"))
    assert not Job.objects.visible_to(son_la.leader).exists()


def test_the_list_asks_no_query_per_row(client: Client, start: Start, django_assert_max_num_queries: Any) -> None:
    one = start()
    Job.objects.bulk_create(
        Job(kind="toy", target=f"x:{number}", owner=one.owner, province=one.province, task=uuid4())
        for number in range(20)
    )
    with django_assert_max_num_queries(12):
        client.get(reverse("jobs:jobs"))
