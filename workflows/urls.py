"""URLs of the desk and of the pages that show more than one room."""

from django.urls import URLPattern, URLResolver, include, path

from workflows.views import desk, home, inbox

# Root-level names, so that lower rooms can link up without knowing who serves the page.
urlpatterns: list[URLPattern | URLResolver] = [
    # the desk
    path("", home.home, name="home"),
    path("inbox/", inbox.inbox_page, name="inbox"),
    path("tasks/<int:pk>/", desk.task_page, name="task"),
]

acts = [
    # the desk
    path("tasks/<int:pk>/claim/", desk.claim, name="claim"),
    path("tasks/<int:pk>/release/", desk.release, name="release"),
    path("tasks/<int:pk>/reassign/", desk.reassign, name="reassign"),
]

urlpatterns += [path("", include((acts, "workflows")))]
