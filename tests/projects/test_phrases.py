"""An agency's standard remarks: adding, wording, order, retiring; and why papers are sent back."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from io import BytesIO

import pytest
from django.test import Client
from openpyxl import load_workbook

from people.models import AuditEvent, Membership
from projects.actions import deliverable as papers
from projects.actions import phrases as actions
from projects.actions.deliverable import NewRemark
from projects.errors import NotAllowedForYou, NotAllowedNow
from projects.models import Deliverable, Remark, RemarkPhrase
from tests.factories.people import Office, member
from tests.factories.projects import make_project

LIST = "/remarks/phrases/"
REASONS = "/remarks/reasons/"
NOW = datetime(2022, 4, 1, 9, 0, tzinfo=timezone(timedelta(hours=7)))


def phrase(office: Office, text: str = "Thiếu căn cứ pháp lý") -> RemarkPhrase:
    return actions.add_phrase(office.organisation, text=text, by=office.clerk)


def texts(office: Office) -> list[str]:
    rows = RemarkPhrase.objects.filter(organisation=office.organisation)
    return list(rows.order_by("position", "pk").values_list("text", flat=True))


def returned(office: Office, code: str, *remarks: NewRemark, now: datetime = NOW) -> Deliverable:
    """Return a paper of the office's project with remarks, made at `now`."""
    paper = Deliverable.objects.filter(stage__project__province=office.province, code=code).first()
    if paper is None:
        paper = Deliverable.objects.get(stage__project=make_project(office), code=code)
    papers.start_preparation(paper)
    paper = papers.submit(paper, by=office.manager, answers={r.pk: "Đã sửa" for r in paper.remarks.all()}, now=now)
    return papers.record_format_check(paper, by=office.clerk, passed=False, remarks=remarks, now=now)


# --- the list --------------------------------------------------------------------------------
def test_a_clerk_adds_a_remark_at_the_end_and_the_act_is_recorded(gia_lai: Office, client: Client) -> None:
    client.force_login(gia_lai.clerk)
    for text in ("Thiếu căn cứ pháp lý", "  Số liệu   không khớp "):
        assert client.post(LIST, {"text": text})["Location"] == LIST
    assert texts(gia_lai) == ["Thiếu căn cứ pháp lý", "Số liệu không khớp"]
    assert AuditEvent.objects.filter(verb="remark.phrase_added", by=gia_lai.clerk).count() == 2


def test_an_empty_remark_is_no_remark(gia_lai: Office) -> None:
    with pytest.raises(NotAllowedNow, match="Write the standard remark"):
        phrase(gia_lai, "  ")


@pytest.mark.parametrize("role", ["leader", "clerk"])
def test_leaders_and_clerks_see_their_list(gia_lai: Office, son_la: Office, client: Client, role: str) -> None:
    phrase(gia_lai)
    phrase(son_la, "Của Sơn La")
    client.force_login(getattr(gia_lai, role))
    page = client.get(LIST).content.decode()
    assert "Thiếu căn cứ pháp lý" in page
    assert "Của Sơn La" not in page


def test_an_administrator_keeps_the_list(gia_lai: Office, client: Client) -> None:
    client.force_login(member("gl-quantri", Membership.Role.ADMINISTRATOR, gia_lai.organisation))
    assert client.post(LIST, {"text": "Sai thể thức"}).status_code == 302


@pytest.mark.parametrize("role", ["manager", "helper", "inspector", "stamp_officer"])
def test_for_everybody_else_the_list_is_not_there(gia_lai: Office, client: Client, role: str) -> None:
    row = phrase(gia_lai)
    user = getattr(gia_lai, role)
    client.force_login(user)
    assert client.get(LIST).status_code == 404
    assert client.post(LIST, {"text": "x"}).status_code == 404
    assert client.post(f"{LIST}{row.pk}/retire/").status_code == 404
    with pytest.raises(NotAllowedForYou):
        actions.retire_phrase(row, by=user)


