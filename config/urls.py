"""Root URLs: each room serves its own pages, the desk those that show more than one room."""

from django.urls import include, path

from config import installable
from lots import diary_views, recall_views
from privacy.views import consents
from privacy.views.requests import RequestList
from reports import views as reports
from stamps import views as stamps
from stamps.views import links as link_views
from workflows.views import notice_sheets

urlpatterns = [
    path("manifest.webmanifest", installable.manifest, name="manifest"),
    path("sw.js", installable.service_worker, name="service_worker"),
    path("", include("stamps.public_urls")),
    path("", include("workflows.urls")),
    path("", include("people.urls")),
    path("", include("registry.urls")),
    path("imports/", include("imports.urls")),
    path("", include("projects.urls")),
    # A root-level name, because the programme's page, a room below, links to it.
    path("programmes/<slug:code>/indicators/", reports.indicators, name="programme_indicators"),
    path("programmes/", include("reports.urls")),
    path("", include("onboarding.urls")),
    # Root-level names: the producer's page and the lists of the registry, a room below, link to them.
    path("producers/<int:pk>/privacy/", consents.producer_privacy, name="producer_privacy"),
    path("privacy/requests/", RequestList.as_view(), name="data_requests"),
    path("privacy/", include("privacy.urls")),
    path("notices/", include("notices.urls")),
    # Root-level names: the pages of the log and the call list, rooms below, link to them.
    path("notices/deliveries.xlsx", notice_sheets.deliveries, name="notice_deliveries_sheet"),
    path("notices/calls.xlsx", notice_sheets.calls, name="notice_calls_sheet"),
    path("jobs/", include("jobs.urls")),
    path("calendar/", include("worktime.urls")),
    path("documents/", include("documents.urls")),
    # A root-level name, because the product's page, a room below, links to it.
    path("products/<int:pk>/recalls/", recall_views.product_recalls, name="product_recalls"),
    # A root-level name, because the pages of the training, a room below, link to it.
    path("projects/<slug:code>/training/silent/", diary_views.silent, name="silent_diaries"),
    path("lots/", include("lots.urls")),
    # A root-level name, because the lot's page, a room below, links to it.
    path("stamps/lots/<int:pk>/", stamps.lot, name="lot_stamps"),
    # A root-level name, because the product's page, a room below, links to it.
    path("products/<int:pk>/links/", link_views.links, name="product_links"),
    path("stamps/", include("stamps.urls")),
]

handler404 = "stamps.resolver.views.nothing_here"
