"""URLs of the stamps room."""

from django.urls import path

from stamps import producer_views, views

app_name = "stamps"
urlpatterns = [
    # officials and producers
    path("orders/", views.orders, name="orders"),
    path("orders/<int:pk>/", views.order, name="order"),
    # one batch
    path("batches/<int:pk>/print/", views.print_sheet, name="print_sheet"),
    path("batches/<int:pk>/sheet/", views.sheet, name="sheet"),
    path("batches/<int:pk>/activate/", views.activate, name="activate"),
    # producers
    path("mine/", producer_views.mine, name="mine"),
]
