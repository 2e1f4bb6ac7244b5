"""Notice on the use of personal data, and the form on which a producer agrees (Law 91/2025/QH15, article 9)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from documents.actions import written
from documents.contexts import producers as printed
from privacy.models import Purpose
from privacy.policies import current_text
from projects.models import Enrolment, LegalText, PilotProject
from registry.models import Producer
from workflows.contexts.parties import DOTS, paragraphs, party, place_and_blank_day

PURPOSES = {
    Purpose.ONBOARDING: "Tham gia mô hình truy xuất nguồn gốc",
    Purpose.PUBLIC_NAME: "Hiện tên và xã trên trang công khai",
    Purpose.ASSISTANCE: "Cán bộ hỗ trợ ghi giúp",
}


# How a paper calls a text by its symbol; a law has its own name.
_CALLED = {"NĐ": "Nghị định", "QĐ": "Quyết định", "TT": "Thông tư"}


def bases_on_personal_data(day: date) -> list[str]:
    """Return the texts of the register on personal data that hold on `day` as "Căn cứ …" lines, laws first."""
    texts = LegalText.objects.filter(title__contains="dữ liệu cá nhân").with_validity()
    holding = [
        text for text in texts if not text.is_superseded_on(day) and not (text.starts_on and text.starts_on > day)
    ]
    return [f"Căn cứ {_in_full(text)}" for text in sorted(holding, key=lambda text: "/QH" not in text.code)]


def _in_full(text: LegalText) -> str:
    """Return a text as legal bases name it; without its day where the register does not know it."""
    issued = f" {written(text.issued_on)}" if text.issued_on else ""
    called = next((words for symbol, words in _CALLED.items() if f"/{symbol}" in text.code), "")
    if not called:
        return f"{text.title} số {text.code}{issued}"
    return f"{called} số {text.code}{issued} của {text.issuer} {text.title[:1].lower()}{text.title[1:]}"


def privacy_notice(project: PilotProject, day: date, typed: Mapping[str, Any]) -> printed.PrivacyNotice:
    """Return the notice: what is particular to each purpose, and once what all of them say."""
    purposes = _purposes(day)
    first, *others = (purpose.lines for purpose in purposes)
    common = tuple(line for line in first if all(line in lines for lines in others))
    return printed.PrivacyNotice(
        project_title=project.title,
        purposes=tuple(
            printed.Purpose(
                name=each.name, version=each.version, lines=tuple(line for line in each.lines if line not in common)
            )
            for each in purposes
        ),
        common_lines=common,
        kept=typed["kept"],
        receivers=paragraphs(typed["receivers"]),
        contact=typed["contact"],
    )


def consent_form(producer: Producer, day: date) -> printed.ConsentForm:
    """Return the form with the words in force on the day, unchanged: what a person reads there is evidence."""
    return printed.ConsentForm(
        place_date=place_and_blank_day(producer),
        party=party(producer),
        controller=_controller(producer),
        purposes=_purposes(day),
    )


def _purposes(day: date) -> tuple[printed.Purpose, ...]:
    texts = ((name, current_text(purpose, day)) for purpose, name in PURPOSES.items())
    return tuple(printed.Purpose(name=name, version=text.version, lines=paragraphs(text.text)) for name, text in texts)


def _controller(producer: Producer) -> str:
    """The agency whose project takes the producer in; dotted before there is one."""
    rows = Enrolment.objects.filter(product__producer=producer, withdrawn_at=None)
    last = rows.select_related("project__owner").order_by("-pk").first()
    return last.project.owner.name if last else DOTS
