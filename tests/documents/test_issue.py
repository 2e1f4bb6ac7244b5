"""Numbers: one after the other without a gap, per agency, symbol and year; and what an issued paper says."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date

import pytest
from django.db import connection, transaction

from documents import actions, files
from documents.errors import NotReady
from documents.models import Document, DocumentVersion, NumberSeries, RegisterEntry
from people.models import Organisation
from projects.models import Deliverable
from tests.factories import documents as make
from tests.factories.people import OrganisationFactory, gia_lai
from tests.factories.projects import make_project

State = DocumentVersion.State
RACERS = 8


@pytest.fixture
def project(gia_lai):
    return make_project(gia_lai)


def numbers() -> list[str]:
    return [entry.full_number for entry in RegisterEntry.objects.order_by("pk")]


def issue(project, office, code: str, **when) -> RegisterEntry:
    return make.issued(make.deliverable_of(project, code), by=office.manager, signer=office.leader, **when)


def test_numbers_follow_each_other(project, gia_lai):
    for code in ("D1", "D2", "D3"):
        issue(project, gia_lai, code)
    assert numbers() == ["01/BC-CCTĐC", "02/BC-CCTĐC", "03/BC-CCTĐC"]


def test_an_issue_that_is_rolled_back_leaves_no_gap(project, gia_lai):
    issue(project, gia_lai, "D1")
    document = make.draft(make.deliverable_of(project, "D2"), by=gia_lai.manager).document
    with transaction.atomic():
        entry = actions.issue(document, signer=gia_lai.leader, on=make.DAY, by=gia_lai.leader, now=make.NOW)
        transaction.set_rollback(True)
    assert entry.full_number == "02/BC-CCTĐC"
    assert numbers() == ["01/BC-CCTĐC"]
    assert document.latest.state == State.DRAFT
    issue(project, gia_lai, "D3")
    assert numbers() == ["01/BC-CCTĐC", "02/BC-CCTĐC"]


def test_numbers_begin_again_each_year(project, gia_lai):
    issue(project, gia_lai, "D1", on=date(2022, 12, 31))
    issue(project, gia_lai, "D2", on=date(2023, 1, 1))
    issue(project, gia_lai, "D3", on=date(2023, 1, 2))
    assert numbers() == ["01/BC-CCTĐC", "01/BC-CCTĐC", "02/BC-CCTĐC"]


def test_each_symbol_has_its_own_numbers(project, gia_lai):
    issue(project, gia_lai, "D1")
    deliverable = make.deliverable_of(project, "D2")
    document = actions.prepare_draft(make.paper(symbol="HD"), deliverable, by=gia_lai.manager).document
    actions.issue(document, signer=gia_lai.leader, on=make.DAY, by=gia_lai.leader)
    assert numbers() == ["01/BC-CCTĐC", "01/HD-CCTĐC"]


def test_each_agency_has_its_own_numbers(project, gia_lai, son_la):
    issue(project, gia_lai, "D1")
    issue(make_project(son_la, code="SL-01", template=project.template), son_la, "D1")
    assert numbers() == ["01/BC-CCTĐC", "01/BC-CCTĐC"]
    assert NumberSeries.objects.count() == 2


def test_from_ten_on_a_number_has_no_leading_zero(project, gia_lai):
    NumberSeries.objects.create(organisation=project.owner, symbol="BC", year=2022, last_number=9)
    assert issue(project, gia_lai, "D1").full_number == "10/BC-CCTĐC"


def test_the_issued_paper_bears_number_date_and_signer(project, gia_lai):
    gia_lai.leader.job_title = "Chi cục trưởng"
    gia_lai.leader.save(update_fields=["job_title"])
    entry = issue(project, gia_lai, "D1", on=date(2022, 2, 5))
    assert make.text_of(entry.version) == [
        "Số: 01/BC-CCTĐC",
        "Gia Lai, ngày 05 tháng 02 năm 2022",
        "CHI CỤC TRƯỞNG",
        "gl-lanhdao (giả lập)",
        "Đã khảo sát 17 sản phẩm",
    ]


def test_a_deputy_signs_for_the_head(project, gia_lai):
    gia_lai.leader.job_title = "Phó Chi cục trưởng"
    gia_lai.leader.save(update_fields=["job_title"])
    text = make.text_of(issue(project, gia_lai, "D1", on=date(2022, 11, 15)).version)
    assert text[1:4] == ["Gia Lai, ngày 15 tháng 11 năm 2022", "KT. CHI CỤC TRƯỞNG", "PHÓ CHI CỤC TRƯỞNG"]


@pytest.mark.parametrize(
    ("right", "lines"),
    [
        ("KT", ["KT. CHI CỤC TRƯỞNG", "TRƯỞNG PHÒNG HÀNH CHÍNH"]),
        ("TL", ["TL. CHI CỤC TRƯỞNG", "TRƯỞNG PHÒNG HÀNH CHÍNH"]),
        ("TUQ", ["TUQ. CHI CỤC TRƯỞNG", "TRƯỞNG PHÒNG HÀNH CHÍNH"]),
        ("Q", ["Q. CHI CỤC TRƯỞNG"]),
    ],
)
def test_the_right_by_which_somebody_signs_is_that_of_their_office(project, gia_lai, right, lines):
    gia_lai.leader.job_title = "Trưởng phòng Hành chính"
    gia_lai.leader.save(update_fields=["job_title"])
    gia_lai.leader.memberships.update(signs_by=right)
    text = make.text_of(issue(project, gia_lai, "D1", on=date(2022, 11, 15)).version)
    assert text[2 : 2 + len(lines)] == lines
    assert text[2 + len(lines)] == "gl-lanhdao (giả lập)"


def test_a_right_that_has_ended_is_not_used(project, gia_lai):
    gia_lai.leader.job_title = "Chi cục trưởng"
    gia_lai.leader.save(update_fields=["job_title"])
    gia_lai.leader.memberships.update(signs_by="Q", valid_to=date(2022, 11, 14))
    assert "CHI CỤC TRƯỞNG" in make.text_of(issue(project, gia_lai, "D1", on=date(2022, 11, 15)).version)


@pytest.mark.parametrize(
    ("right", "title", "by_head", "lines"),
    [
        ("", "Chủ tịch", False, ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]),
        ("", "Phó Chủ tịch", False, ["TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]),
        ("", "Phó Chủ tịch", True, ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]),
        ("", "Chủ tịch", True, ["CHỦ TỊCH"]),
        ("Q", "Phó Chủ tịch", False, ["TM. ỦY BAN NHÂN DÂN", "Q. CHỦ TỊCH"]),
        ("TL", "Chánh Văn phòng", False, ["TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"]),
        ("TUQ", "Giám đốc Sở", False, ["TUQ. CHỦ TỊCH", "GIÁM ĐỐC SỞ"]),
    ],
)
def test_a_collectives_paper_is_signed_in_its_name_and_its_heads_own_is_not(
    project, gia_lai, right, title, by_head, lines
):
    Organisation.objects.filter(pk=gia_lai.organisation.pk).update(collective="Ủy ban nhân dân", head_title="Chủ tịch")
    gia_lai.leader.job_title = title
    gia_lai.leader.save(update_fields=["job_title"])
    gia_lai.leader.memberships.update(signs_by=right)
    make.template()
    paper = replace(make.paper(), by_head=by_head)
    deliverable = Deliverable.objects.get(stage__project=project, code="D1")
    draft = actions.prepare_draft(paper, deliverable, by=gia_lai.manager, now=make.NOW)
    drafted = [] if by_head else ["TM. ỦY BAN NHÂN DÂN"]
    assert make.text_of(draft)[2:] == [*drafted, "CHỦ TỊCH", "Đã khảo sát 17 sản phẩm"]
    entry = actions.issue(draft.document, signer=gia_lai.leader, on=make.DAY, by=gia_lai.leader, now=make.NOW)
    assert make.text_of(entry.version)[2:] == [*lines, "gl-lanhdao (giả lập)", "Đã khảo sát 17 sản phẩm"]


def test_the_issued_version_stands_beside_its_draft_and_is_never_overwritten(project, gia_lai):
    draft = make.draft(make.deliverable_of(project), by=gia_lai.manager)
    entry = issue(project, gia_lai, "D1")
    draft.refresh_from_db()
    assert (draft.state, draft.number, entry.version.number) == (State.DRAFT, 1, 3)
    with pytest.raises(NotReady):
        actions.issue(entry.version.document, signer=gia_lai.leader, on=make.DAY, by=gia_lai.leader)
    assert numbers() == ["01/BC-CCTĐC"]
    assert files.is_intact(entry.version.file.name, entry.version.sha256)


def test_a_document_without_a_draft_gets_no_number(project, gia_lai):
    paper = make.deliverable_of(project)
    document = Document.objects.create(
        kind=make.KIND, symbol="BC", title="Báo cáo", organisation=project.owner, deliverable=paper
    )
    with pytest.raises(NotReady):
        actions.issue(document, signer=gia_lai.leader, on=make.DAY, by=gia_lai.leader)
    assert not NumberSeries.objects.exists()


def test_a_unit_without_a_parent_signs_alone(project, gia_lai):
    project.owner = OrganisationFactory(code="doc-lap", name="Trung tâm (giả lập)", symbol="TT", head_title="Giám đốc")
    project.save(update_fields=["owner"])
    assert issue(project, gia_lai, "D1").full_number == "01/BC-TT"


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_eight_issuers_at_once_take_eight_numbers_without_a_gap_or_a_double():
    office = gia_lai()
    project = make_project(office)
    stage = project.stage("survey")
    papers = [
        Deliverable.objects.create(
            stage=stage, code=f"R{n}", title=f"Báo cáo {n}", document_kind=make.KIND, reviewers_needed=2,
            due_on=stage.due_on,
        )
        for n in range(RACERS)
    ]  # fmt: skip
    documents = [make.draft(paper, by=office.manager).document for paper in papers]
    barrier, failures = threading.Barrier(RACERS), []

    def run(document: Document) -> None:
        try:
            barrier.wait()
            actions.issue(document, signer=office.leader, on=make.DAY, by=office.leader, now=make.NOW)
        except Exception as error:  # looked at below
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(document,)) for document in documents]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert sorted(RegisterEntry.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6, 7, 8]
    assert NumberSeries.objects.get().last_number == RACERS
