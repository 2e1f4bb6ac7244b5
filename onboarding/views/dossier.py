"""A dossier's own pages: the task list, the answers before sending, its photos."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from onboarding.actions.assistance import can_help
from onboarding.dossiers import Standing, question_url, rows_of, standing_of, task_groups
from onboarding.models import Answer, Dossier
from onboarding.questions import QUESTIONS, Kind
from onboarding.views.frame import Actor, answered_dossier, dossier_for, keepable, page, to_judge
from people.models import User
from projects.views.case import PersonRequest


@login_required
@require_safe
def dossier(request: PersonRequest, reference: str) -> HttpResponse:
    """The task list for those who answer; the answers with both names for officials."""
    found, actor = dossier_for(request, reference)
    if actor.may_answer:
        return keepable(render(request, "onboarding/tasks.html", task_list(found, actor)), request)
    return render(request, "onboarding/dossier.html", _for_officials(found, request.user))


def task_list(found: Dossier, actor: Actor) -> dict[str, Any]:
    """Return what the task list shows, on its own page and on the producer's home."""
    standing = standing_of(found)
    nearest = standing.next
    return page(
        found,
        actor,
        progress=standing,
        groups=task_groups(standing),
        next_task={
            "title": nearest.task.title,
            "url": question_url(found, nearest.first_open),
            "minutes": nearest.task.minutes,
        }
        if nearest
        else None,
        total=len(standing.tasks),
        ahead=_ahead(standing),
        to_judge=to_judge(found) if actor.is_own else [],
        helpers=found.assistances.filter(ended_at=None).select_related("helper") if actor.is_own else [],
    )


def _ahead(standing: Standing) -> str:
    """The pages that the phone keeps before they are asked for: every question that can be answered, and the list."""
    found = standing.dossier
    pages = [found.get_absolute_url(), reverse("onboarding:check", args=[found.reference])]
    return " ".join(pages + [question_url(found, key) for key in QUESTIONS if standing.may_change(key)])


def _for_officials(found: Dossier, user: User) -> dict[str, Any]:
    past = found.assistances.select_related("helper", "consent")
    return {
        "dossier": found,
        "answers": rows_of(found),
        "assistances": past,
        "may_help": can_help(user, found) and found.status in (Dossier.Status.OPEN, Dossier.Status.RETURNED),
    }


@login_required
@require_safe
def check(request: PersonRequest, reference: str) -> HttpResponse:
    """All answers on one page before they are sent; each leads back to its question."""
    found, actor = answered_dossier(request, reference)
    standing = standing_of(found)
    rows = rows_of(found)
    for row in rows:
        row["url"] = f"{question_url(found, row['question'])}?check=1" if standing.may_change(row["question"]) else ""
    lacking = [state for state in standing.tasks if state.state != "done"]
    context = page(found, actor, progress=standing, rows=rows, lacking=lacking)
    return keepable(render(request, "onboarding/check.html", context), request)


@login_required
@require_safe
def picture(request: PersonRequest, reference: str, pk: int) -> HttpResponse | FileResponse:
    """A photo of the dossier, to those who may see the dossier; made anew when it came in, never shown as a page."""
    found, _actor = dossier_for(request, reference)
    photos = [key for key, question in QUESTIONS.items() if question.kind == Kind.PHOTO]
    answer = get_object_or_404(Answer.objects.filter(dossier=found, question__in=photos), pk=pk)
    name = (answer.value or {}).get("picture", "")
    if not name or not default_storage.exists(name):
        raise Http404
    return FileResponse(
        default_storage.open(name),
        as_attachment=True,
        filename=f"{found.reference}-{answer.question}.jpg",
        content_type="image/jpeg",
        headers={"X-Content-Type-Options": "nosniff", "Cache-Control": "private, max-age=3600"},
    )
