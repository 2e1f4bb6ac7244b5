"""URLs of the imports room."""

from django.urls import path

from imports.views import batches, steps

app_name = "imports"
urlpatterns = [
    path("", batches.BatchList.as_view(), name="batches"),
    path("new/", steps.new, name="new"),
    path("<int:pk>/", batches.batch, name="batch"),
    path("<int:pk>/columns/", steps.columns, name="columns"),
    path("<int:pk>/run/", steps.run, name="run"),
    path("<int:pk>/progress/", batches.progress, name="progress"),
    path("<int:pk>/returned.xlsx", batches.returned, name="returned"),
    path("<int:pk>/undo/", steps.undo, name="undo"),
]
