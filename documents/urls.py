"""URLs of the documents room. The pages of the templates and of a paper are served by a higher room, which knows
their data and a paper's way to its number."""

from django.urls import URLPattern, path

from documents import paper_page, verify_page, views
from documents.compare import page as compare_page
from documents.dossier import page as dossier_page
from documents.pdf import page as pdf_page

app_name = "documents"
urlpatterns: list[URLPattern] = [
    path("", views.register, name="register"),
    path("versions/<int:pk>/download/", views.download, name="download"),
    path("<int:pk>/compare/", compare_page.choose, name="choose_comparison"),
    path("<int:pk>/compare/<int:other>/", compare_page.comparison, name="compare"),
    path("papers/<int:pk>/revoke/", paper_page.revoke, name="revoke"),
    path("versions/<int:pk>/pdf/", pdf_page.pdf, name="pdf"),
    path("versions/<int:pk>/pdf/file/", pdf_page.pdf_file, name="pdf_file"),
    path("verify/", verify_page.verify, name="verify"),
    path("dossiers/<slug:code>/", dossier_page.dossier, name="dossier"),
    path("template-files/<int:pk>/", views.template_file, name="template_file"),
]
