"""Keeping questionnaires: a draft is changed and published; a published version never changes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from people import audit
from people.editions import check_edition
from people.models import AdminUnit, User
from projects import policies
from projects.errors import NotAllowedForYou, NotAllowedNow
from projects.models import Question, Questionnaire
from projects.surveying import FITTING

MAX_QUESTIONS = 100
CONTENT = ("position", "section", "key", "text", "hint", "kind", "choices", "is_required", "feeds")


@transaction.atomic
def start_draft(source: Questionnaire, *, province: AdminUnit, by: User, now: datetime | None = None) -> Questionnaire:
    """Return the province's draft made from a version; the one that is there already if there is one."""
    _check_keeper(by, province)
    AdminUnit.objects.select_for_update().get(pk=province.pk)  # one draft, also when two people press at once
    mine = Questionnaire.objects.filter(province=province, subject=source.subject)
    versions = list(mine)
    draft = next((one for one in versions if one.is_draft), None)
    if draft is not None:
        return draft
    draft = Questionnaire.objects.create(
        province=province,
        subject=source.subject,
        version=max((one.version for one in versions), default=source.version) + 1,
        title=source.title,
        introduction=source.introduction,
    )
    copies = source.questions.values(*CONTENT)
    Question.objects.bulk_create(Question(questionnaire=draft, **content) for content in copies)
    _log(draft, "fieldwork.questionnaire_drafted", by=by, at=now)
    return draft


@transaction.atomic
def reword(
    draft: Questionnaire, *, title: str, introduction: str, by: User, made_from: str | None = None
) -> Questionnaire:
    """Change the title and the introduction of a draft. `made_from` as with `change_question`."""
    draft = _draft(draft, by)
    wanted = {"title": title, "introduction": introduction}
    _check_edition(draft, wanted, made_from, "fieldwork.questionnaire_reworded")
    draft.title, draft.introduction = title, introduction
    draft.save(update_fields=["title", "introduction"])
    _log(draft, "fieldwork.questionnaire_reworded", by=by)
    return draft


@transaction.atomic
def add_question(draft: Questionnaire, *, by: User, **content: Any) -> Question:
    """Add a question at the end. `content` are its fields but key and position."""
    draft = _draft(draft, by)
    if draft.questions.count() >= MAX_QUESTIONS:
        raise NotAllowedNow(
            _("A questionnaire has at most %(most)d questions; remove one first.") % {"most": MAX_QUESTIONS}
        )
    last = draft.questions.aggregate(last=Max("position"))["last"] or 0
    question = Question(questionnaire=draft, position=last + 1, key=_free_key(draft), **content)
    _check_question(question)
    question.save()
    _log(draft, "fieldwork.question_added", by=by, target=question, text=question.text)
    return question


@transaction.atomic
def change_question(question: Question, *, by: User, made_from: str | None = None, **content: Any) -> Question:
    """Change a question of a draft; its key and place stay.

    `made_from` is the version (people.editions.version_of) of the content that the sender knew: raises
    ChangedMeanwhile when somebody saved another one since.
    """
    question = _asked(question, by)
    _check_edition(question, content, made_from, "fieldwork.question_changed")
    for name, value in content.items():
        setattr(question, name, value)
    _check_question(question)
    question.save()
    _log(question.questionnaire, "fieldwork.question_changed", by=by, target=question, text=question.text)
    return question


@transaction.atomic
def remove_question(question: Question, *, by: User) -> None:
    """Take a question out of a draft. Raises NotAllowedNow when somebody else did."""
    question = _asked(question, by)
    _log(question.questionnaire, "fieldwork.question_removed", by=by, target=question, text=question.text)
    question.delete()


@transaction.atomic
def move_question(question: Question, *, by: User) -> None:
    """Put a question of a draft one place up; the first one stays."""
    question = _asked(question, by)
    above = question.questionnaire.questions.filter(position__lt=question.position).order_by("-position").first()
    if above is not None:
        above.position, question.position = question.position, above.position
        above.save(update_fields=["position"])
        question.save(update_fields=["position"])


