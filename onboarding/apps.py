"""App configuration of the onboarding room."""

from django.apps import AppConfig


class OnboardingConfig(AppConfig):
    """Settings of the room for Django."""

    name = "onboarding"
