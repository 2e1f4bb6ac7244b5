"""Recording surveys: of products, of organisations, and why a product is not surveyed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.editions import check_edition
from people.models import User
from projects.actions.recording import log, recordable
from projects.errors import NotAllowedNow
from projects.models import (
    Enrolment,
    OrganisationSurvey,
    PilotProject,
    Questionnaire,
    SurveyExcuse,
    SurveyResponse,
)
from projects.models.survey import Findings
from projects.surveying import answers_of, content_of, findings_of
from registry.models import Producer

Subject = Questionnaire.Subject


@transaction.atomic
def record_survey(
    enrolment: Enrolment,
    *,
    by: User,
    surveyed_on: date,
    questionnaire: Questionnaire | None = None,
    answers: Mapping[str, Any] | None = None,
    made_from: str | None = None,
    now: datetime | None = None,
    **findings: Any,
) -> SurveyResponse:
    """Record or replace what was found at one product.

    Either `answers` to a questionnaire, or `findings`: fields of SurveyResponse. Answers keep the version
    of the questionnaire. A reason for not surveying the product goes.

    `made_from` is the version (people.editions.version_of) that the sender knew, "" for none: raises
    ChangedMeanwhile when another one is there by now, unless it says the same.
    """
    project = recordable(enrolment.project, by)
    if questionnaire is None:
        questionnaire = Questionnaire.objects.current(project.province_id, Subject.PRODUCT)
    values = _values(questionnaire, answers, findings) | {"surveyed_on": surveyed_on, "surveyed_by": by}
    _check_version(SurveyResponse.objects.filter(enrolment=enrolment).first(), values, made_from)
    survey, _made = SurveyResponse.objects.update_or_create(enrolment=enrolment, defaults=values)
    SurveyExcuse.objects.filter(enrolment=enrolment).delete()
    log(project, "fieldwork.product_surveyed", by=by, target=survey, at=now, product=enrolment.product.name)
    return survey


@transaction.atomic
def record_organisation_survey(
    project: PilotProject,
    producer: Producer,
    *,
    by: User,
    surveyed_on: date,
    questionnaire: Questionnaire,
    answers: Mapping[str, Any],
    made_from: str | None = None,
    now: datetime | None = None,
) -> OrganisationSurvey:
    """Record or replace what was found at an organisation of the project.

    `made_from` as with `record_survey`. Raises NotAllowedNow for a stranger, ChangedMeanwhile.
    """
    project = recordable(project, by)
    if not project.enrolled_products().filter(producer=producer).exists():
        raise NotAllowedNow(
            _("“%(producer)s” has no product in project %(code)s; enrol one before the survey.")
            % {"producer": producer.name, "code": project.code}
        )
    values = _values(questionnaire, answers, {}) | {"surveyed_on": surveyed_on, "surveyed_by": by}
    _check_version(project.organisation_surveys.filter(producer=producer).first(), values, made_from)
    survey, _made = OrganisationSurvey.objects.update_or_create(project=project, producer=producer, defaults=values)
    log(project, "fieldwork.organisation_surveyed", by=by, target=survey, at=now, producer=producer.name_for_log)
    return survey


def _check_version(known: Findings | None, values: Mapping[str, Any], made_from: str | None) -> None:
    """Raise ChangedMeanwhile when somebody saved other answers after the sender's form was opened."""
    if known is not None:
        saved = content_of(known.surveyed_on, known.answers)
        wanted = content_of(values["surveyed_on"], values.get("answers", {}))
        check_edition(made_from, saved, wanted, by=lambda: known.surveyed_by)


def _values(
    questionnaire: Questionnaire | None, answers: Mapping[str, Any] | None, findings: Mapping[str, Any]
) -> dict[str, Any]:
    """The questionnaire with its answers and the columns they fill: one is computed from the other."""
    if questionnaire is None:
        return dict(findings)
    if questionnaire.is_draft:
        raise NotAllowedNow(
            _("Questionnaire “%(title)s” is a draft; publish it before surveying with it.")
            % {"title": questionnaire.title}
        )
    questions = list(questionnaire.questions.all())
    if answers is None:
        return {**findings, "questionnaire": questionnaire, "answers": answers_of(questions, findings)}
    return {**findings_of(questions, answers), "questionnaire": questionnaire, "answers": dict(answers)}


@transaction.atomic
def excuse_survey(enrolment: Enrolment, *, reason: str, by: User, now: datetime | None = None) -> SurveyExcuse:
    """Say why a product is not surveyed. Raises NotAllowedNow when it was, or without a reason."""
    project = recordable(enrolment.project, by)
    names = {"product": enrolment.product.name}
    if not reason.strip():
        raise NotAllowedNow(_("Write why “%(product)s” is not surveyed.") % names)
    if SurveyResponse.objects.filter(enrolment=enrolment).exists():
        raise NotAllowedNow(_("“%(product)s” was surveyed; a reason for not doing it has no place.") % names)
    values = {"reason": reason.strip(), "at": now or timezone.now(), "by": by}
    excuse, _made = SurveyExcuse.objects.update_or_create(enrolment=enrolment, defaults=values)
    log(project, "fieldwork.survey_excused", by=by, target=excuse, at=now, product=enrolment.product.name)
    return excuse
