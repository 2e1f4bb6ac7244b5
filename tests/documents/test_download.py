"""Downloading a version: by name, only what was written, only by those who may."""

from __future__ import annotations

import pytest
from django.core.files.storage import default_storage

from documents.views import file_name
from tests.factories import documents as make
from tests.factories.projects import make_project


@pytest.fixture
def entry(gia_lai):
    return make.issued(make.deliverable_of(make_project(gia_lai)), by=gia_lai.manager, signer=gia_lai.leader)


def test_the_file_comes_as_an_attachment_with_its_vietnamese_name(client, entry, gia_lai):
    client.force_login(gia_lai.clerk)
    answer = client.get(entry.version.get_absolute_url())
    assert answer["Content-Disposition"] == (
        "attachment; filename*=utf-8''01-BC-CCT%C4%90C%20B%C3%A1o%20c%C3%A1o%20k%E1%BA%BFt%20qu%E1%BA%A3"
        "%20kh%E1%BA%A3o%20s%C3%A1t.docx"
    )
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    with entry.version.file.open("rb") as stored:
        assert b"".join(answer.streaming_content) == stored.read()


def test_a_draft_is_called_a_draft(entry, gia_lai):
    project = entry.version.document.deliverable.stage.project
    version = make.draft(make.deliverable_of(project, "D2"), by=gia_lai.manager)
    assert file_name(version).endswith("1 Tài liệu hướng dẫn sử dụng.docx")
    assert "BC" not in file_name(version)


def test_a_title_cannot_leave_the_folder_or_outgrow_a_file_name(entry):
    entry.version.document.title = '..\\../etc/passwd "x"\r\nSet-Cookie: a ' + "rất dài " * 60
    name = file_name(entry.version)
    assert name.startswith("01-BC-CCTĐC ")
    assert not set('\\/:"\r\n') & set(name)
    assert len(name.encode()) < 255


def test_a_stored_file_that_differs_is_not_handed_out(client, entry, gia_lai):
    path = default_storage.path(entry.version.file.name)
    with open(path, "ab") as stored:
        stored.write(b"!")
    client.force_login(gia_lai.leader)
    answer = client.get(entry.version.get_absolute_url())
    assert answer.status_code == 409
    assert "Content-Disposition" not in answer
    assert entry.version.sha256 in answer.content.decode()


def test_a_file_that_is_gone_is_said_to_be_gone(client, entry, gia_lai):
    default_storage.delete(entry.version.file.name)
    client.force_login(gia_lai.leader)
    assert client.get(entry.version.get_absolute_url()).status_code == 409


def test_another_province_gets_not_found(client, entry, son_la):
    client.force_login(son_la.leader)
    assert client.get(entry.version.get_absolute_url()).status_code == 404


def test_a_version_that_does_not_exist_is_not_found(client, entry, gia_lai):
    client.force_login(gia_lai.leader)
    assert client.get("/documents/versions/999999/download/").status_code == 404


def test_without_logging_in_there_is_no_file(client, entry):
    assert client.get(entry.version.get_absolute_url()).status_code == 302


def test_a_download_is_only_read(client, entry, gia_lai):
    client.force_login(gia_lai.leader)
    assert client.post(entry.version.get_absolute_url()).status_code == 405
