"""Public URLs: the resolver and the pages of the public, without login."""

from django.urls import path, re_path

from stamps.public import views
from stamps.resolver import pages as key_pages
from stamps.resolver import views as resolver

urlpatterns = [
    path(".well-known/gs1resolver", resolver.describe, name="gs1resolver"),
    # what is printed: GS1 Digital Links, and our own codes in any case of letters
    re_path(r"^[0-9]{2,4}/", resolver.resolve, name="resolve"),
    re_path(r"^[Vv][Nn]/[Tt][Xx]/(?P<code>[^/]+)/[Ss]/(?P<serial>[^/]+)/?\Z", resolver.resolve_own),
    re_path(r"^[Vv][Nn]/[Tt][Xx]/(?P<code>[^/]+)/?\Z", resolver.resolve_own),
    # what a consumer reads
    path("scan/01/<str:code>/21/<str:serial>/", views.scan_page, name="scan"),
    path("scan/01/<str:code>/", views.product_page, name="public_product"),
    path("scan/vn/tx/<str:code>/s/<str:serial>/", views.scan_page, name="scan_own"),
    path("scan/vn/tx/<str:code>/", views.product_page, name="public_product_own"),
    path("scan/pictures/<str:code>/", views.picture, name="public_picture"),
    re_path(r"^scan/(?P<ai>00|414|417)/(?P<value>[0-9]{13,18})/\Z", key_pages.key_page, name="public_key"),
    path("scan/links/<int:pk>/", key_pages.leaving, name="leaving"),
    # what became of a report
    path("scan/report/state/", views.report_state, name="report_state"),
]