def test_another_agencys_remark_is_not_there(gia_lai: Office, son_la: Office, client: Client) -> None:
    row = phrase(gia_lai)
    client.force_login(son_la.leader)
    for path in ("", "move/", "retire/", "offer/"):
        assert client.post(f"{LIST}{row.pk}/{path}", {"text": "x", "to": "up"}).status_code == 404
    with pytest.raises(NotAllowedForYou):
        actions.change_phrase(row, text="x", by=son_la.leader)


@pytest.mark.parametrize("text", ["", "   ", "x" * 301, "a\0b", "THIẾU căn cứ pháp LÝ"])
def test_an_empty_too_long_or_known_remark_is_refused_beside_the_field(
    gia_lai: Office, client: Client, text: str
) -> None:
    phrase(gia_lai)
    client.force_login(gia_lai.clerk)
    answer = client.post(LIST, {"text": text})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["text"]
    assert len(texts(gia_lai)) == 1


def test_a_remark_moves_up_and_down_and_stays_at_the_ends(gia_lai: Office, client: Client) -> None:
    first, second, _third = (phrase(gia_lai, text) for text in "ABC")
    client.force_login(gia_lai.leader)
    client.post(f"{LIST}{second.pk}/move/", {"to": "up"})
    assert texts(gia_lai) == ["B", "A", "C"]
    client.post(f"{LIST}{first.pk}/move/", {"to": "down"})
    assert texts(gia_lai) == ["B", "C", "A"]
    for to in ("down", "sideways", ""):
        assert client.post(f"{LIST}{first.pk}/move/", {"to": to}).status_code == 302
    assert texts(gia_lai) == ["B", "C", "A"]


def test_wording_a_remark_anew_leaves_what_was_sent(gia_lai: Office, client: Client) -> None:
    row = phrase(gia_lai)
    paper = returned(gia_lai, "D1", NewRemark(phrase=row))
    client.force_login(gia_lai.clerk)
    assert client.post(f"{LIST}{row.pk}/", {"text": "Thiếu căn cứ"})["Location"] == LIST
    assert texts(gia_lai) == ["Thiếu căn cứ"]
    assert paper.remarks.get().text == "Thiếu căn cứ pháp lý"


def test_a_retired_remark_stays_with_its_count_and_can_be_offered_again(gia_lai: Office, client: Client) -> None:
    row = phrase(gia_lai)
    returned(gia_lai, "D1", NewRemark(phrase=row))
    client.force_login(gia_lai.clerk)
    client.post(f"{LIST}{row.pk}/retire/")
    [(_agency, [shown])] = client.get(LIST).context["lists"]
    assert (shown.is_active, shown.used) == (False, 1)
    client.post(f"{LIST}{row.pk}/offer/")
    assert RemarkPhrase.objects.get().is_active


@pytest.mark.parametrize("act", ["move/", "retire/", "offer/"])
def test_nothing_is_done_on_get(gia_lai: Office, client: Client, act: str) -> None:
    row = phrase(gia_lai)
    client.force_login(gia_lai.clerk)
    assert client.get(f"{LIST}{row.pk}/{act}").status_code == 405


# --- remarks made with it --------------------------------------------------------------------
def test_a_standard_remark_with_details_reads_as_one_sentence(gia_lai: Office) -> None:
    row = phrase(gia_lai, "Thiếu căn cứ pháp lý.")
    remarks = [
        NewRemark("bổ sung Thông báo 29", "I. CHUNG", phrase=row),
        NewRemark(phrase=row),
        NewRemark("Sai cỡ chữ"),
        NewRemark("  ", "II"),
    ]
    made = returned(gia_lai, "D1", *remarks).remarks.order_by("pk")
    assert [(remark.text, remark.anchor, remark.phrase_id) for remark in made] == [
        ("Thiếu căn cứ pháp lý: bổ sung Thông báo 29", Remark.Anchor.SECTION, row.pk),
        ("Thiếu căn cứ pháp lý.", Remark.Anchor.WHOLE, row.pk),
        ("Sai cỡ chữ", Remark.Anchor.WHOLE, None),
    ]


