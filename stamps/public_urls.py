"""Public URLs: the resolver and the scan page, without login."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
