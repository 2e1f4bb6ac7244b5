"""Many papers in one action: an outcome for each, once for each, whatever is killed in between."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.test import Client

from documents.models import DocumentVersion
from jobs.models import Job
from jobs.worker import Worker
from projects.actions import attendance as door
from projects.errors import NotAllowedForYou
from projects.models import Deliverable, Enrolment, PilotProject
from tests.factories.disk import disk_takes, stored
from tests.factories.fieldwork import NOON, invite, make_class
from tests.factories.people import Office
from tests.factories.projects import make_project
from tests.factories.registry import ProducerFactory, ProductFactory
from workflows import papers
from workflows.builtin_templates import register_builtin_template
from workflows.paper_job import Choice, NothingChosen, PreparePapers, choices_of, prepare_many

CLASSES = 17


@pytest.fixture
def project(gia_lai: Office) -> PilotProject:
    """Seventeen classes with one participant each, and D1 being prepared although nothing was surveyed."""
    for kind in papers.CLASS_KINDS:
        register_builtin_template(kind)
    project = make_project(gia_lai)
    for _number in range(CLASSES):
        door.check_in(
            invite(make_class(project, gia_lai.helper), gia_lai, name="Hồ Văn An (giả lập)", phone=""),
            by=gia_lai.helper,
            now=NOON,
        )
    Deliverable.objects.filter(stage__project=project, code="D1").update(status=Deliverable.Status.DRAFTING)
    return project


def lists(project: PilotProject) -> list[Choice]:
    return [choice for choice in choices_of(project) if choice.kind == "attendance_list"]


def work(job: Job) -> list[dict[str, object]]:
    Worker().run(until_empty=True)
    job.refresh_from_db()
    assert job.state == Job.State.DONE, job.error
    return job.cursor["outcomes"]


def test_seventeen_reports_are_made_in_one_action(project: PilotProject, gia_lai: Office) -> None:
    job = prepare_many(project, lists(project), by=gia_lai.manager)
    outcomes = work(job)
    assert (len(outcomes), job.done, job.total) == (CLASSES, CLASSES, CLASSES)
    assert not any(outcome["problem"] for outcome in outcomes)
    assert DocumentVersion.objects.filter(document__kind="attendance_list").count() == CLASSES


def test_a_paper_that_lacks_something_is_named_with_what_it_lacks_and_stops_no_other(
    project: PilotProject, gia_lai: Office
) -> None:
    chosen = [next(c for c in choices_of(project) if isinstance(c.subject, Deliverable)), *lists(project)[:2]]
    first, second, third = work(prepare_many(project, chosen, by=gia_lai.manager))
    assert first["problem"]
    assert not first["url"]
    assert not second["problem"]
    assert not third["problem"]


def test_a_full_disk_is_the_outcome_of_each_paper_and_leaves_nothing(project: PilotProject, gia_lai: Office) -> None:
    job = prepare_many(project, lists(project)[:2], by=gia_lai.manager)
    before = stored()
    with disk_takes(5_000):
        outcomes = work(job)
    assert all("could not be stored" in str(outcome["problem"]) or "Không lưu được" in str(outcome["problem"])
               for outcome in outcomes)  # fmt: skip
    assert stored() == before
    assert not DocumentVersion.objects.exists()


def test_asking_again_makes_no_second_draft_of_what_did_not_change(project: PilotProject, gia_lai: Office) -> None:
    work(prepare_many(project, lists(project)[:3], by=gia_lai.manager))
    outcomes = work(prepare_many(project, lists(project)[:3], by=gia_lai.manager))
    assert [outcome["is_new"] for outcome in outcomes] == [False] * 3
    assert DocumentVersion.objects.count() == 3


def test_pressed_twice_it_is_one_work(project: PilotProject, gia_lai: Office) -> None:
    chosen = lists(project)[:3]
    assert prepare_many(project, chosen, by=gia_lai.manager) == prepare_many(project, chosen, by=gia_lai.manager)


def test_a_paper_whose_commit_was_killed_is_made_again_once(project: PilotProject, gia_lai: Office) -> None:
    job = prepare_many(project, lists(project)[:4], by=gia_lai.manager)
    with transaction.atomic():
        PreparePapers().step(job, {}).write()
        assert DocumentVersion.objects.count() == 1
        transaction.set_rollback(True)
    assert [outcome["is_new"] for outcome in work(job)] == [True] * 4
    assert DocumentVersion.objects.count() == 4


def test_a_manager_who_is_none_any_more_prepares_nothing(project: PilotProject, gia_lai: Office) -> None:
    job = prepare_many(project, lists(project)[:1], by=gia_lai.manager)
    Job.objects.filter(pk=job.pk).update(owner=gia_lai.clerk)
    assert work(job)[0]["problem"]
    assert not DocumentVersion.objects.exists()


def test_what_was_typed_for_a_paper_before_is_used_again(project: PilotProject, gia_lai: Office) -> None:
    register_builtin_template("privacy_notice")
    typed = {"receivers": "Nhà in B (giả lập)", "kept": "Đến khi kết thúc", "contact": "ông A"}
    papers.prepare_about(project, "privacy_notice", by=gia_lai.manager, entries=typed)
    chosen = [choice for choice in choices_of(project) if choice.kind == "privacy_notice"]
    [outcome] = work(prepare_many(project, chosen, by=gia_lai.manager))
    assert outcome["problem"] == ""
    newest = DocumentVersion.objects.filter(document__kind="privacy_notice").order_by("number").last()
    assert newest.context["paper"]["receivers"] == ["Nhà in B (giả lập)"]


def test_what_was_deleted_meanwhile_is_named_and_stops_no_other(project: PilotProject, gia_lai: Office) -> None:
    chosen = lists(project)[:2]
    job = prepare_many(project, chosen, by=gia_lai.manager)
    job.arguments["papers"][0]["key"] = "projects.trainingsession:987654|attendance_list|"
    job.save(update_fields=["arguments"])
    gone, there = work(job)
    assert gone["problem"]
    assert not there["problem"]


def test_a_manager_who_is_none_any_more_prepares_no_deliverable(project: PilotProject, gia_lai: Office) -> None:
    chosen = [choice for choice in choices_of(project) if isinstance(choice.subject, Deliverable)]
    job = prepare_many(project, chosen[:1], by=gia_lai.manager)
    Job.objects.filter(pk=job.pk).update(owner=gia_lai.clerk)
    problem = str(work(job)[0]["problem"])
    assert "no longer a manager" in problem or "không còn là chủ nhiệm" in problem


def test_no_paper_is_offered_about_a_product_that_left(project: PilotProject, gia_lai: Office) -> None:
    rows = [
        Enrolment.objects.create(
            project=project,
            product=ProductFactory(producer=ProducerFactory(province=gia_lai.province)),
            enrolled_at=NOON,
            enrolled_by=gia_lai.manager,
        )
        for _number in range(2)
    ]
    Enrolment.objects.filter(pk=rows[0].pk).update(withdrawn_at=NOON)
    assert {choice.subject for choice in choices_of(project) if isinstance(choice.subject, Enrolment)} == {rows[1]}


def test_more_papers_than_one_action_takes_are_refused(project: PilotProject, gia_lai: Office) -> None:
    with pytest.raises(NothingChosen, match="200"):
        prepare_many(project, lists(project)[:1] * 201, by=gia_lai.manager)


def test_nothing_ticked_and_people_who_may_not_are_refused(project: PilotProject, gia_lai: Office) -> None:
    with pytest.raises(NothingChosen):
        prepare_many(project, [], by=gia_lai.manager)
    with pytest.raises(NotAllowedForYou):
        prepare_many(project, lists(project), by=gia_lai.clerk)


def test_the_page_takes_only_papers_of_its_project_and_shows_each_outcome(
    client: Client, project: PilotProject, gia_lai: Office
) -> None:
    client.force_login(gia_lai.manager)
    url = f"/projects/{project.code}/papers/several/"
    key = lists(project)[0].key
    assert key in client.get(url).content.decode()
    client.post(url, {"paper": [key, "projects.deliverable:999999", "people.user:1|x|"]})
    assert len(work(Job.objects.get())) == 1
    page = client.get(url).content.decode()
    assert "Draft made" in page
    assert "1 of 1 papers" in page
