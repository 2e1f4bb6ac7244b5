"""URLs of the documents room. The page of the templates is served by a higher room, which knows their data."""

from django.urls import URLPattern, path

from documents import compare_page, views

app_name = "documents"
urlpatterns: list[URLPattern] = [
    path("", views.register, name="register"),
    path("versions/<int:pk>/download/", views.download, name="download"),
    path("<int:pk>/compare/", compare_page.choose, name="choose_comparison"),
    path("<int:pk>/compare/<int:other>/", compare_page.comparison, name="compare"),
    path("template-files/<int:pk>/", views.template_file, name="template_file"),
]
