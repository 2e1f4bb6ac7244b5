"""Finding papers by what they say: Vietnamese without marks, phrases, numbers that are cited, and the marked line."""

from __future__ import annotations

import time
from datetime import date, timedelta

import pytest
from django.db import connection

from documents import actions, fulltext
from documents.models import Document, DocumentVersion, NumberSeries, RegisterEntry
from documents.proofs import VersionText
from tests.factories import documents as make
from tests.factories.projects import make_project

URL = "/documents/"
SAYS = {
    "D1": "Đã khảo sát 17 sản phẩm theo Quyết định số 100/QĐ-TTg; đường hướng sản xuất & chế biến <tốt>",
    "D2": "Hướng dẫn ghi nhật ký; đề xuất sản lượng",
}


@pytest.fixture
def project(gia_lai):
    project = make_project(gia_lai)
    make.template()
    for code, finding in SAYS.items():
        draft = make.draft(make.deliverable_of(project, code), by=gia_lai.manager, finding=finding)
        actions.issue(draft.document, signer=gia_lai.leader, on=make.DAY, by=gia_lai.leader, now=make.NOW)
    return project


@pytest.fixture
def reader(client, gia_lai):
    client.force_login(gia_lai.clerk)
    return client


def found(client, **query) -> list[str]:
    rows = client.get(URL, query).context["table"].rows
    return [row.record.document.deliverable.code for row in rows]


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("khảo sát", ["D1"]),
        ("KHAO SAT", ["D1"]),
        ("duong huong", ["D1"]),  # đ is d
        ("khao sa", ["D1"]),  # while it is typed
        ("sản xuất", ["D1"]),  # a phrase: D2 has both words, but apart
        ("xuat san", ["D2"]),
        ("100/QĐ-TTg", ["D1"]),  # a number that the text cites
        ("nhat ky huong dan", ["D2"]),  # in another order
        ("gl-99", ["D2", "D1"]),  # the project's code
        ("chế biến <tốt>", ["D1"]),
        ("không có", []),
        ('"ky nhat"', []),  # quoted: in this order or not at all
    ],
)
def test_papers_are_found_by_what_they_say(reader, project, words, codes):
    assert found(reader, q=words) == codes


def test_words_in_another_order_are_said_to_be_so(reader, project):
    assert "in this order" in reader.get(URL, {"q": "nhat ky huong dan"}).content.decode()
    assert "in this order" not in reader.get(URL, {"q": "ghi nhat ky"}).content.decode()


def test_the_line_is_shown_with_the_words_marked_and_nothing_of_it_is_markup(reader, project):
    page = reader.get(URL, {"q": "che bien"}).content.decode()
    assert "<mark>chế</mark> <mark>biến</mark> &lt;tốt&gt;" in page
    assert "<tốt>" not in page


@pytest.mark.parametrize("words", ['a" OR folded:b', "NEAR(a b)", "*", "a:* & b", "'); DROP TABLE x; --", "\x00", "̀"])
def test_words_of_the_search_language_are_words_like_others(reader, project, words):
    assert reader.get(URL, {"q": words}).status_code == 200


def test_the_register_narrows_by_kind_signer_and_days(reader, project, gia_lai):
    assert found(reader, kind=make.KIND) == ["D2", "D1"]
    assert found(reader, signer=gia_lai.leader.pk) == ["D2", "D1"]
    assert found(reader, since="07/03/2022", until="07/03/2022") == ["D2", "D1"]
    assert found(reader, since="08/03/2022") == []


def test_a_day_that_is_none_is_said(reader, project):
    assert "is-invalid" in reader.get(URL, {"since": "40/13/2022"}).content.decode()


def test_a_stranger_finds_nothing_in_the_text(client, project, son_la):
    client.force_login(son_la.leader)
    assert found(client, q="khao sat") == []


def test_a_version_whose_text_is_not_kept_yet_is_read_by_the_next_tick(reader, project):
    VersionText.objects.all().delete()
    assert found(reader, q="khao sat") == []
    assert fulltext.keep_missing() == 4
    assert fulltext.keep_missing() == 0
    assert found(reader, q="khao sat") == ["D1"]


def test_a_file_that_cannot_be_read_is_found_by_its_title_all_the_same(reader, project):
    version = DocumentVersion.objects.get(register_entry__number=1)
    version.file.storage.delete(version.file.name)
    VersionText.objects.all().delete()
    fulltext.keep_missing()
    assert found(reader, q="kết quả khảo sát") == ["D1"]


@pytest.mark.timeout(900)
def test_ten_thousand_papers_are_searched_in_the_time_of_a_few_pages_of_the_register(reader, project):
    fill(10_000)
    reader.get(URL)
    page = min(seconds(reader, {}) for _try in range(3))
    for query in (
        {"q": "khảo sát hiện trạng"},
        {"q": "ghi nhat ky"},
        {"q": "so 4321"},
        {"state": "issued", "since": "01/01/2021"},
    ):
        took = min(seconds(reader, query) for _try in range(3))
        print(query, f"{took * 1000:.0f} ms, {took / page:.1f} pages")
        assert took < 4 * page, (query, took, page)


def seconds(client, query: dict[str, str]) -> float:
    """Processor time of this process, in which SQLite works too: others share the machine."""
    begun = time.process_time()
    assert client.get(URL, query).status_code == 200
    return time.process_time() - begun


def fill(count: int) -> None:
    """Papers with numbers and two pages of text each, written in bulk."""
    like = DocumentVersion.objects.filter(register_entry__number=1).select_related("document").first()
    series = NumberSeries.objects.get()
    document, signer = like.document, like.created_by
    subject = document.deliverable.stage.project
    new = [
        Document(kind="final_report", symbol="BC", title=f"Báo cáo số {n}", organisation=document.organisation,
                 project=subject, occasion=str(n))
        for n in range(count)
    ]  # fmt: skip
    Document.objects.bulk_create(new, batch_size=500)
    versions = [
        DocumentVersion(document=each, number=1, template=like.template, context={}, file=like.file.name,
                        sha256=like.sha256, state="issued", created_at=make.NOW, created_by=signer)
        for each in new
    ]  # fmt: skip
    DocumentVersion.objects.bulk_create(versions, batch_size=500)
    RegisterEntry.objects.bulk_create(
        [
            RegisterEntry(series=series, number=n + 10, version=version, signed_by=signer,
                          issued_on=date(2020, 1, 1) + timedelta(days=n % 2000))
            for n, version in enumerate(versions)
        ],
        batch_size=500,
    )  # fmt: skip
    page = "Kết quả khảo sát cho thấy các chủ thể đã ghi nhật ký sản xuất đầy đủ theo hướng dẫn. " * 50
    VersionText.objects.bulk_create(
        [
            VersionText(version=version, text=f"Báo cáo số {n}\n{page}", text_sha256="",
                        folded=fulltext.folded(f"Báo cáo số {n}") + "\n" + PLAIN)
            for n, version in enumerate(versions)
        ],
        batch_size=500,
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


PLAIN = fulltext.folded("Kết quả khảo sát cho thấy các chủ thể đã ghi nhật ký sản xuất đầy đủ theo hướng dẫn. " * 50)
