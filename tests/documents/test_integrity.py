"""The stored files are looked at again and again, and administrators are told of one that is damaged."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage

from documents import integrity
from documents.models import DocumentVersion
from documents.proofs import IntegrityCheck
from notices.models import Message
from people.models import Membership
from tests.factories import documents as make
from tests.factories.projects import make_project


@pytest.fixture
def version(gia_lai) -> DocumentVersion:
    """An issued paper, in a province whose leader is its administrator too."""
    Membership.objects.create(
        user=gia_lai.leader, organisation=gia_lai.organisation, role=Membership.Role.ADMINISTRATOR, valid_from=make.DAY
    )
    project = make_project(gia_lai)
    return make.issued(make.deliverable_of(project), by=gia_lai.manager, signer=gia_lai.leader).version


def later(**passed) -> int:
    return integrity.check_some(make.NOW + timedelta(**passed))


def damage(version: DocumentVersion) -> bytes:
    path = default_storage.path(version.file.name)
    with open(path, "rb") as file:
        sound = file.read()
    with open(path, "ab") as file:
        file.write(b"!")
    return sound


def test_every_file_is_checked_and_again_after_a_week(version):
    assert later() == 2  # the draft too
    assert later(days=6) == 0
    assert later(days=8) == 2
    assert set(IntegrityCheck.objects.values_list("problem", flat=True)) == {""}
    assert not Message.objects.exists()


def test_the_administrators_of_the_province_are_told_of_a_damage_once(version, gia_lai):
    damage(version)
    later()
    later(days=2)
    message = Message.objects.get()
    assert (message.event, message.recipient) == ("documents.damaged", gia_lai.leader)
    assert "01/BC-CCTĐC" in message.text
    assert version.integrity.problem == "changed"


def test_a_missing_file_is_told_as_missing(version):
    default_storage.delete(version.file.name)
    later()
    assert IntegrityCheck.objects.get(version=version).problem == "missing"


def test_a_restored_file_is_sound_the_next_day_and_a_second_damage_is_told_again(version):
    sound = damage(version)
    later()
    with open(default_storage.path(version.file.name), "wb") as file:
        file.write(sound)
    assert later(days=1, minutes=1) == 1
    assert IntegrityCheck.objects.get(version=version).problem == ""
    damage(version)
    later(days=9)
    assert Message.objects.count() == 2


def test_checking_costs_no_more_questions_for_more_papers(version, django_assert_max_num_queries):
    later()
    with django_assert_max_num_queries(1):
        later(days=1)
