"""A paper that is no deliverable: prepared, sent, checked, signed, numbered; sent back and taken back."""

from __future__ import annotations

import pytest
from viewflow.workflow.models import Task

from documents.errors import NotReady
from documents.models import Document, DocumentVersion, RegisterEntry
from people.models import Membership, User
from projects.actions import attendance as door
from projects.errors import NotAllowedForYou, NotAllowedNow
from tests.factories.fieldwork import NOON, invite, make_class
from tests.factories.people import Office, member
from tests.factories.projects import make_project
from workflows import papers, sending
from workflows.builtin_templates import register_builtin_template
from workflows.engine import perform
from workflows.errors import FormInvalid
from workflows.models import PaperProcess

LIST = "attendance_list"


@pytest.fixture
def paper(gia_lai: Office) -> Document:
    """The attendance list of a class, as a draft of its field helper."""
    register_builtin_template(LIST)
    held = make_class(make_project(gia_lai), gia_lai.helper)
    door.check_in(invite(held, gia_lai, name="Hồ Văn An (giả lập)"), by=gia_lai.helper, now=NOON)
    document: Document = papers.prepare_about(held, LIST, by=gia_lai.helper).document
    return document


def step(paper: Document) -> Task:
    task: Task = Task.objects.get(process__paperprocess__document=paper, finished=None)
    return task


def passes(paper: Document, *, by: User) -> None:
    perform(step(paper), user=by, data={"decision": "pass"})


def comes_back(paper: Document, *, by: User, note: str = "Thiếu nơi nhận") -> None:
    perform(step(paper), user=by, data={"decision": "return", "note": note})


def test_checked_and_signed_it_gets_its_number(paper: Document, gia_lai: Office) -> None:
    sending.send(paper, by=gia_lai.helper)
    passes(paper, by=gia_lai.clerk)
    passes(paper, by=gia_lai.leader)
    entry = RegisterEntry.objects.get(version__document=paper)
    assert (entry.full_number, entry.signed_by) == ("01/BB-CCTĐC", gia_lai.leader)
    assert paper.latest is not None
    assert paper.latest.state == DocumentVersion.State.ISSUED
    assert not PaperProcess.objects.filter(document=paper, finished=None).exists()


def test_sent_back_it_is_with_whoever_sent_it_who_reads_why(paper: Document, gia_lai: Office) -> None:
    sending.send(paper, by=gia_lai.helper)
    comes_back(paper, by=gia_lai.clerk)
    assert (step(paper).flow_task.name, step(paper).owner) == ("revise", gia_lai.helper)
    assert PaperProcess.objects.get(document=paper).note == "Thiếu nơi nhận"


def test_what_the_leader_sends_back_is_checked_anew(paper: Document, gia_lai: Office) -> None:
    sending.send(paper, by=gia_lai.helper)
    passes(paper, by=gia_lai.clerk)
    comes_back(paper, by=gia_lai.leader)
    perform(step(paper), user=gia_lai.helper)
    assert step(paper).flow_task.name == "check"
    passes(paper, by=gia_lai.clerk)
    passes(paper, by=gia_lai.leader)
    assert RegisterEntry.objects.filter(version__document=paper).count() == 1


def test_nobody_sends_a_paper_back_without_saying_why(paper: Document, gia_lai: Office) -> None:
    sending.send(paper, by=gia_lai.helper)
    with pytest.raises(FormInvalid, match="note"):
        comes_back(paper, by=gia_lai.clerk, note="  ")


def test_the_clerk_who_checked_does_not_sign(paper: Document, gia_lai: Office) -> None:
    Membership.objects.create(
        user=gia_lai.clerk, organisation=gia_lai.organisation, role=Membership.Role.LEADER, valid_from="2020-01-01"
    )
    sending.send(paper, by=gia_lai.helper)
    passes(paper, by=gia_lai.clerk)
    with pytest.raises(NotAllowedForYou, match="colleague"):
        passes(paper, by=User.objects.get(pk=gia_lai.clerk.pk))


def test_a_paper_under_way_is_not_prepared_anew(paper: Document, gia_lai: Office) -> None:
    sending.send(paper, by=gia_lai.helper)
    with pytest.raises(NotAllowedNow, match="take it back"):
        papers.prepare_about(paper.subject, LIST, by=gia_lai.helper)


def test_a_paper_that_came_back_is_prepared_anew(paper: Document, gia_lai: Office) -> None:
    sending.send(paper, by=gia_lai.helper)
    comes_back(paper, by=gia_lai.clerk)
    assert papers.prepare_about(paper.subject, LIST, by=gia_lai.helper).number == 2


def test_taken_back_it_can_be_prepared_and_sent_again(paper: Document, gia_lai: Office) -> None:
    sending.send(paper, by=gia_lai.helper)
    sending.take_back(paper, by=gia_lai.helper)
    papers.prepare_about(paper.subject, LIST, by=gia_lai.helper)
    sending.send(paper, by=gia_lai.helper)
    assert step(paper).flow_task.name == "check"


def test_it_is_not_sent_twice(paper: Document, gia_lai: Office) -> None:
    sending.send(paper, by=gia_lai.helper)
    with pytest.raises(NotAllowedNow, match="under way"):
        sending.send(paper, by=gia_lai.helper)


def test_what_has_its_number_is_not_sent_again(paper: Document, gia_lai: Office) -> None:
    sending.send(paper, by=gia_lai.helper)
    passes(paper, by=gia_lai.clerk)
    passes(paper, by=gia_lai.leader)
    with pytest.raises(NotReady, match="draft"):
        sending.send(paper, by=gia_lai.helper)


def test_a_paper_without_a_symbol_gets_no_number(paper: Document, gia_lai: Office) -> None:
    Document.objects.filter(pk=paper.pk).update(symbol="")
    with pytest.raises(NotReady, match="producer signs"):
        sending.send(paper, by=gia_lai.helper)


@pytest.mark.parametrize("act", [sending.send, sending.take_back])
def test_only_those_who_keep_the_case_send_and_take_back(paper: Document, gia_lai: Office, act: object) -> None:
    reader = member("gl-doc", Membership.Role.REVIEWER, gia_lai.organisation)
    with pytest.raises(NotAllowedForYou):
        act(paper, by=reader)  # type: ignore[operator]


def test_what_is_not_under_way_is_not_taken_back(paper: Document, gia_lai: Office) -> None:
    with pytest.raises(NotAllowedNow, match="not under way"):
        sending.take_back(paper, by=gia_lai.helper)