@transaction.atomic
def publish(draft: Questionnaire, *, by: User, now: datetime | None = None) -> Questionnaire:
    """Publish a draft: from now on the province surveys with it. Raises NotAllowedNow without a question."""
    draft = _draft(draft, by)
    if not draft.questions.exists():
        raise NotAllowedNow(_("The questionnaire has no question; add one before you publish it."))
    draft.published_at, draft.published_by = now or timezone.now(), by
    draft.save(update_fields=["published_at", "published_by"])
    _log(draft, "fieldwork.questionnaire_published", by=by, at=now)
    return draft


@transaction.atomic
def discard(draft: Questionnaire, *, by: User, now: datetime | None = None) -> None:
    """Throw a draft away; nobody has answered it."""
    draft = _draft(draft, by)
    _log(draft, "fieldwork.questionnaire_discarded", by=by, at=now)
    draft.delete()


def _draft(questionnaire: Questionnaire, by: User) -> Questionnaire:
    """Return the questionnaire, locked, when it is a draft that the user may change."""
    rows = Questionnaire.objects.select_for_update(of=("self",)).select_related("province")
    known: Questionnaire | None = rows.filter(pk=questionnaire.pk).first()
    if known is None:
        raise NotAllowedNow(_("The draft “%(title)s” was thrown away by somebody else.") % {"title": questionnaire})
    if known.province is None or not known.is_draft:
        raise NotAllowedNow(
            _("“%(title)s” is published and never changes; make a new draft of it instead.") % {"title": known}
        )
    _check_keeper(by, known.province)
    return known


def _asked(question: Question, by: User) -> Question:
    """Return the question as it is now, of a draft that is locked and that the user may change."""
    draft = _draft(question.questionnaire, by)
    known: Question | None = draft.questions.filter(pk=question.pk).first()
    if known is None:
        raise NotAllowedNow(_("The question “%(text)s” was removed by somebody else.") % {"text": question.text})
    return known


def _check_keeper(by: User, province: AdminUnit) -> None:
    if not policies.can_keep_catalogues(by, province.pk):
        raise NotAllowedForYou(_("Only the managers and administrators of the province can change questionnaires."))


def _check_question(question: Question) -> None:
    listed = question.kind in (Question.Kind.CHOICE, Question.Kind.SEVERAL)
    if listed and len(set(question.choices)) < 2:
        raise NotAllowedNow(_("A question with choices needs at least two different ones, one on each line."))
    if not listed:
        question.choices = []
    if question.feeds and question.kind not in FITTING[question.feeds]:
        raise NotAllowedNow(
            _("“%(kind)s” cannot fill “%(feeds)s”; choose another kind of answer.")
            % {"kind": question.get_kind_display(), "feeds": question.get_feeds_display()}
        )
    same = question.questionnaire.questions.filter(feeds=question.feeds).exclude(pk=question.pk)
    if question.feeds and same.exists():
        raise NotAllowedNow(
            _("Another question fills “%(feeds)s” already; one figure has one question.")
            % {"feeds": question.get_feeds_display()}
        )


def _check_edition(row: Questionnaire | Question, wanted: Mapping[str, Any], made_from: str | None, verb: str) -> None:
    saved = {name: getattr(row, name) for name in wanted}
    check_edition(made_from, saved, wanted, by=lambda: audit.last_author(target=audit.label(row), verb=verb))


def _free_key(draft: Questionnaire) -> str:
    """A key that no version of the subject in the province has used for another question."""
    used = set(Question.objects.filter(questionnaire__subject=draft.subject).values_list("key", flat=True))
    return next(key for number in range(1, len(used) + 2) if (key := f"q{number}") not in used)


def _log(
    questionnaire: Questionnaire,
    verb: str,
    *,
    by: User,
    at: datetime | None = None,
    target: Question | None = None,
    **facts: str,
) -> None:
    audit.record(
        verb, by=by, target=target or questionnaire, case=questionnaire, province=questionnaire.province, at=at,
        title=questionnaire.title, version=questionnaire.version, **facts,
    )  # fmt: skip
