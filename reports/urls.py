"""URLs of the reports room, below a programme's own."""

from django.urls import path

from reports import views

app_name = "reports"
urlpatterns = [
    path("<slug:code>/indicators/<slug:key>/", views.indicator, name="indicator"),
    path("<slug:code>/indicators/<slug:key>/target/", views.target, name="target"),
]
