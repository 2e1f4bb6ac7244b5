"""URLs of the privacy room."""

from django.urls import path

from privacy.views import consents, data, requests, texts

app_name = "privacy"
urlpatterns = [
    path("texts/", texts.texts, name="texts"),
    path("texts/<int:pk>/", texts.text, name="text"),
    path("texts/<slug:purpose>/new/", texts.text_new, name="text_new"),
    path("requests/new/", requests.request_new, name="request_new"),
    path("requests/<int:pk>/", requests.data_request, name="request"),
    path("requests/<int:pk>/answer/", requests.request_answer, name="request_answer"),
    path("requests/<int:pk>/extend/", requests.request_extend, name="request_extend"),
    path("requests/<int:pk>/close/", requests.request_close, name="request_close"),
    path("producers/<int:pk>/ask/", requests.request_ask, name="request_ask"),
    path("producers/<int:pk>/give/<slug:purpose>/", consents.consent_give, name="consent_give"),
    path("consents/<int:pk>/withdraw/", consents.consent_withdraw, name="consent_withdraw"),
    path("producers/<int:pk>/data/", data.data, name="data"),
    path("producers/<int:pk>/data/file/", data.data_file, name="data_file"),
    path("producers/<int:pk>/erase/", data.erase, name="erase"),
]
