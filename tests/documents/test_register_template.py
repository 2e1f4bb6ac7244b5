"""Registering a Word template: versions, and what is refused."""

from __future__ import annotations

import pytest

from documents import actions
from documents.errors import TemplateRefused
from documents.models import DocumentTemplate
from people.models import AuditEvent
from tests.documents.word import word
from tests.factories import documents as make

pytestmark = pytest.mark.django_db


def test_a_changed_file_is_the_next_version_and_the_old_one_stays():
    first = make.template()
    second = make.template(*make.LINES, "Thêm một dòng")
    assert (first.version, second.version) == (1, 2)
    assert DocumentTemplate.objects.count() == 2
    assert first.file.name != second.file.name


def test_the_same_file_twice_is_one_version():
    assert make.template() == make.template()
    assert AuditEvent.objects.filter(verb="document.template_registered").count() == 1


def test_going_back_to_an_earlier_file_is_a_new_version():
    make.template()
    make.template("{{ paper.finding }}")
    assert make.template().version == 3


@pytest.mark.parametrize(
    ("line", "tag"),
    [
        ("{{ paper.price }}", "paper.price"),
        ("{{ paper.finding.__class__ }}", "__class__"),
        ("{{ paper.finding", "{{ paper.finding"),
    ],
)
def test_a_wrong_or_hostile_template_is_refused_with_its_tag_and_nothing_is_stored(line, tag):
    with pytest.raises(TemplateRefused) as refused:
        make.template(line)
    assert tag in str(refused.value)
    assert not DocumentTemplate.objects.exists()


def test_something_else_than_a_word_file_is_refused():
    with pytest.raises(TemplateRefused):
        actions.register_template(make.KIND, b"%PDF-1.7", paper_class=make.Finding, by=None)
    assert not DocumentTemplate.objects.exists()


def test_the_history_says_who_registered_it(gia_lai):
    actions.register_template(make.KIND, word(*make.LINES), paper_class=make.Finding, by=gia_lai.leader, now=make.NOW)
    event = AuditEvent.objects.get(verb="document.template_registered")
    assert event.by == gia_lai.leader
