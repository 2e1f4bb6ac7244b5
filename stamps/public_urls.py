"""Public URLs: the resolver and the scan page, without login."""

from django.urls import path, re_path

from stamps import public_views as views

urlpatterns = [
    # what is printed: GS1 Digital Links, and our own codes in any case of letters
    re_path(r"^[0-9]{2,4}/", views.resolve, name="resolve"),
    re_path(r"^[Vv][Nn]/[Tt][Xx]/(?P<code>[^/]+)/[Ss]/(?P<serial>[^/]+)/?\Z", views.resolve_own),
    re_path(r"^[Vv][Nn]/[Tt][Xx]/(?P<code>[^/]+)/?\Z", views.resolve_own),
    # what a consumer reads
    path("scan/01/<str:code>/21/<str:serial>/", views.scan_page, name="scan"),
    path("scan/01/<str:code>/", views.product_page, name="public_product"),
    path("scan/vn/tx/<str:code>/s/<str:serial>/", views.scan_page, name="scan_own"),
    path("scan/vn/tx/<str:code>/", views.product_page, name="public_product_own"),
    path("scan/pictures/<str:code>/", views.picture, name="public_picture"),
]
