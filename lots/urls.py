"""URLs of the lots room."""

from django.urls import path

from lots import recall_views, unit_views, views

app_name = "lots"
urlpatterns = [
    path("", views.lots, name="lots"),
    path("new/", views.choose_product, name="choose_product"),
    path("new/<int:product_pk>/", views.open_lot, name="open_lot"),
    path("<int:pk>/", views.lot, name="lot"),
    # taken back
    path("recalls/", recall_views.recalls, name="recalls"),
    path("recalls/<int:pk>/", recall_views.recall, name="recall"),
    path("<int:pk>/recall/", recall_views.recall_lot, name="recall_lot"),
    path("products/<int:pk>/recall/", recall_views.recall_product, name="recall_product"),
    # what happened
    path("<int:pk>/events/new/", views.record_event, name="record"),
    path("events/<int:pk>/correct/", views.correct_event, name="correct"),
    path("events/<int:pk>/confirm/", views.confirm_event, name="confirm"),
    # what is packed
    path("units/", unit_views.units, name="units"),
    path("units/new/", unit_views.choose_packer, name="choose_packer"),
    path("units/new/<int:producer_pk>/", unit_views.pack, name="pack"),
    path("units/<int:pk>/", unit_views.unit, name="unit"),
    path("units/<int:pk>/correct/", unit_views.close, name="close_unit"),
    # where it happens
    path("places/new/<int:producer_pk>/", views.add_place, name="add_place"),
]
