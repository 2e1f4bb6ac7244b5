"""URLs of the onboarding room: a producer's dossier, page by page."""

from django.urls import path

from onboarding.views import assist, dossier, outbox, question

app_name = "onboarding"
urlpatterns = [
    path("dossiers/<str:reference>/", dossier.dossier, name="dossier"),
    path("dossiers/<str:reference>/check/", dossier.check, name="check"),
    path("dossiers/<str:reference>/q/<slug:key>/", question.question, name="question"),
    path("dossiers/<str:reference>/q/<slug:key>/receive/", outbox.receive, name="receive"),
    path("unsent/", outbox.unsent, name="unsent"),
    path("dossiers/<str:reference>/q/<slug:key>/choose/", question.choose, name="choose"),
    path("dossiers/<str:reference>/pictures/<int:pk>/", dossier.picture, name="picture"),
    path("dossiers/<str:reference>/help/code/", assist.code, name="help_code"),
    path("dossiers/<str:reference>/help/start/", assist.start, name="help_start"),
    path("dossiers/<str:reference>/help/<int:pk>/end/", assist.end, name="help_end"),
    path("dossiers/<str:reference>/help/<int:pk>/", assist.judge, name="help_summary"),
]
