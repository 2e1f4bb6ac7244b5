"""URLs of the lots room."""

from django.urls import path

from lots import views

app_name = "lots"
urlpatterns = [
    path("", views.lots, name="lots"),
    path("new/", views.choose_product, name="choose_product"),
    path("new/<int:product_pk>/", views.open_lot, name="open_lot"),
    path("<int:pk>/", views.lot, name="lot"),
    # what happened
    path("<int:pk>/events/new/", views.record_event, name="record"),
    path("events/<int:pk>/correct/", views.correct_event, name="correct"),
    path("events/<int:pk>/confirm/", views.confirm_event, name="confirm"),
    # where it happens
    path("places/new/<int:producer_pk>/", views.add_place, name="add_place"),
]
