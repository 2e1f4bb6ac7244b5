"""A version can be read on the screen."""

from documents.reading import lines_of
from projects.models import Deliverable
from tests.factories.projects import make_project
from tests.workflows import steps
from workflows import actions


def a_draft(office):
    project = actions.start_project(make_project(office), by=office.manager)
    return steps.draft(Deliverable.objects.get(stage__project=project, code="D1"), by=office.manager)


def test_paragraphs_and_table_rows_come_in_reading_order(gia_lai):
    lines = lines_of(a_draft(gia_lai))
    flat = [" ".join(cells) for cells in lines]
    assert any("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in line for line in flat[:4])
    assert any(len(cells) > 3 for cells in lines)


def test_a_missing_file_gives_no_lines_and_no_error(gia_lai):
    version = a_draft(gia_lai)
    version.file.storage.delete(version.file.name)
    assert lines_of(version) == []
