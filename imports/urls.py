"""URLs of the imports room."""

app_name = "imports"
urlpatterns: list[object] = []
