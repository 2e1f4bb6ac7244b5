"""URLs of the lots room."""

from django.urls import URLPattern

app_name = "lots"
urlpatterns: list[URLPattern] = []
