"""The pages of the Word templates: reading them, uploading a file, publishing and withdrawing it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from documents import docx
from documents.blueprints import template_path
from documents.models import DocumentTemplate
from people.models import AuditEvent, Membership
from tests.documents.word import word
from tests.factories import documents as make
from tests.factories.disk import disk_takes, stored
from tests.factories.people import member, signed_in
from tests.factories.registry import ProducerFactory, producer_user
from workflows.builtin_templates import register_builtin_template

LIST, PAGE = "/documents/templates/", "/documents/templates/final_report/"
State = DocumentTemplate.State
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("warm_child")]


@pytest.fixture
def program():
    """The program's template."""
    return register_builtin_template("final_report")


@pytest.fixture
def administrator(client, gia_lai, program):
    """A client of the office's administrator; the program's template is registered."""
    client.force_login(member("gl-quantri", Membership.Role.ADMINISTRATOR, gia_lai.organisation))
    return client


@pytest.fixture
def second(gia_lai):
    """A client of another administrator of the province."""
    return signed_in(member("gl-quantri-2", Membership.Role.ADMINISTRATOR, gia_lai.organisation))


def upload(client, data: bytes | None = None, note: str = "Đổi tiêu đề", page: str = PAGE):
    data = word("{{ letterhead.agency }}", "{{ paper.project_title }}") if data is None else data
    return client.post(page, {"file": SimpleUploadedFile("mau.docx", data), "note": note})


def newest() -> DocumentTemplate:
    return DocumentTemplate.objects.exclude(province=None).order_by("-version").first()


def publish(client, template: DocumentTemplate, day: date | None = None):
    day = day or timezone.localdate()
    return client.post(f"/documents/template-versions/{template.pk}/publish/", {"in_use_from": f"{day:%d/%m/%Y}"})


def page_of(template: DocumentTemplate) -> str:
    return f"/documents/template-versions/{template.pk}/"


# --- uploading -------------------------------------------------------------------------------
def test_an_upload_becomes_a_version_of_the_province_that_prints_nothing_yet(administrator, gia_lai, program):
    answer = upload(administrator)
    made = newest()
    assert (answer.status_code, answer.url) == (302, page_of(made))
    assert (made.province, made.version, made.state, made.note) == (gia_lai.province, 1, State.DRAFT, "Đổi tiêu đề")
    assert made.registered_by.username == "gl-quantri"
    assert DocumentTemplate.objects.in_use("final_report", gia_lai.province, timezone.localdate()) == program


def test_the_newest_file_again_changes_nothing(administrator):
    data = word("{{ paper.project_title }}")
    upload(administrator, data)
    assert upload(administrator, data).status_code == 302
    assert DocumentTemplate.objects.exclude(province=None).count() == 1


