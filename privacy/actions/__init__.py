"""Acts about personal data: consents, requests, erasing."""

from privacy.actions.consents import give_consent, withdraw_consent
from privacy.actions.erasing import erase_producer, hand_out
from privacy.actions.requests import answer_request, close_request, extend_request, receive_request
from privacy.actions.texts import issue_text

__all__ = [
    "answer_request",
    "close_request",
    "erase_producer",
    "extend_request",
    "give_consent",
    "hand_out",
    "issue_text",
    "receive_request",
    "withdraw_consent",
]
