"""What can be told: every event with its words. Names are stored with rules and messages: never renamed.

A text may use the facts that its event lists; `actions.tell` refuses an event that is not here.
Personal data stays out of the short texts, which leave the house by SMS, and so do addresses:
people are told not to follow links in an SMS that claims to come from an agency.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop


@dataclass(frozen=True)
class Event:
    """One kind of thing that people are told; `%(…)s` in the texts are its facts."""

    title: Any  # for the page of preferences
    subject: str
    text: str
    facts: frozenset[str]
    is_mandatory: bool = False
    # The SMS; of the facts it may use SHORT_FACTS only. Empty: the title, which holds no facts.
    short: str = ""
    # How it is told where the office has made no rule: see `notices.rules`.
    channels: tuple[str, ...] = ("email",)
    is_digest: bool = False
    is_urgent: bool = False


# What may leave the house by SMS: codes, dates, counts and fixed names; no names of people and no free text.
SHORT_FACTS = frozenset({"project", "step", "due", "kind", "result", "count", "time", "start", "end"})
STEP = frozenset({"step", "about", "project", "due"})
ENDING = frozenset({"about", "producer", "due"})

EVENTS: Mapping[str, Event] = MappingProxyType(
    {
        "step.given": Event(
            _("A step is given to me"),
            gettext_noop("%(project)s: %(step)s"),
            gettext_noop("%(step)s – %(about)s (project %(project)s). Due: %(due)s."),
            STEP,
            short=gettext_noop("TXNG %(project)s: new step for you: %(step)s, due %(due)s."),
            is_digest=True,
        ),
        "step.due_soon": Event(
            _("A step of mine is due in five working days"),
            gettext_noop("%(project)s: due soon – %(step)s"),
            gettext_noop("%(step)s – %(about)s (project %(project)s) is due on %(due)s."),
            STEP,
            short=gettext_noop("TXNG %(project)s: %(step)s is due on %(due)s."),
            is_digest=True,
        ),
        "step.due": Event(
            _("A step of mine is due today or tomorrow"),
            gettext_noop("%(project)s: due on %(due)s – %(step)s"),
            gettext_noop("%(step)s – %(about)s (project %(project)s) is due on %(due)s. Please finish it in time."),
            STEP,
            short=gettext_noop("TXNG %(project)s: %(step)s is due on %(due)s. Please finish it in time."),
        ),
        "step.late": Event(
            _("A step of mine is late"),
            gettext_noop("%(project)s: late – %(step)s"),
            gettext_noop("%(step)s – %(about)s (project %(project)s) was due on %(due)s and is not done yet."),
            STEP,
            is_mandatory=True,
            short=gettext_noop("TXNG %(project)s: %(step)s is late, it was due on %(due)s. Please sign in to TXNG."),
        ),
        "step.late_below": Event(
            _("A step of somebody whom I supervise has become late"),
            gettext_noop("%(project)s: late with %(holder)s – %(step)s"),
            gettext_noop("%(step)s – %(about)s (project %(project)s) with %(holder)s was due on %(due)s."),
            STEP | {"holder"},
            short=gettext_noop("TXNG %(project)s: a step in your charge is late: %(step)s, due %(due)s."),
            is_digest=True,
        ),
        "step.escalated": Event(
            _("A step of somebody whom I supervise is late"),
            gettext_noop("%(project)s: %(holder)s is late – %(step)s"),
            gettext_noop(
                "%(step)s – %(about)s (project %(project)s) with %(holder)s was due on %(due)s and is not done yet. "
                "Please remind them or hand the step to somebody else."
            ),
            STEP | {"holder"},
            is_mandatory=True,
            short=gettext_noop("TXNG %(project)s: a step in your charge is late: %(step)s, due %(due)s."),
            channels=("email", "sms"),
        ),
        "deliverable.returned": Event(
            _("A deliverable of mine is returned"),
            gettext_noop("%(project)s: %(about)s is returned"),
            gettext_noop("%(about)s (project %(project)s) is returned with %(count)s remarks. The first: %(remark)s"),
            frozenset({"about", "project", "count", "remark"}),
            is_mandatory=True,
            short=gettext_noop("TXNG %(project)s: a deliverable of yours is returned with %(count)s remarks."),
        ),
        "matter.raised": Event(
            _("Somebody asks me for an answer or a decision"),
            gettext_noop("%(project)s: %(kind)s – answer by %(due)s"),
            gettext_noop("%(person)s, project %(project)s: %(text)s Answer by %(due)s."),
            frozenset({"project", "kind", "person", "text", "due"}),
            is_mandatory=True,
            short=gettext_noop("TXNG %(project)s: somebody asks for your answer (%(kind)s) by %(due)s."),
        ),
        "stamp.alert": Event(
            _("A stamp of my province was reported or scanned unusually"),
            gettext_noop("%(reference)s: %(kind)s"),
            gettext_noop("%(kind)s – %(about)s. Please look into %(reference)s."),
            frozenset({"reference", "kind", "about"}),
            is_digest=True,
        ),
        "matter.answered": Event(
            _("A matter that I raised is answered"),
            gettext_noop("%(project)s: answered – %(text)s"),
            gettext_noop("%(person)s, project %(project)s: %(answer)s"),
            frozenset({"project", "text", "person", "answer"}),
            short=gettext_noop("TXNG %(project)s: a matter that you raised is answered."),
        ),
        "amendment.decided": Event(
            _("An amendment that I asked for is decided"),
            gettext_noop("%(project)s: amendment “%(name)s” – %(result)s"),
            gettext_noop("Project %(project)s, amendment “%(name)s”: %(result)s. %(note)s"),
            frozenset({"project", "name", "result", "note"}),
            short=gettext_noop("TXNG %(project)s: your amendment is decided: %(result)s."),
        ),
        "registry.recognition_expiring": Event(
            _("An OCOP recognition ends soon"),
            gettext_noop("OCOP recognition of “%(about)s” ends on %(due)s"),
            gettext_noop(
                "The OCOP recognition of “%(about)s” (%(producer)s) ends on %(due)s. "
                "Start the renewal on its page: the dossier is filled in as far as it is known."
            ),
            ENDING,
            short=gettext_noop("TXNG: the OCOP recognition of one of your products ends on %(due)s. Please renew it."),
            is_digest=True,
        ),
        "registry.barcode_expiring": Event(
            _("The right to a GS1 prefix ends soon"),
            gettext_noop("GS1 prefix %(about)s: the right ends on %(due)s"),
            gettext_noop("The right of %(producer)s to use GS1 prefix %(about)s ends on %(due)s; renew it in time."),
            ENDING,
            short=gettext_noop("TXNG: your right to use GS1 barcodes ends on %(due)s. Please renew it."),
            is_digest=True,
        ),
        "registry.barcode_fee_due": Event(
            _("The annual fee of a GS1 prefix is due soon"),
            gettext_noop("GS1 prefix %(about)s: annual fee due on %(due)s"),
            gettext_noop("The annual fee of %(producer)s for GS1 prefix %(about)s is due on %(due)s."),
            ENDING,
            short=gettext_noop("TXNG: the annual fee of your GS1 barcodes is due on %(due)s."),
            is_digest=True,
        ),
        "documents.damaged": Event(
            _("The stored file of a paper is damaged"),
            gettext_noop("%(number)s: %(result)s"),
            gettext_noop(
                "“%(about)s” (%(number)s): %(result)s. It is no longer handed out; restore the file from the backup."
            ),
            frozenset({"about", "number", "result"}),
            is_mandatory=True,
            short=gettext_noop("TXNG: the stored file of a paper is damaged; please restore it from the backup."),
        ),
        "absence.covered": Event(
            _("I stand in for somebody"),
            gettext_noop("You stand in for %(person)s from %(start)s to %(end)s"),
            gettext_noop("%(person)s is away from %(start)s to %(end)s; their new steps come to you."),
            frozenset({"person", "start", "end"}),
            is_mandatory=True,
            short=gettext_noop("TXNG: you stand in for a colleague from %(start)s to %(end)s."),
        ),
        "council.called": Event(
            _("I am called to an acceptance council"),
            gettext_noop("%(project)s: acceptance council on %(time)s"),
            gettext_noop("You are a member of the acceptance council of project %(project)s: %(time)s, %(place)s."),
            frozenset({"project", "time", "place"}),
            is_mandatory=True,
            short=gettext_noop("TXNG %(project)s: you are called to the acceptance council, %(time)s."),
        ),
        "privacy.request_due": Event(
            _("A request about personal data is due or late"),
            gettext_noop("Request about personal data: %(state)s"),
            gettext_noop("%(kind)s: %(state)s. The law sets the term; it ends on %(due)s."),
            frozenset({"kind", "due", "state"}),
            is_mandatory=True,
            short=gettext_noop("TXNG: a request about personal data is due on %(due)s."),
        ),
        "privacy.asked_anew": Event(
            _("New words ask for my consent again"),
            gettext_noop("Please read the new words: %(purpose)s"),
            gettext_noop(
                "What the data of %(producer)s are used for has changed (%(purpose)s). Your earlier consent counts no "
                "longer; please read the new words and say whether you agree. It is voluntary."
            ),
            frozenset({"purpose", "producer"}),
            is_mandatory=True,
            short=gettext_noop("TXNG: the words that you agreed to have changed. Please sign in and read them."),
            channels=("sms", "email"),
        ),
        "dossier.returned": Event(
            _("My dossier is returned for correction"),
            gettext_noop("%(product)s: step %(step)s of your dossier needs correction"),
            gettext_noop(
                "Dossier %(reference)s of %(product)s came back with %(count)s. %(task)s: %(remark)s Only these pages "
                "are open again; correct them and send the dossier once more."
            ),
            frozenset({"reference", "product", "step", "task", "remark", "count"}),
            is_mandatory=True,
            short=gettext_noop("TXNG: step %(step)s of your dossier needs correction. Please sign in to TXNG."),
            channels=("sms", "email"),
        ),
        "dossier.assisted": Event(
            _("An officer has filled in for me"),
            gettext_noop("Look at what %(helper)s entered for you"),
            gettext_noop(
                "%(helper)s entered %(count)s answers in dossier %(reference)s for you. Please confirm them, or say "
                "what is wrong."
            ),
            frozenset({"reference", "helper", "count"}),
            is_mandatory=True,
            short=gettext_noop("TXNG: an officer filled in %(count)s answers for you. Please sign in and confirm."),
            channels=("sms",),
        ),
        "onboarding.reminder": Event(
            _("The office reminds me of my product's next step"),
            gettext_noop("%(project)s: please go on with %(product)s"),
            gettext_noop(
                "“%(product)s” (project %(project)s) is at step “%(step)s”. Please sign in and do what is next, "
                "or call the officer of your commune."
            ),
            frozenset({"project", "product", "step"}),
            short=gettext_noop("TXNG %(project)s: your product is at step %(step)s. Please sign in to TXNG."),
            channels=("sms",),
        ),
        "dossier.objected": Event(
            _("A producer objects to what was filled in for them"),
            gettext_noop("%(project)s: objection to what %(helper)s filled in – %(reference)s"),
            gettext_noop("The producer of dossier %(reference)s (project %(project)s) objects: %(reason)s"),
            frozenset({"reference", "project", "helper", "reason"}),
            is_mandatory=True,
            short=gettext_noop("TXNG %(project)s: a producer objects to what was filled in for them."),
        ),
        "lot.recalled": Event(
            _("Goods that I make or follow are recalled"),
            gettext_noop("Recall: %(product)s, %(goods)s"),
            gettext_noop(
                "%(product)s (%(producer)s), %(goods)s: recalled by %(person)s. Reason: %(reason)s. "
                "Stop selling, and take the goods back. Every scan of their stamps says so."
            ),
            frozenset({"product", "producer", "goods", "person", "reason"}),
            is_mandatory=True,
            short=gettext_noop("TXNG: goods of yours are recalled. Stop selling them and sign in to TXNG."),
            channels=("sms", "email"),
            is_urgent=True,
        ),
        "lot.recall_lifted": Event(
            _("A recall of goods that I make or follow is lifted"),
            gettext_noop("Recall lifted: %(product)s, %(goods)s"),
            gettext_noop("%(product)s (%(producer)s), %(goods)s: the recall is lifted by %(person)s. %(reason)s"),
            frozenset({"product", "producer", "goods", "person", "reason"}),
            short=gettext_noop("TXNG: a recall of your goods is lifted. Please sign in to TXNG."),
            channels=("sms", "email"),
        ),
    }
)
