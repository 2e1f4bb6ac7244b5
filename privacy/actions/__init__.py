"""Acts about personal data: consents, requests, erasing."""

from privacy.actions.consents import give_consent, withdraw_consent

__all__ = ["give_consent", "withdraw_consent"]
