"""Root URLs: each room serves its own pages, the desk those that show more than one room."""

from django.urls import include, path

urlpatterns = [
    path("", include("stamps.public_urls")),
    path("", include("workflows.urls")),
    path("", include("people.urls")),
    path("", include("registry.urls")),
    path("", include("projects.urls")),
    path("documents/", include("documents.urls")),
    path("lots/", include("lots.urls")),
    path("stamps/", include("stamps.urls")),
]

