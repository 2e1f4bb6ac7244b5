"""URLs of the projects room: programmes, plans, the list of projects, and their own records."""

from django.urls import path

from projects.views import enrolments, fieldwork, programmes, projects

app_name = "projects"
urlpatterns = [
    path("programmes/", programmes.programmes, name="programmes"),
    path("programmes/<slug:code>/", programmes.programme, name="programme"),
    path("plans/<int:pk>/", programmes.plan, name="plan"),
    path("plans/lines/<int:pk>/project/", projects.create, name="create"),
    path("projects/", projects.projects, name="projects"),
    path("projects/<slug:code>/milestones/<int:pk>/reach/", projects.reach, name="reach"),
    path("projects/<slug:code>/standards/", projects.standards, name="standards"),
    path("projects/<slug:code>/parties/", projects.name_party, name="name_party"),
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
]
