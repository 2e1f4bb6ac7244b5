"""URLs of the people room."""

from django.contrib.auth import views as auth_views
from django.urls import path, re_path

from people import claim_views, views

app_name = "people"
urlpatterns = [
    path("login/", views.LoginView.as_view(), name="login"),
    path("logout/", auth_views.LogoutView.as_view(), name="logout"),
    # Printed in capitals in the QR code of a card, which keeps it small.
    re_path(r"^[cC][lL][aA][iI][mM]/(?P<token>[A-Za-z2-7]{26})/$", claim_views.claim, name="claim"),
    re_path(r"^[cC][lL][aA][iI][mM]/(?P<token>[A-Za-z2-7]{26})/pin/$", claim_views.claim_pin, name="claim_pin"),
    re_path(r"^[cC][lL][aA][iI][mM](?P<address>/.*)?$", claim_views.unknown, name="claim_unknown"),
    path("forgot-pin/", claim_views.forgot_pin, name="forgot_pin"),
    path("account/", views.account, name="account"),
    path("account/password/", views.PasswordChangeView.as_view(), name="password_change"),
    path(
        "account/password/done/",
        auth_views.PasswordChangeDoneView.as_view(template_name="people/password_change_done.html"),
        name="password_change_done",
    ),
]
