"""URLs of the projects room: programmes, plans, the list of projects, and their own records."""

from django.urls import path

from projects.views import (
    amendments,
    enrolments,
    fieldwork,
    funding,
    matters,
    milestones,
    phrases,
    plan_print,
    portfolio,
    programmes,
    projects,
    timeline,
    unit_tasks,
)

app_name = "projects"
urlpatterns = [
    path("programmes/", programmes.programmes, name="programmes"),
    path("programmes/<slug:code>/", programmes.programme, name="programme"),
    path("unit-tasks/", unit_tasks.unit_tasks, name="unit_tasks"),
    path("plans/<int:pk>/", programmes.plan, name="plan"),
    path("plans/<int:pk>/print/", plan_print.plan_print, name="plan_print"),
    path("plans/lines/<int:pk>/project/", projects.create, name="create"),
    path("plans/lines/<int:pk>/funding/", funding.line_funding, name="line_funding"),
    path("projects/<slug:code>/funding/", funding.project_funding, name="project_funding"),
    path("funding/<int:pk>/", funding.edit, name="funding_edit"),
    path("funding/<int:pk>/remove/", funding.remove, name="funding_remove"),
    path("projects/", portfolio.portfolio, name="projects"),
    path("projects/<slug:code>/standards/", projects.standards, name="standards"),
    path("projects/<slug:code>/parties/", projects.name_party, name="name_party"),
    # steering
    path("projects/<slug:code>/milestones/<int:pk>/", milestones.milestone, name="milestone"),
    path("projects/<slug:code>/milestones/<int:pk>/owner/", milestones.assign, name="assign_milestone"),
    path("projects/<slug:code>/evidence/<int:pk>/", milestones.evidence, name="evidence"),
    path("projects/<slug:code>/timeline/", timeline.timeline, name="timeline"),
    path("projects/<slug:code>/baselines/", timeline.keep_baseline, name="keep_baseline"),
    path("projects/<slug:code>/judgement/", timeline.judgement, name="judgement"),
    path("projects/<slug:code>/amendments/<int:pk>/", amendments.amendment, name="amendment"),
    path("projects/<slug:code>/matters/", matters.matters, name="matters"),
    # enrolments
    path("projects/<slug:code>/products/enrol/", enrolments.enrol, name="enrol"),
    path("projects/<slug:code>/products/import/", enrolments.import_products, name="import"),
    path("projects/<slug:code>/products/<int:pk>/withdraw/", enrolments.withdraw, name="withdraw"),
    # field work
    path("projects/<slug:code>/surveys/", fieldwork.surveys, name="surveys"),
    path("projects/<slug:code>/surveys/<int:pk>/", fieldwork.survey, name="survey"),
    path("projects/<slug:code>/training/", fieldwork.training, name="training"),
    path("projects/<slug:code>/training/new/", fieldwork.add_training, name="add_training"),
    path("projects/<slug:code>/training/<int:pk>/", fieldwork.session, name="session"),
    path("projects/<slug:code>/communication/", fieldwork.communication, name="communication"),
    path("projects/<slug:code>/communication/new/", fieldwork.add_communication, name="add_communication"),
    # standard remarks
    path("remarks/phrases/", phrases.phrases, name="phrases"),
    path("remarks/phrases/<int:pk>/", phrases.phrase, name="phrase"),
    path("remarks/phrases/<int:pk>/move/", phrases.move, name="move_phrase"),
    path("remarks/phrases/<int:pk>/retire/", phrases.retire, name="retire_phrase"),
    path("remarks/phrases/<int:pk>/offer/", phrases.offer, name="offer_phrase"),
    path("remarks/reasons/", phrases.reasons, name="reasons"),
]
