"""Task 2 of Huế's plan: the survey of an enterprise leads to its product's record, that to the code of a stamp."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlsplit

import numpy as np
import pytest
import zxingcpp
from django.test import Client

from projects.actions.surveys import record_organisation_survey
from stamps.actions import uri_at
from stamps.printing import qr
from tests.factories.fieldwork import questionnaires
from tests.factories.people import Office
from tests.factories.stamps import chain


@pytest.mark.requirement("TH-T2")
def test_from_the_survey_of_an_enterprise_to_its_product_and_the_code_on_its_stamp(
    client: Client, gia_lai: Office
) -> None:
    case = chain(gia_lai)
    survey = record_organisation_survey(
        case.project,
        case.product.producer,
        by=gia_lai.helper,
        surveyed_on=date(2022, 6, 1),
        questionnaire=questionnaires("organisation"),
        answers={"has_barcode": "yes"},
    )
    batch = case.activated().batch

    client.force_login(gia_lai.manager)
    page = client.get(f"/projects/{case.project.code}/surveys/producers/{survey.producer_id}/").content.decode()
    record = case.product.get_absolute_url()
    assert record in page
    assert case.product.trace_code in client.get(record).content.decode()

    symbol = np.pad(np.array(qr.matrix(uri_at(batch, batch.start))), qr.QUIET_MODULES)
    picture = np.kron(np.where(symbol, 0, 255), np.ones((4, 4))).astype(np.uint8)
    (found,) = zxingcpp.read_barcodes(picture)
    client.logout()
    scanned = client.get(urlsplit(found.text).path, follow=True)
    assert scanned.status_code == 200
    assert case.product.name in scanned.content.decode()
