"""URLs of the stamps room."""

from django.urls import path

from stamps import views
from stamps.alerts import views as alert_views
from stamps.views import links as link_views
from stamps.views import producer as producer_views

app_name = "stamps"
urlpatterns = [
    # officials and producers
    path("orders/", views.orders, name="orders"),
    path("orders/<int:pk>/", views.order, name="order"),
    # suspicious stamps
    path("alerts/", alert_views.alerts, name="alerts"),
    path("alerts/<str:reference>/", alert_views.alert, name="alert"),
    path("alerts/<str:reference>/photo/", alert_views.photo, name="alert_photo"),
    # one batch
    path("batches/<int:pk>/rolls/new/", views.plan_rolls, name="plan_rolls"),
    path("batches/<int:pk>/rolls/a4/", views.print_a4, name="print_a4"),
    path("batches/<int:pk>/rolls/files/", views.make_files, name="make_files"),
    path("batches/<int:pk>/activate/", views.activate, name="activate"),
    path("batches/<int:pk>/rolls/printed/", views.printed_here, name="printed_here"),
    path("batches/<int:pk>/rolls/print-house/", views.print_house_sheet, name="print_house_sheet"),
    # one roll
    path("rolls/<int:pk>/make/", views.make_file, name="make_file"),
    path("rolls/<int:pk>/file/", views.roll_file, name="roll_file"),
    path("rolls/<int:pk>/test/", views.test_scan, name="test_scan"),
    path("rolls/<int:pk>/count/", views.count_roll, name="count_roll"),
    path("rolls/<int:pk>/cancel/", views.cancel_roll, name="cancel_roll"),
    # links of a product
    path("links/<int:pk>/remove/", link_views.remove, name="remove_link"),
    path("batches/<int:pk>/change/", views.change, name="change"),
    # one stamp
    path("find/", views.find, name="find"),
    # the ledger
    path("outlook/", views.outlook, name="outlook"),
    path("ledger/", views.ledgers, name="ledgers"),
    path("ledger/<int:pk>/", views.month, name="ledger"),
    # producers
    path("mine/", producer_views.mine, name="mine"),
]
