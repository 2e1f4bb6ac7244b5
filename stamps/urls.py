"""URLs of the stamps room."""

from django.urls import URLPattern

app_name = "stamps"
urlpatterns: list[URLPattern] = []
