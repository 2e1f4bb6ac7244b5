"""URLs of the registry room."""

from django.urls import path

from registry.views import (
    catalogue,
    duplicates,
    holding,
    lists,
    local_standards,
    producers,
    products,
    renewals,
    succession,
)

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
    path("producers/<int:pk>/people/<int:member_pk>/end/", producers.person_end, name="person_end"),
    path("producers/<int:producer_pk>/products/new/", products.product_new, name="product_new"),
    # products
    path("products/", lists.ProductList.as_view(), name="products"),
    path("products/<int:pk>/", products.product, name="product"),
    path("products/<int:pk>/edit/", products.product_edit, name="product_edit"),
    path("products/<int:pk>/picture/", products.product_picture, name="product_picture"),
    path("products/<int:pk>/recognitions/new/", products.recognition_new, name="recognition_new"),
    path("products/<int:pk>/standards/", products.product_standards, name="product_standards"),
    # papers that producers hold
    path("certificates/", holding.CertificateList.as_view(), name="certificates"),
    path("producers/<int:pk>/certificates/new/", holding.certificate_new, name="certificate_new"),
    path("certificates/<int:pk>/edit/", holding.certificate_edit, name="certificate_edit"),
    path("certificates/<int:pk>/file/", holding.certificate_file, name="certificate_file"),
    path("barcodes/", holding.BarcodeList.as_view(), name="barcodes"),
    path("producers/<int:pk>/barcodes/new/", holding.barcode_new, name="barcode_new"),
    path("barcodes/<int:pk>/", holding.barcode, name="barcode"),
    path("barcodes/<int:pk>/edit/", holding.barcode_edit, name="barcode_edit"),
    path("barcodes/<int:pk>/fee/", holding.barcode_fee, name="barcode_fee"),
    path("barcodes/<int:pk>/file/", holding.barcode_file, name="barcode_file"),
    # recognitions and their renewal
    path("recognitions/", renewals.RecognitionList.as_view(), name="recognitions"),
    path("products/<int:pk>/renewal/", renewals.renewal_start, name="renewal_start"),
    path("renewals/<int:pk>/", renewals.renewal, name="renewal"),
    path("renewals/<int:pk>/send/", renewals.renewal_send, name="renewal_send"),
    # company standards and local regulations
    path("local-standards/", local_standards.LocalStandardList.as_view(), name="local_standards"),
    path("local-standards/new/", local_standards.local_standard_new, name="local_standard_new"),
    path("local-standards/<int:pk>/", local_standards.local_standard, name="local_standard"),
    path("local-standards/<int:pk>/edit/", local_standards.local_standard_edit, name="local_standard_edit"),
    path("local-standards/<int:pk>/issue/", local_standards.local_standard_issue, name="local_standard_issue"),
    path("local-standards/<int:pk>/guide/", local_standards.local_standard_guide, name="local_standard_guide_file"),
    path(
        "local-standards/<int:pk>/guide/add/", local_standards.local_standard_guide_add, name="local_standard_guide_add"
    ),
    # after mergers of communes and agencies
    path("successors/", succession.successors, name="successors"),
    path("successors/<int:pk>/move/", succession.move, name="move"),
    # shared by all provinces
    path("product-groups/", catalogue.product_groups, name="product_groups"),
    path("standards/", catalogue.StandardList.as_view(), name="standards"),
]
