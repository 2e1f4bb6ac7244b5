"""The kind of paper that a council has."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from projects import contexts
from projects.models import Council
from workflows.contexts.council import council_minutes
from workflows.papers.kinds import PaperKind, of_subject

MINUTES = "council_minutes"
KINDS: dict[str, PaperKind] = {
    MINUTES: PaperKind(
        code="D13",
        name=_("Minutes of a council"),
        symbol="BB",
        data_class=contexts.CouncilMinutes,
        build=of_subject(council_minutes),
        title=lambda council, occasion: f"Biên bản họp Hội đồng nghiệm thu nhiệm vụ {council.project.code}",
        subject=Council,
    ),
}
