"""Every kind of paper: registered, complete, and printing exactly its data class."""

from __future__ import annotations

import json

import pytest
from django.core.management import call_command

from documents import docx
from documents.blueprints import BLUEPRINTS, template_path
from documents.docx.shape import leaves, paths_of
from documents.models import LETTER, DocumentTemplate
from tests.workflows.papers.cast import DATA
from workflows import papers
from workflows.builtin_templates import register_builtin_templates

# NĐ 30/2020/NĐ-CP, annex III, part I: abbreviations of the kinds of papers.
ABBREVIATIONS = {"BC", "BB", "HD", "TB", "KH", "QĐ", "TTr", "GM", "HĐ"}


def test_every_template_of_the_program_has_a_kind_and_every_kind_a_template():
    assert set(papers.ALL_KINDS) == set(BLUEPRINTS)


def test_every_kind_has_an_abbreviation_of_the_decree():
    symbols = {kind.symbol for kind in papers.ALL_KINDS.values()}
    assert symbols - {LETTER, ""} == ABBREVIATIONS  # a letter bears the agency's symbol only, an owner's paper none


def test_a_paper_that_its_owner_signs_gets_no_number_of_an_agency_and_every_other_does():
    for kind in papers.ALL_KINDS.values():
        assert (kind.symbol == "") == (kind.signed_by == papers.Signer.PRODUCER)


@pytest.mark.parametrize("kind", papers.ALL_KINDS)
def test_the_template_prints_every_field_of_the_kinds_data_and_no_other(kind):
    used = {path for path in docx.variables(template_path(kind).read_bytes()) if path.startswith("paper.")}
    assert used == leaves(paths_of(paper=papers.ALL_KINDS[kind].data_class))


def test_every_paper_that_the_demos_projects_owe_has_a_kind():
    templates = json.loads((DATA / "templates.json").read_text(encoding="utf-8"))["templates"]
    owed = {paper["document_kind"] for row in templates for stage in row["stages"] for paper in stage["deliverables"]}
    assert owed
    assert owed <= set(papers.KINDS)


@pytest.mark.django_db
def test_registering_the_programs_templates_twice_changes_nothing(capsys):
    call_command("register_templates")
    call_command("register_templates")
    assert capsys.readouterr().out.endswith("Nothing new.\n")
    assert DocumentTemplate.objects.count() == len(BLUEPRINTS)
    assert set(DocumentTemplate.objects.values_list("version", flat=True)) == {1}


@pytest.mark.django_db
def test_an_update_does_not_push_aside_a_template_of_the_office():
    register_builtin_templates()
    DocumentTemplate.objects.create(
        kind="final_report", version=2, file="own.docx", sha256="0" * 64, registered_at="2022-01-01T00:00:00+07:00"
    )
    assert register_builtin_templates() == []
    assert DocumentTemplate.objects.filter(kind="final_report").count() == 2


def test_what_names_its_head_as_the_authority_is_signed_by_the_head_in_person():
    agency = {key: kind for key, kind in papers.ALL_KINDS.items() if kind.symbol}
    named = {key for key, kind in agency.items() if "paper.authority" in paths_of(paper=kind.data_class)}
    assert named == {key for key, kind in agency.items() if kind.by_head}
