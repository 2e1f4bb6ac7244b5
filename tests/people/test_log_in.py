"""Logging in by phone number or user name."""

import pytest
from django.test import Client

from tests.factories.people import UserFactory

LOGIN = "/login/"


@pytest.fixture
def hoa(db):
    return UserFactory(username="hoa", phone="0900000012")


@pytest.mark.parametrize(
    "typed",
    ["hoa", "HOA", "0900000012", "0900 000 012", "+84900000012"],
    ids=["name", "capitals", "phone", "spaces", "+84"],
)
def test_a_user_logs_in_by_user_name_or_phone_number(client: Client, hoa, typed):
    response = client.post(LOGIN, {"username": typed, "password": "mat-khau-thu-1"})
    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(hoa.pk)


def test_a_wrong_password_and_an_unknown_user_get_the_same_answer(client: Client, hoa):
    wrong = client.post(LOGIN, {"username": "hoa", "password": "sai-mat-khau"})
    unknown = client.post(LOGIN, {"username": "khong-co", "password": "sai-mat-khau"})
    assert wrong.status_code == unknown.status_code == 200
    assert wrong.context["form"].errors == unknown.context["form"].errors


def test_a_deactivated_user_does_not_get_in(client: Client, hoa):
    hoa.is_active = False
    hoa.save()
    client.post(LOGIN, {"username": "hoa", "password": "mat-khau-thu-1"})
    assert "_auth_user_id" not in client.session


def test_the_next_page_stays_on_this_site(client: Client, hoa):
    response = client.post(LOGIN + "?next=https://xau.example/", {"username": "hoa", "password": "mat-khau-thu-1"})
    assert response["Location"] == "/"


def test_logging_out_needs_a_post(client: Client, hoa):
    client.force_login(hoa)
    assert client.get("/logout/").status_code == 405
    assert "_auth_user_id" in client.session
    client.post("/logout/")
    assert "_auth_user_id" not in client.session


def test_the_account_page_shows_my_roles(client: Client, gia_lai, vietnamese):
    client.force_login(gia_lai.leader)
    page = client.get("/account/").content.decode()
    assert "Lãnh đạo" in page
    assert gia_lai.organisation.name in page
