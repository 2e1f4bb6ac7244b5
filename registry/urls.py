"""URLs of the registry room."""

from django.urls import path

from registry.views import catalogue, duplicates, lists, producers, products

app_name = "registry"
urlpatterns = [
    # producers
    path("producers/", lists.ProducerList.as_view(), name="producers"),
    path("producers/new/", producers.producer_new, name="producer_new"),
    path("producers/duplicates/", duplicates.duplicates, name="duplicates"),
    path("producers/<int:pk>/merge/<int:other>/", duplicates.merge, name="merge"),
    path("producers/<int:pk>/distinct/<int:other>/", duplicates.distinct, name="distinct"),
    path("producers/<int:pk>/", producers.producer, name="producer"),
    path("producers/<int:pk>/edit/", producers.producer_edit, name="producer_edit"),
    path("producers/<int:pk>/places/new/", producers.place_new, name="place_new"),
    path("producers/<int:pk>/people/new/", producers.person_new, name="person_new"),
    path("producers/<int:pk>/people/<int:member_pk>/end/", producers.person_end, name="person_end"),
    path("producers/<int:producer_pk>/products/new/", products.product_new, name="product_new"),
    # products
    path("products/", lists.ProductList.as_view(), name="products"),
    path("products/<int:pk>/", products.product, name="product"),
    path("products/<int:pk>/edit/", products.product_edit, name="product_edit"),
    path("products/<int:pk>/picture/", products.product_picture, name="product_picture"),
    path("products/<int:pk>/recognitions/new/", products.recognition_new, name="recognition_new"),
    path("products/<int:pk>/standards/", products.product_standards, name="product_standards"),
    # shared by all provinces
    path("product-groups/", catalogue.product_groups, name="product_groups"),
    path("standards/", catalogue.StandardList.as_view(), name="standards"),
]
