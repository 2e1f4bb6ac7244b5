"""The acceptance dossier: its order, what is missing, and the ZIP with its list."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.storage import default_storage

from documents import actions, docx
from documents.dossier import places_of
from documents.dossier.job import AcceptanceDossier, DossierRefused, ask_for_dossier, check
from documents.proofs import DossierItem
from jobs.models import Job
from jobs.worker import Worker
from tests.factories import documents as make
from tests.factories.projects import make_project


@pytest.fixture
def project(gia_lai):
    """D1 is issued, D2 is a draft, the others are not made yet."""
    project = make_project(gia_lai)
    make.issued(make.deliverable_of(project, "D1"), by=gia_lai.manager, signer=gia_lai.leader)
    make.draft(make.deliverable_of(project, "D2"), by=gia_lai.manager)
    return project


def made(project, by) -> zipfile.ZipFile:
    job = ask_for_dossier(project, by=by)
    Worker().run(until_empty=True)
    job.refresh_from_db()
    assert job.state == Job.State.DONE, job.error
    with job.file.open() as file:
        return zipfile.ZipFile(io.BytesIO(file.read()))


def listed(package: zipfile.ZipFile) -> list[str]:
    return docx.text_of(package.read(package.namelist()[0]))


def test_without_an_order_of_its_own_a_project_owes_its_deliverables_and_the_minutes(project):
    places = places_of(project)
    assert [place.title.split()[0] for place in places] == ["D1", "D2", "D3", "D4", "D5", "Minutes"]
    assert [place.is_missing for place in places] == [False, True, True, True, True, True]
    assert [place.why_missing for place in places[:3]] == ["", "a draft only, not issued", "not made yet"]


def test_the_order_of_the_template_is_the_order_of_the_dossier(project):
    for position, (kind, title) in enumerate(
        [("final_report", "Báo cáo tổng kết"), (make.KIND, "Kết quả khảo sát"), ("x", "Ảnh")], start=1
    ):
        DossierItem.objects.create(
            template=project.template, position=position, title=title, document_kind=kind, is_required=kind != "x"
        )
    places = places_of(project)
    assert [place.title for place in places] == ["Báo cáo tổng kết", "Kết quả khảo sát", "Ảnh"]
    assert [place.is_missing for place in places] == [True, False, False]


def test_a_paper_in_force_that_no_place_asks_for_closes_the_dossier(project, gia_lai):
    DossierItem.objects.create(template=project.template, position=1, title="Tổng kết", document_kind="final_report")
    assert [place.title for place in places_of(project)] == ["Tổng kết", "Báo cáo kết quả khảo sát"]


def test_a_paper_that_the_producer_signs_counts_without_a_number(project, gia_lai):
    paper = actions.Paper(kind="y", symbol="", data=make.Finding(finding="Tự công bố"), title="Bản tự công bố")
    make.template(kind="y")
    actions.prepare_draft(paper, project, by=gia_lai.manager)
    assert places_of(project)[-1].title == "Bản tự công bố"


def test_the_zip_has_the_list_on_top_and_the_papers_in_their_order_as_they_were_issued(project, gia_lai):
    package = made(project, gia_lai.clerk)
    assert package.testzip() is None
    assert package.namelist() == [
        "00 Mục lục hồ sơ nghiệm thu.docx",
        "01 Báo cáo kết quả khảo sát (01-BC-CCTĐC).docx",
    ]
    entry = make.deliverable_of(project, "D1").document.issued
    with entry.file.open() as stored:
        assert package.read(package.namelist()[1]) == stored.read()


def test_the_list_names_what_is_there_and_what_is_missing(project, gia_lai, vietnamese):
    text = "\n".join(listed(made(project, gia_lai.clerk)))
    assert "01/BC-CCTĐC, ngày 07 tháng 3 năm 2022" in text
    assert "Hồ sơ có 01 văn bản; còn thiếu 05 văn bản bắt buộc." in text
    assert "02 | D2 Tài liệu hướng dẫn sử dụng |" in text
    assert "THIẾU: " in text
    assert "gl-lanhdao (giả lập)" in text


def test_several_papers_in_one_place_are_numbered_apart(project, gia_lai):
    DossierItem.objects.create(template=project.template, position=1, title="Khảo sát", document_kind=make.KIND)
    make.issued(make.deliverable_of(project, "D2"), by=gia_lai.manager, signer=gia_lai.leader)
    names = made(project, gia_lai.clerk).namelist()
    assert [name.split()[0] for name in names] == ["00", "01.1", "01.2"]


def test_titles_cannot_leave_the_folder_of_the_zip(project, gia_lai):
    document = make.deliverable_of(project, "D1").document
    document.title = "..\\../../etc/passwd ‮đảo"
    document.save(update_fields=["title"])
    names = made(project, gia_lai.clerk).namelist()
    assert not any(set("/\\:‮") & set(name) for name in names)


def test_a_damaged_paper_stops_the_dossier_and_is_named(project, gia_lai):
    version = make.deliverable_of(project, "D1").document.issued
    default_storage.delete(version.file.name)
    with pytest.raises(DossierRefused, match="Báo cáo kết quả khảo sát"):
        check([version])
    job = ask_for_dossier(project, by=gia_lai.clerk)
    Worker().run(until_empty=True)
    job.refresh_from_db()
    assert (job.state, "Báo cáo kết quả khảo sát" in job.error) == (Job.State.FAILED, True)


def test_a_paper_issued_while_the_dossier_is_made_is_compared_like_the_others(project, gia_lai):
    job = ask_for_dossier(project, by=gia_lai.clerk)
    checked = AcceptanceDossier().step(job, {})
    later = make.issued(make.deliverable_of(project, "D2"), by=gia_lai.manager, signer=gia_lai.leader).version
    begun_again = AcceptanceDossier().step(job, checked.cursor)
    assert (checked.done, begun_again.done) == (1, 0)
    assert later.pk in begun_again.cursor["versions"]
    with default_storage.open(later.file.name, "ab") as file:
        file.write(b"!")
    with pytest.raises(DossierRefused, match=later.document.title):
        AcceptanceDossier().step(job, begun_again.cursor)


def test_more_than_the_limit_is_refused_with_the_numbers(project, gia_lai, monkeypatch):
    monkeypatch.setattr("documents.dossier.job.MAX_PAPERS", 0)
    with pytest.raises(DossierRefused, match="0 at most"):
        ask_for_dossier(project, by=gia_lai.clerk)


def test_the_page_shows_what_is_missing_and_makes_the_file(client, project, gia_lai):
    client.force_login(gia_lai.clerk)
    page = client.get("/documents/dossiers/GL-99/").content.decode()
    assert "5 required papers are missing" in page
    assert client.post("/documents/dossiers/GL-99/").status_code == 302
    Worker().run(until_empty=True)
    page = client.get("/documents/dossiers/GL-99/").content.decode()
    assert "Ho-so-nghiem-thu-GL-99.zip" in page
    answer = client.get(f"/jobs/{Job.objects.get().pk}/file/")
    assert answer.streaming
    assert b"".join(answer.streaming_content).startswith(b"PK")


def test_a_stranger_finds_no_dossier(client, project, son_la):
    client.force_login(son_la.leader)
    assert client.get("/documents/dossiers/GL-99/").status_code == 404
    assert client.post("/documents/dossiers/GL-99/").status_code == 404
    assert not Job.objects.exists()


def test_a_dossier_that_would_be_too_large_is_refused_with_its_size(project, gia_lai, monkeypatch):
    monkeypatch.setattr("documents.dossier.job.MAX_BYTES", 1)
    job = ask_for_dossier(project, by=gia_lai.manager)
    Worker().run(until_empty=True)
    job.refresh_from_db()
    assert (job.state, job.file.name) == ("failed", "")
    assert "MB" in job.error
