"""What readers of a paper see beside it: findings about its format, and legal texts that no longer hold."""

from __future__ import annotations

from datetime import date

import pytest

from documents import actions
from documents.actions import Paper
from documents.blueprints import template_path
from documents.checking import checks_of
from documents.models import Document, DocumentVersion
from documents.samples import SAMPLES
from projects.actions.catalogues import load_catalogues
from projects.models import Deliverable
from tests.factories import desk
from tests.factories import documents as small
from tests.factories.documents import unguarded

pytestmark = pytest.mark.django_db
ENDED = "Căn cứ Nghị định số 43/2017/NĐ-CP ngày 14/4/2017 của Chính phủ về nhãn hàng hóa"
KIND = "survey_report_chain"
TODAY, IN_2021 = date(2026, 11, 22), date(2021, 6, 1)


def draft(deliverable: Deliverable, office, *bases: str) -> DocumentVersion:
    """Return a draft of a real kind, from the committed template and its sample."""
    load_catalogues()
    data = SAMPLES[KIND][1]
    actions.register_template(KIND, template_path(KIND).read_bytes(), paper_class=type(data), by=None)
    paper = Paper(kind=KIND, symbol="BC", data=data, legal_bases=bases)
    return actions.prepare_draft(paper, deliverable, by=office.manager)


def poor_draft(deliverable: Deliverable, office) -> DocumentVersion:
    """Return a draft whose template knows nothing of the decree."""
    return small.draft(deliverable, by=office.manager)


def page_of(as_user, user, task) -> str:
    return as_user(user).get(f"/tasks/{task.pk}/").content.decode()


def warned(version: DocumentVersion, today: date) -> list[str]:
    return [warning.code for warning in checks_of(version, today=today).warnings]


# --- the format ----------------------------------------------------------------------------------
def test_the_clerk_sees_element_found_and_expected_of_every_finding(as_user, gia_lai, deliverable):
    version = poor_draft(deliverable, gia_lai)
    desk.do(deliverable, "prepare", gia_lai.manager)

    page = page_of(as_user, gia_lai.clerk, desk.step(deliverable, "check_format"))

    finding = checks_of(version, with_format=True).findings[0]
    assert all(str(part) in page for part in (finding.element, finding.found, finding.expected))
    assert 'id="format-findings"' in page


def test_a_draft_of_a_committed_template_has_nothing_to_correct(as_user, gia_lai, deliverable):
    version = draft(deliverable, gia_lai)
    assert checks_of(version, with_format=True).findings == ()
    desk.do(deliverable, "prepare", gia_lai.manager)
    page = page_of(as_user, gia_lai.clerk, desk.step(deliverable, "check_format"))
    assert "<td" not in page[page.index('id="format-findings"') :].split("</section>")[0]


def test_only_the_format_check_checks_the_format(as_user, gia_lai, deliverable):
    poor_draft(deliverable, gia_lai)
    assert 'id="format-findings"' not in page_of(as_user, gia_lai.manager, desk.step(deliverable, "prepare"))


def test_a_file_that_was_changed_is_not_checked_and_says_why(gia_lai, deliverable):
    version = poor_draft(deliverable, gia_lai)
    unguarded()
    DocumentVersion.objects.update(sha256="0" * 64)
    version.refresh_from_db()
    checks = checks_of(version, with_format=True)
    assert checks.findings is None
    assert "1" in checks.problem


def test_a_paper_that_a_producer_signs_is_outside_the_decree(gia_lai, deliverable):
    version = poor_draft(deliverable, gia_lai)
    assert checks_of(version, with_format=True).findings
    Document.objects.update(symbol="")
    version = DocumentVersion.objects.select_related("document").get()
    rules = {finding.rule for finding in checks_of(version, with_format=True).findings}
    assert "head" not in rules


# --- legal texts ---------------------------------------------------------------------------------
def test_a_draft_of_today_with_a_repealed_basis_is_warned_of_and_one_of_2021_is_not(gia_lai, deliverable):
    version = draft(deliverable, gia_lai, ENDED)
    assert warned(version, TODAY) == ["43/2017/NĐ-CP"]
    assert "43/2017/NĐ-CP" not in warned(version, IN_2021)


def test_a_draft_of_2021_that_names_a_standard_of_2023_is_warned_of(gia_lai, deliverable):
    assert warned(draft(deliverable, gia_lai), IN_2021) == ["TCVN 12827:2023"]


def test_the_warning_stands_where_the_paper_is_prepared_checked_and_signed(as_user, gia_lai, deliverable):
    draft(deliverable, gia_lai, ENDED)
    prepared = page_of(as_user, gia_lai.manager, desk.step(deliverable, "prepare"))
    desk.do(deliverable, "prepare", gia_lai.manager)
    checked = page_of(as_user, gia_lai.clerk, desk.step(deliverable, "check_format"))
    desk.do(deliverable, "check_format", gia_lai.clerk, desk.APPROVE)
    for reviewer in gia_lai.reviewers[:2]:
        desk.do(deliverable, "review", reviewer, {"decision": "approve"})
    signed = page_of(as_user, gia_lai.leader, desk.step(deliverable, "approve"))
    own_page = as_user(gia_lai.manager).get(deliverable.get_absolute_url()).content.decode()
    assert all("37/2026/NĐ-CP" in page for page in (prepared, checked, signed, own_page))


def test_an_issued_paper_is_judged_by_its_day_of_issue(gia_lai, deliverable):
    version = draft(deliverable, gia_lai, ENDED)
    entry = actions.issue(version.document, signer=gia_lai.leader, on=IN_2021, by=gia_lai.leader)
    assert "43/2017/NĐ-CP" not in warned(entry.version, TODAY)


def test_a_text_cited_in_the_paper_itself_is_looked_at_too(gia_lai, deliverable):
    load_catalogues()
    version = small.draft(deliverable, by=gia_lai.manager, finding="Ghi nhãn theo Nghị định 43/2017/NĐ-CP")
    assert warned(version, TODAY) == ["43/2017/NĐ-CP"]


def test_a_paper_without_a_version_has_nothing_to_look_at():
    assert checks_of(None, with_format=True).warnings == ()
