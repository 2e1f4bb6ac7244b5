"""URLs of the notices room."""

from django.urls import path

from notices.views import handout, log, mine, rules

app_name = "notices"
urlpatterns = [
    # mine
    path("", mine.mine, name="mine"),
    path("read/", mine.read_all, name="read_all"),
    path("<int:pk>/open/", mine.open_notice, name="open"),
    path("<int:pk>/read/", mine.read, name="read"),
    path("preferences/", mine.preferences, name="preferences"),
    # what was sent
    path("deliveries/", log.deliveries, name="deliveries"),
    path("deliveries/<int:pk>/retry/", log.retry, name="retry"),
    path("calls/", log.call_list, name="calls"),
    path("calls/<int:pk>/told/", log.told, name="told"),
    # how events are told
    path("rules/", rules.rules, name="rules"),
    # by hand
    path("handout/", handout.handout, name="handout"),
]
