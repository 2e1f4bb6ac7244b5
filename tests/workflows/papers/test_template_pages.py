"""The pages of the Word templates: reading them, and registering a new file."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from documents.blueprints import template_path
from documents.models import DocumentTemplate
from people.models import Membership
from tests.documents.word import word
from tests.factories.people import member
from tests.factories.registry import ProducerFactory, producer_user
from workflows.builtin_templates import register_builtin_template

LIST, PAGE = "/documents/templates/", "/documents/templates/final_report/"


@pytest.fixture
def administrator(client, gia_lai):
    """A client of the office's administrator; the program's template is registered."""
    register_builtin_template("final_report")
    client.force_login(member("gl-quantri", Membership.Role.ADMINISTRATOR, gia_lai.organisation))
    return client


def upload(client, data: bytes):
    return client.post(PAGE, {"file": SimpleUploadedFile("mau.docx", data)})


def test_an_administrator_registers_a_new_version(administrator):
    answer = upload(administrator, word("{{ letterhead.agency }}", "{{ paper.project_title }}"))
    assert answer.status_code == 302
    newest = DocumentTemplate.objects.filter(kind="final_report").first()
    assert (newest.version, newest.registered_by.username) == (2, "gl-quantri")


def test_the_file_in_use_again_changes_nothing(administrator):
    assert upload(administrator, template_path("final_report").read_bytes()).status_code == 302
    assert DocumentTemplate.objects.count() == 1


@pytest.mark.parametrize(
    ("line", "tag"),
    [
        ("{{ paper.budget }}", "paper.budget"),
        ("{{ paper.project_title.__class__.__mro__ }}", "__class__"),
        ("{% for row in paper.products %}", "for row in paper.products"),
    ],
)
def test_a_wrong_or_hostile_template_is_refused_beside_the_field_with_its_tag_and_nothing_is_stored(
    administrator, line, tag
):
    answer = upload(administrator, word(line))
    assert answer.status_code == 422
    assert tag in " ".join(answer.context["form"].errors["file"])
    assert DocumentTemplate.objects.count() == 1


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04broken", b"%PDF-1.7", b"x" * (2 * 1024 * 1024 + 1)])
def test_what_is_no_word_file_is_refused_beside_the_field(administrator, data):
    answer = upload(administrator, data)
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"]


def test_without_a_file_the_field_says_so(administrator):
    assert administrator.post(PAGE).context["form"].errors["file"]


def test_an_unknown_kind_is_not_found(administrator):
    assert administrator.get("/documents/templates/invoice/").status_code == 404
    assert administrator.post("/documents/templates/invoice/").status_code == 404


def test_other_officials_read_and_may_not_register(client, gia_lai):
    register_builtin_template("final_report")
    client.force_login(gia_lai.manager)
    assert client.get(PAGE).context["form"] is None
    assert upload(client, word("{{ paper.project_title }}")).status_code == 403
    assert DocumentTemplate.objects.count() == 1


def test_producers_do_not_see_the_templates(client, gia_lai):
    client.force_login(producer_user(ProducerFactory(province=gia_lai.province), "chu-the"))
    template = register_builtin_template("final_report")
    for url in (LIST, PAGE, f"/documents/template-files/{template.pk}/"):
        assert client.get(url).status_code == 404


def test_the_list_names_every_kind_and_says_which_are_not_registered(client, gia_lai):
    register_builtin_template("final_report")
    client.force_login(gia_lai.clerk)
    answer = client.get(LIST)
    assert len(answer.context["rows"]) == 14
    assert answer.content.decode().count("register_templates") == 13


def test_the_catalogue_shows_a_field_of_a_list_with_its_loops(client, gia_lai):
    client.force_login(gia_lai.clerk)
    page = client.get("/documents/templates/survey_report_products/").content.decode()
    for tag in (
        "{{ paper.project_title }}",
        "{{ product.name }}",
        "{% for group in paper.groups %}",
        "{% for product in group.products %}",
        "{{ letterhead.number_line }}",
    ):
        assert tag in page


def test_the_file_of_a_template_can_be_fetched(client, gia_lai):
    template = register_builtin_template("final_report")
    client.force_login(gia_lai.clerk)
    answer = client.get(f"/documents/template-files/{template.pk}/")
    assert b"".join(answer.streaming_content) == template_path("final_report").read_bytes()
    assert answer["Content-Disposition"] == 'attachment; filename="final_report.v1.docx"'