def test_the_faults_of_a_file_stand_in_a_table_with_what_was_meant_and_nothing_is_stored(administrator):
    answer = upload(administrator, word("{{ paper.projct_title }}"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "{{ paper.projct_title }}" in page
    assert "{{ paper.project_title }}" in page
    assert newest() is None


def test_a_full_disk_is_said_at_the_field_and_nothing_is_stored(administrator):
    before = stored()
    with disk_takes(5_000):
        answer = upload(administrator)
    assert answer.status_code == 422
    assert "could not be stored" in answer.context["form"].errors["file"][0]
    assert (newest(), stored()) == (None, before)


def test_without_a_file_or_a_note_the_field_says_so(administrator):
    errors = administrator.post(PAGE).context["form"].errors
    assert set(errors) == {"file", "note"}


def test_an_unknown_kind_is_not_found(administrator):
    for page in ("/documents/templates/invoice/", "/documents/templates/invoice/fields/"):
        assert administrator.get(page).status_code == 404
    assert administrator.post("/documents/templates/invoice/").status_code == 404


def test_other_officials_read_and_may_not_upload_publish_or_withdraw(client, gia_lai, administrator):
    upload(administrator)
    client.force_login(gia_lai.manager)
    assert client.get(PAGE).context["form"] is None
    assert upload(client).status_code == 403
    answer = publish(client, newest())
    assert answer.status_code == 422
    assert client.post(f"{page_of(newest())}withdraw/", {"reason": "x"}).status_code == 422
    assert newest().state == State.DRAFT


# --- publishing ------------------------------------------------------------------------------
def test_the_only_administrator_publishes_what_they_uploaded(administrator, gia_lai):
    upload(administrator)
    assert publish(administrator, newest()).status_code == 302
    assert newest().published_by.username == "gl-quantri"
    assert DocumentTemplate.objects.in_use("final_report", gia_lai.province, timezone.localdate()) == newest()


def test_with_a_second_administrator_it_takes_four_eyes(administrator, second):
    upload(administrator)
    assert "another administrator" in administrator.get(page_of(newest())).content.decode()
    assert publish(administrator, newest()).status_code == 422
    assert newest().state == State.DRAFT
    assert publish(second, newest()).status_code == 302
    assert newest().published_by.username == "gl-quantri-2"


def test_a_day_that_has_passed_is_refused(administrator):
    upload(administrator)
    answer = publish(administrator, newest(), timezone.localdate() - timedelta(days=1))
    assert answer.status_code == 422
    assert "has passed" in answer.content.decode()
    assert newest().state == State.DRAFT


def test_it_prints_from_its_day_on(administrator, gia_lai, program):
    upload(administrator)
    day = timezone.localdate() + timedelta(days=10)
    publish(administrator, newest(), day)
    in_use = DocumentTemplate.objects.in_use
    assert in_use("final_report", gia_lai.province, day - timedelta(days=1)) == program
    assert in_use("final_report", gia_lai.province, day) == newest()


def test_what_is_published_cannot_be_published_again(administrator):
    upload(administrator)
    publish(administrator, newest())
    assert publish(administrator, newest()).status_code == 422


def test_withdrawing_brings_back_the_template_before_it(administrator, gia_lai, program):
    upload(administrator)
    publish(administrator, newest())
    answer = administrator.post(f"{page_of(newest())}withdraw/", {"reason": "Sai tiêu đề"})
    assert answer.status_code == 302
    assert DocumentTemplate.objects.in_use("final_report", gia_lai.province, timezone.localdate()) == program
    assert administrator.post(f"{page_of(newest())}withdraw/", {"reason": "Lần nữa"}).status_code == 422


def test_withdrawing_needs_a_reason(administrator):
    upload(administrator)
    assert administrator.post(f"{page_of(newest())}withdraw/").status_code == 422
    assert newest().state == State.DRAFT


def test_the_templates_of_the_program_are_nobodys_to_withdraw(administrator, program):
    assert administrator.post(f"{page_of(program)}withdraw/", {"reason": "x"}).status_code == 422
    program.refresh_from_db()
    assert program.state == State.PUBLISHED


def test_every_act_is_in_the_log_of_the_province_and_on_the_page(administrator, gia_lai):
    upload(administrator)
    publish(administrator, newest())
    administrator.post(f"{page_of(newest())}withdraw/", {"reason": "Sai tiêu đề"})
    acts = AuditEvent.objects.filter(verb__startswith="document.template_", province=gia_lai.province)
    assert sorted(acts.values_list("verb", flat=True)) == [
        "document.template_published",
        "document.template_uploaded",
        "document.template_withdrawn",
    ]
    assert "Sai tiêu đề" in administrator.get(page_of(newest())).content.decode()


# --- other provinces -------------------------------------------------------------------------
def test_another_province_neither_sees_the_template_nor_prints_with_it(administrator, son_la, program):
    upload(administrator)
    publish(administrator, newest())
    stranger = signed_in(member("sl-quantri", Membership.Role.ADMINISTRATOR, son_la.organisation))
    urls = (page_of(newest()), f"{page_of(newest())}show/", f"/documents/template-files/{newest().pk}/")
    assert [stranger.get(url).status_code for url in urls] == [404] * 3
    assert publish(stranger, newest()).status_code == 404
    assert stranger.post(f"{page_of(newest())}withdraw/", {"reason": "x"}).status_code == 404
    assert [row["template"] for row in stranger.get(PAGE).context["versions"]] == [program]
    assert DocumentTemplate.objects.in_use("final_report", son_la.province, timezone.localdate()) == program


def test_two_provinces_count_their_versions_apart(administrator, son_la):
    stranger = signed_in(member("sl-quantri", Membership.Role.ADMINISTRATOR, son_la.organisation))
    upload(administrator)
    upload(stranger, word("{{ paper.project_title }}"))
    assert list(DocumentTemplate.objects.exclude(province=None).values_list("version", flat=True)) == [1, 1]


def test_an_administrator_of_two_provinces_says_for_which(administrator, gia_lai, son_la):
    both = member("hai-tinh", Membership.Role.ADMINISTRATOR, son_la.organisation)
    member("hai-tinh", Membership.Role.ADMINISTRATOR, gia_lai.organisation)
    browser = signed_in(both)
    file = {"file": SimpleUploadedFile("mau.docx", word("{{ paper.project_title }}")), "note": "Mới"}
    assert "province" in browser.post(PAGE, file).context["form"].errors
    file["file"].seek(0)
    assert browser.post(PAGE, file | {"province": son_la.province.pk}).status_code == 302
    assert newest().province == son_la.province


def test_producers_do_not_see_the_templates(client, gia_lai, program):
    client.force_login(producer_user(ProducerFactory(province=gia_lai.province), "chu-the"))
    pages = (LIST, PAGE, f"{PAGE}fields/", f"/documents/template-files/{program.pk}/", page_of(program))
    assert [client.get(url).status_code for url in pages] == [404] * 5


# --- looking ---------------------------------------------------------------------------------
def test_the_list_names_every_kind_what_is_in_use_and_what_waits(administrator):
    upload(administrator)
    answer = administrator.get(LIST)
    [row] = [row for row in answer.context["rows"] if row["key"] == "final_report"]
    assert (row["template"].is_of_program, row["waiting"]) == (True, [newest()])
    assert answer.content.decode().count("register_templates") == len(answer.context["rows"]) - 1


def test_the_catalogue_shows_a_field_of_a_list_with_its_loops_its_meaning_and_an_example(client, gia_lai):
    client.force_login(gia_lai.clerk)
    page = client.get("/documents/templates/survey_report_products/fields/").content.decode()
    for text in (
        "{{ paper.project_title }}",
        "{{ product.name }}",
        "{% for group in paper.groups %}",
        "{% for product in group.products %}",
        "{{ letterhead.number_line }}",
        "Product groups › Products",
        "Cà phê bột Sườn Đồi",
        "picture; stands alone in its paragraph",
    ):
        assert text in page


def test_a_version_shows_how_it_prints_the_sample_under_the_readers_own_letterhead(administrator, gia_lai):
    upload(administrator)
    answer = administrator.get(page_of(newest()))
    [agency, _project] = [str(line) for line in answer.context["reading"].lines]
    assert agency == gia_lai.organisation.name
    assert answer.context["comparison"].changes


def test_a_version_is_shown_on_a_paper_of_the_province(administrator, gia_lai):
    from tests.factories.projects import make_project

    draft = make.draft(make.deliverable_of(make_project(gia_lai)), by=gia_lai.manager)
    template = make.template("Kết quả: {{ paper.finding }}")
    answer = administrator.get(page_of(template), {"on": draft.document_id})
    assert [str(line) for line in answer.context["reading"].lines] == ["Kết quả: Đã khảo sát 17 sản phẩm"]
    shown = administrator.get(f"{page_of(template)}show/", {"on": draft.document_id})
    assert docx.text_of(b"".join(shown.streaming_content)) == ["Kết quả: Đã khảo sát 17 sản phẩm"]


def test_a_paper_that_cannot_be_printed_says_why(administrator, gia_lai):
    template = make.template()  # prints fields that the sample of its kind does not have
    assert "cannot be filled" in administrator.get(page_of(template)).context["problem"]
    answer = administrator.get(f"{page_of(template)}show/", follow=True)
    assert "cannot be filled" in answer.content.decode()


def test_the_file_of_a_template_can_be_fetched(client, gia_lai, program):
    client.force_login(gia_lai.clerk)
    answer = client.get(f"/documents/template-files/{program.pk}/")
    assert b"".join(answer.streaming_content) == template_path("final_report").read_bytes()
    assert answer["Content-Disposition"] == 'attachment; filename="final_report.v1.docx"'


# --- format ----------------------------------------------------------------------------------
def test_the_faults_in_the_format_of_a_template_are_shown_and_do_not_keep_it_from_use(administrator):
    upload(administrator)
    page = administrator.get(page_of(newest()))
    assert "head" in {finding.rule for finding in page.context["findings"]}
    assert page.context["findings"][0].element in page.content.decode()
    assert publish(administrator, newest()).status_code == 302


def test_the_programs_own_template_has_no_fault_in_its_format(administrator, program):
    assert administrator.get(page_of(program)).context["findings"] == []
