"""URLs of the jobs room: long work, how far it is, and what it made."""

from django.urls import path

from jobs import views

app_name = "jobs"
urlpatterns = [
    path("", views.JobList.as_view(), name="jobs"),
    path("<int:pk>/", views.job, name="job"),
    path("<int:pk>/progress/", views.progress, name="progress"),
    path("<int:pk>/file/", views.file, name="file"),
    path("<int:pk>/stop/", views.stop, name="stop"),
    path("<int:pk>/again/", views.again, name="again"),
]
