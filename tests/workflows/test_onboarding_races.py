"""Two people at one product in the same moment, on PostgreSQL: the second waits, looks again, and is told."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from onboarding.actions import journey, supply
from onboarding.errors import NotAllowedNow
from onboarding.models import Onboarding, SolutionProvider, StampSupply
from projects.models import Enrolment
from tests.factories import onboarding as made
from tests.factories.people import Office
from tests.factories.together import at_once
from workflows import journeys
from workflows.errors import Busy

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

LONG_ENOUGH = 1.0  # seconds for the other to come to the lock


def during(act: Callable[[], Any], other: Callable[[], Any]) -> Any:
    """Do `act`, let `other` begin before it is committed, and return what `other` returned or raised."""
    answers: list[Any] = []

    def run() -> None:
        try:
            answers.append(other())
        except Exception as error:  # looked at by the test
            answers.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    with transaction.atomic():
        act()
        thread.start()
        time.sleep(LONG_ENOUGH)
    thread.join()
    return answers[0]


def test_a_product_begun_while_it_is_taken_out_leaves_no_run_of_a_product_that_is_out(gia_lai: Office) -> None:
    enrolment = made.cohort(gia_lai).add(start=False).enrolment

    answer = during(
        lambda: journeys.start(enrolment, by=gia_lai.manager),
        lambda: journeys.withdraw(enrolment, by=gia_lai.manager, reason="Ngừng sản xuất"),
    )

    assert isinstance(answer, Busy)
    assert Enrolment.objects.get(pk=enrolment.pk).withdrawn_at is None


def test_a_receipt_corrected_while_step_seven_closes_is_refused(gia_lai: Office) -> None:
    cohort = made.cohort(gia_lai)
    product = cohort.add()
    cohort.select(product)
    Onboarding.objects.filter(pk=product.pk).update(trained_at=timezone.now(), portal_waiver="Chưa có cổng (giả lập)")
    delivery = StampSupply.objects.create(
        onboarding=product, provider=made.provider(gia_lai, cohort.project), quantity=10, received=10,
        state_share=0, producer_share=100, supplied_on=made.TODAY, recorded_by=gia_lai.manager,
    )  # fmt: skip

    answer = during(
        lambda: journey.finish_onboarding(product, by=gia_lai.manager),
        lambda: supply.record_receipt(delivery, received=8, by=gia_lai.stamp_officer),
    )

    assert isinstance(answer, NotAllowedNow)
    assert StampSupply.objects.get(pk=delivery.pk).received == 10


def test_a_provider_chosen_twice_at_once_is_recorded_once_and_the_second_is_told(gia_lai: Office) -> None:
    project = made.cohort(gia_lai).project
    for number in range(4):
        name = f"Đơn vị {number} (giả lập)"
        answers = at_once(*[lambda name=name: made.provider(gia_lai, project, name)] * 2)
        assert not [answer for answer in answers if isinstance(answer, IntegrityError)]
        assert SolutionProvider.objects.filter(name=name).count() == 1
