"""URLs of the worktime room: the office's calendar."""

from django.urls import path

from worktime import views

app_name = "worktime"
urlpatterns = [
    path("", views.calendar, name="calendar"),
    path("enter/", views.enter, name="enter"),
    path("propose/", views.propose, name="propose"),
    path("<int:pk>/remove/", views.remove, name="remove"),
]
