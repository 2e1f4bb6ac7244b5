"""Making drafts: versions without a number, the same bytes for the same data."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from documents import actions, docx, files
from documents.errors import NotReady
from documents.models import Document, DocumentVersion, RegisterEntry
from tests.factories import documents as make
from tests.factories.projects import make_project

State = DocumentVersion.State


@pytest.fixture
def deliverable(gia_lai):
    return make.deliverable_of(make_project(gia_lai))


def test_a_draft_has_no_number_no_date_and_no_signer(deliverable, gia_lai):
    version = make.draft(deliverable, by=gia_lai.manager)
    assert version.state == State.DRAFT
    assert make.text_of(version) == [
        "Số:      /BC-CCTĐC",
        "Gia Lai, ngày      tháng      năm",
        "CHI CỤC TRƯỞNG",
        "Đã khảo sát 17 sản phẩm",
    ]
    assert not RegisterEntry.objects.exists()


def test_each_draft_is_a_new_version_of_the_one_document(deliverable, gia_lai):
    first = make.draft(deliverable, by=gia_lai.manager)
    second = make.draft(deliverable, by=gia_lai.manager, finding="Đã khảo sát 18 sản phẩm")
    assert (first.number, second.number) == (1, 2)
    assert Document.objects.get().latest == second
    assert "Đã khảo sát 17 sản phẩm" in make.text_of(first)


def test_the_same_data_gives_the_same_bytes(deliverable, gia_lai):
    first = make.draft(deliverable, by=gia_lai.manager)
    second = make.draft(deliverable, by=gia_lai.manager)
    assert first.sha256 == second.sha256
    assert first.file.name == second.file.name


def test_the_stored_data_and_template_give_the_stored_file_again(deliverable, gia_lai):
    version = make.draft(deliverable, by=gia_lai.manager)
    with version.template.file.open() as template:
        assert files.sha256(docx.render(template.read(), **version.context)) == version.sha256
    assert version.context["paper"] == {"finding": "Đã khảo sát 17 sản phẩm"}


def test_a_draft_keeps_the_template_that_it_was_made_with(deliverable, gia_lai):
    version = make.draft(deliverable, by=gia_lai.manager)
    newer = make.template("{{ paper.finding }}")
    version.refresh_from_db()
    assert version.template.version == 1
    assert newer.version == 2


def test_after_its_number_there_is_no_further_draft(deliverable, gia_lai):
    entry = make.issued(deliverable, by=gia_lai.manager, signer=gia_lai.leader)
    with pytest.raises(NotReady, match="01/BC-CCTĐC"):
        make.draft(deliverable, by=gia_lai.manager)
    assert Document.objects.get().latest == entry.version


def test_without_a_template_it_says_which_command_to_run(deliverable, gia_lai):
    with pytest.raises(NotReady, match="register_templates"):
        actions.prepare_draft(make.paper(), deliverable, by=gia_lai.manager)
    assert not Document.objects.exists()


def test_no_paper_is_about_a_person(gia_lai):
    with pytest.raises(ValueError, match="User"):
        actions.prepare_draft(make.paper(), gia_lai.leader, by=gia_lai.manager)


def test_a_subject_has_one_paper_of_a_kind_for_each_occasion(deliverable, gia_lai):
    make.template()
    project = deliverable.stage.project
    for occasion in ("2026-Q1", "2026-Q2", "2026-Q2"):
        actions.prepare_draft(replace(make.paper(), occasion=occasion), project, by=gia_lai.manager)
    counts = {paper.occasion: paper.versions.count() for paper in Document.objects.filter(project=project)}
    assert counts == {"2026-Q1": 1, "2026-Q2": 2}


def test_a_paper_is_about_exactly_one_thing(deliverable, gia_lai):
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.create(
            kind="x",
            title="x",
            organisation=deliverable.stage.project.owner,
            deliverable=deliverable,
            project=deliverable.stage.project,
        )


def test_what_was_typed_for_a_paper_is_kept_with_it(deliverable, gia_lai):
    make.template()
    for typed in ({"price": "1"}, {"price": "2"}):
        actions.prepare_draft(replace(make.paper(), entries=typed), deliverable, by=gia_lai.manager)
    assert Document.objects.get().entries == {"price": "2"}
