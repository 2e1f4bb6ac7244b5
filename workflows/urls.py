"""URLs of the desk and of the pages that show more than one room."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
