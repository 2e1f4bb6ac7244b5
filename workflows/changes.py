"""What changed since a person saw a paper, and whether its author did what the remarks asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from documents.compare import compare, readings
from documents.compare.data import compare_data
from documents.errors import DocumentError
from documents.labels import label_of
from documents.models import DocumentVersion
from documents.reading import Reading
from people import audit
from people.models import AuditEvent, User
from projects.models import Deliverable, Remark

CHANGED, SAME, GONE, UNKNOWN = "changed", "same", "gone", ""


@dataclass(frozen=True)
class Mark:
    """What became of the place that a remark is about, in words."""

    tone: str
    label: str


def marks() -> dict[str, Mark]:
    """Return the marks by what happened; that nothing changed is a warning."""
    return {
        CHANGED: Mark("ok", _("This place changed")),
        SAME: Mark("wait", _("This place did not change")),
        GONE: Mark("wait", _("This place is no longer in the document")),
    }


def changes_of(step: Any, user: User | None = None) -> dict[str, Any] | None:
    """Return what changed in a step's paper since the reader returned it, for `workflows/_task_changes.html`.

    The reader is `user`, else whoever has the step. If they never returned it, or nobody has the step:
    since the version of the round before. None for steps without a paper and when there is nothing to
    compare with.
    """
    deliverable: Deliverable | None = step.deliverable
    if deliverable is None:
        return None
    history = History(deliverable)
    since = history.seen_by(user or step.task.owner)
    if since is None or history.newest is None or since == history.newest:
        return None
    return {
        "comparison": compare(since, history.newest),
        "reason": history.reason(since, user or step.task.owner),
        "remarks": [remark for remark in remarks_of(deliverable, history) if remark["done"]],
    }


class History:
    """A deliverable's versions and in which round each was submitted.

    The version of a round is the newest one made up to its submission: none can be made while others
    hold the paper. The times of earlier rounds stand in the audit log, which nobody changes.
    """

    def __init__(self, deliverable: Deliverable) -> None:
        self.deliverable = deliverable
        versions = DocumentVersion.objects.filter(document__deliverable=deliverable)
        self.versions = list(versions.select_related("document", "created_by").order_by("number"))
        submissions = AuditEvent.objects.filter(
            case=audit.label(deliverable.stage.project), target=audit.label(deliverable), verb="deliverable.submitted"
        )
        self.rounds: dict[int, DocumentVersion] = {}
        for event in submissions.order_by("pk"):
            made = [version for version in self.versions if version.created_at <= event.at]
            if made:
                self.rounds[int(event.facts.get("round", 0))] = made[-1]

    @property
    def newest(self) -> DocumentVersion | None:
        """The newest version."""
        return self.versions[-1] if self.versions else None

    def round_of(self, version: DocumentVersion) -> int:
        """Return the last round in which the version was submitted; 0 if it never was."""
        return max((number for number, other in self.rounds.items() if other == version), default=0)

    def seen_by(self, reader: User | None) -> DocumentVersion | None:
        """Return the version that the reader returned last; else the one submitted before the newest."""
        returned = self._returned(reader)
        if returned:
            return self.rounds.get(returned)
        earlier = [version for _number, version in sorted(self.rounds.items()) if version != self.newest]
        return earlier[-1] if earlier else None

    def reason(self, since: DocumentVersion, reader: User | None) -> str:
        """Say why it is compared with this version."""
        facts = {"number": since.number, "round": self.round_of(since)}
        if reader and self._returned(reader):
            return _("Changes since version %(number)d, which you returned in round %(round)d.") % facts
        return _("Changes since version %(number)d, submitted in round %(round)d.") % facts

    def _returned(self, reader: User | None) -> int:
        """The last round in which the reader made remarks on a version that is not the newest."""
        if reader is None:
            return 0
        rounds = self.deliverable.remarks.filter(by=reader).values_list("round", flat=True)
        return max((n for n in rounds if self.rounds.get(n) not in (None, self.newest)), default=0)


def remarks_of(deliverable: Deliverable, history: History | None = None) -> list[dict[str, Any]]:
    """Return the remarks for `_remarks.html`, newest round first, each with what became of its place.

    A remark whose version was not followed by another has no mark: there is nothing to compare yet.
    """
    remarks = list(deliverable.remarks.select_related("by").order_by("-round", "pk"))
    places = Places(history or History(deliverable)) if remarks else None
    return [drawn(remark, places.became(remark) if places else UNKNOWN) for remark in remarks]


def drawn(remark: Remark, became: str = UNKNOWN) -> dict[str, Any]:
    """Return one remark for `_remarks.html`."""
    return {
        "pk": remark.pk,
        "text": remark.text,
        "place": remark.section,
        "by": _("%(person)s, round %(round)d") % {"person": remark.by, "round": remark.round},
        "when": remark.made_at,
        "round": remark.round,
        "done": remark.addressed_at is not None,
        "declined": remark.declined,
        "answer": remark.answer,
        "mark": marks().get(became),
    }


class Places:
    """Whether the places of remarks changed between the version they were made on and the newest."""

    def __init__(self, history: History) -> None:
        self.history = history
        self._texts: dict[int, tuple[Reading, Reading] | None] = {}

    def became(self, remark: Remark) -> str:
        """Return what became of the remark's place: one of CHANGED, SAME, GONE, UNKNOWN."""
        before, after = self.history.rounds.get(remark.round), self.history.newest
        if before is None or after is None or before == after or remark.anchor == Remark.Anchor.WHOLE:
            return UNKNOWN
        if remark.anchor == Remark.Anchor.FIELD:
            return self._field(remark.section, before, after)
        return self._section(remark.section, before, after)

    def _field(self, place: str, before: DocumentVersion, after: DocumentVersion) -> str:
        names = {name for context in (before.context, after.context) for part in context.values() for name in part}
        wanted = [name for name in names if f"{place},".startswith(f"{label_of(name)},")]
        if not wanted:
            return UNKNOWN
        changed = {change.field for change in compare_data(before.context, after.context)}
        return CHANGED if changed.intersection(wanted) else SAME

    def _section(self, place: str, before: DocumentVersion, after: DocumentVersion) -> str:
        texts = self._read(before, after)
        old, new = (text.find(place) for text in texts) if texts else (None, None)
        if texts is None or old is None:
            return UNKNOWN
        if new is None:
            return GONE
        return SAME if _words(texts[0].text(old)) == _words(texts[1].text(new)) else CHANGED

    def _read(self, before: DocumentVersion, after: DocumentVersion) -> tuple[Reading, Reading] | None:
        if before.pk not in self._texts:
            try:
                self._texts[before.pk] = readings(before, after)
            except DocumentError:
                self._texts[before.pk] = None
        return self._texts[before.pk]


def _words(lines: Sequence[Any]) -> Iterable[str]:
    """The text without its heading's number, which moves when a section is put in above."""
    first, *others = (str(line) for line in lines)
    return [first.split(maxsplit=1)[-1], *others]
