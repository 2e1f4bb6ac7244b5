"""The consent of a returned dossier: no remark closes it off, and one that was withdrawn can be given again."""

from __future__ import annotations

import pytest
from django.test import Client

from onboarding.actions.answers import save_answer
from onboarding.actions.dossier import return_dossier, send_dossier
from onboarding.dossiers import standing_of
from onboarding.errors import WrongAnswer
from onboarding.models import Answer, Dossier
from privacy.actions import withdraw_consent
from tests.factories.dossiers import complete, person_of, photo
from tests.factories.people import Office


@pytest.fixture
def sent(gia_lai: Office) -> Dossier:
    dossier = complete(gia_lai)
    return send_dossier(dossier, by=person_of(dossier))


def test_a_remark_at_the_consent_is_refused_because_no_answer_could_meet_it(sent: Dossier, gia_lai: Office) -> None:
    with pytest.raises(WrongAnswer):
        return_dossier(sent, remarks=[("consent", "Chưa rõ")], by=gia_lai.helper)


def test_a_consent_withdrawn_meanwhile_is_given_again_on_its_page(
    client: Client, sent: Dossier, gia_lai: Office
) -> None:
    person = person_of(sent)
    returned = return_dossier(sent, remarks=[("label_photo", "Ảnh bị mờ")], by=gia_lai.helper)
    withdraw_consent(returned.producer.consents.get(), by=person)
    current = returned.answers.get(question="label_photo", state=Answer.State.CURRENT)
    save_answer(returned, "label_photo", picture=photo("#123456"), by=person, based_on=current.pk)

    client.force_login(person, backend="people.auth.PhoneOrUsernameBackend")
    client.post(f"/dossiers/{returned.reference}/q/consent/", {"agree": "on"})

    assert standing_of(returned).is_complete
