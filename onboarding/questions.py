"""What a producer is asked, task by task (reference: onboarding task list). Keys are stored: never renamed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext_lazy as _


class Kind(StrEnum):
    """How a question is answered."""

    YES_NO = "yes_no"
    CHOICE = "choice"
    TEXT = "text"
    LONG = "long"
    NUMBER = "number"
    DAY = "day"
    PHONE = "phone"
    PHOTO = "photo"
    CONSENT = "consent"  # not an answer: the privacy room keeps it


@dataclass(frozen=True, kw_only=True)
class Example:
    """A good and a bad photo in words, with the name of their sketch (templates/onboarding/_sketch.html)."""

    good: Any
    bad: Any
    sketch: str


@dataclass(frozen=True, kw_only=True)
class Question:
    """One page. `only_if` (key, value): asked only after that answer."""

    key: str
    label: Any
    kind: Kind
    hint: Any = ""
    choices: tuple[tuple[str, Any], ...] = ()
    may_be_unknown: bool = False
    only_if: tuple[str, str] | None = None
    example: Example | None = None
    unit: Any = ""
    most: int = 1_000_000


@dataclass(frozen=True, kw_only=True)
class Task:
    """A row of the task list."""

    key: str
    group: int
    title: Any
    minutes: int
    questions: tuple[Question, ...]
    after_training: bool = False


YES, NO = "yes", "no"
YES_OR_NO = ((YES, _("Yes")), (NO, _("No")))
GROUPS: Mapping[int, Any] = MappingProxyType({1: _("1. Preparation"), 2: _("2. Product"), 3: _("3. Process")})

TASKS: tuple[Task, ...] = (
    Task(
        key="producer",
        group=1,
        title=_("Facts about the producer"),
        minutes=2,
        questions=(
            Question(
                key="producer_right",
                label=_("Are the name, tax code and address right?"),
                kind=Kind.YES_NO,
                hint=_("This is what the office has."),
            ),
            Question(
                key="producer_wrong",
                label=_("What has to be corrected?"),
                kind=Kind.LONG,
                hint=_("Write it as on your certificate of registration."),
                only_if=("producer_right", NO),
            ),
        ),
    ),
    Task(
        key="consent",
        group=1,
        title=_("Consent to take part"),
        minutes=2,
        questions=(Question(key="consent", label=_("Do you agree to take part?"), kind=Kind.CONSENT),),
    ),
    Task(
        key="contact",
        group=1,
        title=_("Person in charge"),
        minutes=1,
        questions=(
            Question(
                key="contact_name",
                label=_("Who is in charge of traceability?"),
                kind=Kind.TEXT,
                hint=_("Full name of the representative whom the office may call."),
            ),
            Question(key="contact_phone", label=_("That person's phone number"), kind=Kind.PHONE),
        ),
    ),
    Task(
        key="product",
        group=2,
        title=_("OCOP product"),
        minutes=2,
        questions=(
            Question(
                key="product_right",
                label=_("Is this the product that will carry the stamp?"),
                kind=Kind.YES_NO,
                hint=_("This is the name and the stars that the office has."),
            ),
            Question(
                key="product_description",
                label=_("Describe the product in two or three sentences"),
                kind=Kind.LONG,
                hint=_("Buyers read it after scanning the stamp: where it grows, how it is made, how to keep it."),
            ),
        ),
    ),
    Task(
        key="papers",
        group=2,
        title=_("Papers in force"),
        minutes=4,
        questions=(
            Question(
                key="food_safety",
                label=_("Do you have a food safety certificate in force?"),
                kind=Kind.CHOICE,
                choices=(
                    ("certificate", _("Yes, a certificate of food safety conditions")),
                    ("commitment", _("A signed commitment to safe food production")),
                    ("other", _("Another certificate: VietGAP, HACCP, ISO 22000, organic")),
                    ("none", _("No")),
                ),
                may_be_unknown=True,
            ),
            Question(
                key="food_safety_until",
                label=_("Until which day is the certificate valid?"),
                kind=Kind.DAY,
                hint=_("For example 30/06/2027."),
                may_be_unknown=True,
                only_if=("food_safety", "certificate"),
            ),
            Question(
                key="food_safety_photo",
                label=_("Photo of the certificate"),
                kind=Kind.PHOTO,
                hint=_("Do not photograph an identity card."),
                may_be_unknown=True,
                only_if=("food_safety", "certificate"),
                example=Example(
                    good=_("Good: the whole page, flat, every line can be read."),
                    bad=_("Bad: cut off, in the shade, at an angle."),
                    sketch="paper",
                ),
            ),
            Question(
                key="declared_standard",
                label=_("Which standard have you declared for the product?"),
                kind=Kind.TEXT,
                hint=_("Number of the standard or of the self-declaration, for example TCCS 01:2024."),
                may_be_unknown=True,
            ),
        ),
    ),
    Task(
        key="photos",
        group=2,
        title=_("Photos of product and label"),
        minutes=2,
        questions=(
            Question(
                key="product_photo",
                label=_("Photo of the product"),
                kind=Kind.PHOTO,
                hint=_("Buyers see it after scanning the stamp."),
                example=Example(
                    good=_("Good: one product, by daylight, plain ground."),
                    bad=_("Bad: dark, many things, people in the picture."),
                    sketch="product",
                ),
            ),
            Question(
                key="label_photo",
                label=_("Photo of the label"),
                kind=Kind.PHOTO,
                hint=_("The side with the barcode and the producer's address."),
                may_be_unknown=True,
                example=Example(
                    good=_("Good: straight from the front, the small letters can be read."),
                    bad=_("Bad: blurred, with a reflection, half of the label."),
                    sketch="label",
                ),
            ),
        ),
    ),
    Task(
        key="process",
        group=3,
        title=_("Stages of production"),
        minutes=3,
        questions=(
            Question(
                key="raw_material",
                label=_("Where does the raw material come from?"),
                kind=Kind.CHOICE,
                choices=(
                    ("own", _("We grow or raise it ourselves")),
                    ("bought", _("We buy it from households")),
                    ("both", _("Both")),
                ),
            ),
            Question(
                key="stages",
                label=_("What is done from raw material to packed product?"),
                kind=Kind.LONG,
                hint=_("One line for each stage, for example: harvest, washing, drying, packing."),
            ),
        ),
    ),
    Task(
        key="place",
        group=3,
        title=_("Place of production"),
        minutes=2,
        questions=(
            Question(
                key="place_address",
                label=_("Where is it produced?"),
                kind=Kind.TEXT,
                hint=_("Village, commune; as people call it is enough."),
            ),
            Question(
                key="yearly_amount",
                label=_("How much do you produce in a year?"),
                kind=Kind.NUMBER,
                unit=_("kg"),
                hint=_("About; 1 ton is 1000 kg."),
                may_be_unknown=True,
            ),
        ),
    ),
    Task(
        key="diary",
        group=3,
        title=_("Keeping the diary of lots"),
        minutes=2,
        after_training=True,
        questions=(
            Question(
                key="diary_keeper",
                label=_("Who will keep the diary of the lots?"),
                kind=Kind.TEXT,
                hint=_("One person with a phone is enough."),
            ),
            Question(
                key="lots_in_month",
                label=_("About how many lots do you make in a month?"),
                kind=Kind.NUMBER,
                unit=_("lots"),
                hint=_("A lot is what is made in one go, for example one day's harvest."),
                may_be_unknown=True,
                most=1000,
            ),
        ),
    ),
)
QUESTIONS: Mapping[str, Question] = MappingProxyType(
    {question.key: question for task in TASKS for question in task.questions}
)
TASK_OF: Mapping[str, Task] = MappingProxyType({question.key: task for task in TASKS for question in task.questions})


def asked(task: Task, values: Mapping[str, Any]) -> list[Question]:
    """Return the task's questions that the answers so far (question → value) call for."""
    return [
        question
        for question in task.questions
        if question.only_if is None or values.get(question.only_if[0]) == question.only_if[1]
    ]
