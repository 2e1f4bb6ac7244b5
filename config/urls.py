"""Root URLs: each room serves its own pages, the desk those that show more than one room."""

from django.urls import include, path

from stamps import views as stamps

urlpatterns = [
    path("", include("stamps.public_urls")),
    path("", include("workflows.urls")),
    path("", include("people.urls")),
    path("", include("registry.urls")),
    path("", include("projects.urls")),
    path("documents/", include("documents.urls")),
    path("lots/", include("lots.urls")),
    # A root-level name, because the lot's page, a room below, links to it.
    path("stamps/lots/<int:pk>/", stamps.lot, name="lot_stamps"),
    path("stamps/", include("stamps.urls")),
]