def test_a_return_without_a_word_is_refused(gia_lai: Office) -> None:
    with pytest.raises(NotAllowedNow, match="at least one remark"):
        returned(gia_lai, "D1", NewRemark("  ", "Mục II"))


def test_an_author_may_decline_a_remark_but_must_say_why(gia_lai: Office) -> None:
    paper = returned(gia_lai, "D1", NewRemark("Bỏ bảng 2"))
    remark = paper.remarks.get()
    with pytest.raises(NotAllowedNow, match="say why"):
        papers.submit(paper, by=gia_lai.manager, answers={remark.pk: "  "}, declined=[remark.pk])
    papers.submit(paper, by=gia_lai.manager, answers={remark.pk: "Bảng 2 theo mẫu"}, declined=[remark.pk])
    remark.refresh_from_db()
    assert (remark.declined, remark.answer, remark.addressed_at is not None) == (True, "Bảng 2 theo mẫu", True)


# --- why papers are sent back ----------------------------------------------------------------
def table(client: Client, **query: str) -> list[tuple[str, int, int]]:
    return [(row.text, row.count, row.share) for row in client.get(REASONS, query).context["reasons"]]


def test_the_most_frequent_reasons_come_first_and_own_words_last(
    gia_lai: Office, son_la: Office, client: Client
) -> None:
    layout, bases = phrase(gia_lai, "Sai thể thức"), phrase(gia_lai, "Thiếu căn cứ")
    returned(gia_lai, "D1", NewRemark(phrase=bases), NewRemark(phrase=bases), NewRemark("a"), NewRemark("b"))
    returned(gia_lai, "D2", NewRemark(phrase=layout, text="quốc hiệu"), now=NOW + timedelta(days=40))
    client.force_login(gia_lai.leader)
    assert table(client) == [("Thiếu căn cứ", 2, 40), ("Sai thể thức", 1, 20), ("In their own words", 2, 40)]
    assert table(client, stage="documentation") == [("Sai thể thức", 1, 100)]
    assert table(client, since="02/04/2022") == [("Sai thể thức", 1, 100)]
    assert [row[0] for row in table(client, until="01/04/2022")] == ["Thiếu căn cứ", "In their own words"]
    client.force_login(son_la.leader)
    assert table(client) == []


def test_no_more_than_ten_reasons_are_shown(gia_lai: Office, client: Client) -> None:
    rows = [phrase(gia_lai, f"Lý do {number:02d}") for number in range(12)]
    returned(gia_lai, "D1", *(NewRemark(phrase=row) for row in rows))
    client.force_login(gia_lai.leader)
    assert [text for text, _count, _share in table(client)] == [f"Lý do {number:02d}" for number in range(10)]


def test_the_same_rows_come_as_a_workbook(gia_lai: Office, client: Client) -> None:
    returned(gia_lai, "D1", NewRemark(phrase=phrase(gia_lai)), NewRemark("a"))
    client.force_login(gia_lai.inspector)
    answer = client.get(REASONS, {"export": "xlsx", "stage": "survey"})
    sheet = load_workbook(BytesIO(answer.content)).active
    assert sheet is not None
    assert [cell.value for cell in sheet[2]] == ["Thiếu căn cứ pháp lý", 1, 50, 1, 0, 0, 0, 0]
    assert sheet.max_row == 3


@pytest.mark.parametrize("query", [{"stage": "x"}, {"since": "31/02/2022"}, {"until": "\0"}, {"since": "9" * 40}])
def test_a_filter_that_makes_no_sense_is_no_error_of_ours(
    gia_lai: Office, client: Client, query: dict[str, str]
) -> None:
    client.force_login(gia_lai.leader)
    assert client.get(REASONS, query).status_code == 200


def test_counting_takes_one_query_whatever_the_number(
    gia_lai: Office, client: Client, django_assert_max_num_queries: object
) -> None:
    returned(gia_lai, "D1", *(NewRemark(phrase=phrase(gia_lai, f"L{number}")) for number in range(9)))
    client.force_login(gia_lai.leader)
    client.get(REASONS)
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        client.get(REASONS)
