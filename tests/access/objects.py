"""What each URL is about: its arguments, named by an object of a world."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile

from documents.files import sha256
from documents.models import Document, DocumentTemplate, DocumentVersion
from documents.proofs import PdfCopy
from imports.models import ImportBatch
from jobs.actions import start_job
from jobs.models import Job
from people.models import AdminUnit
from privacy.actions import give_consent, receive_request
from privacy.models import ConsentText
from projects.actions import attendance as attendance_of
from projects.actions.catalogues import load_catalogues
from projects.actions.communication import change_communication
from projects.actions.questionnaires import start_draft
from projects.actions.training import hand_out
from projects.doors import EVIDENCE, MATERIALS
from projects.models import Funding, Invitation, LegalText, PlanLine, Question, Questionnaire, RemarkPhrase
from registry.models import Producer
from tests.factories.dossiers import card_token
from tests.factories.files import PDF
from tests.factories.imports import checked, list_with_an_error
from tests.ground.world import World, open_task, process_of
from tests.jobs.toy import Toy
from workflows.decision_links import link_for
from worktime.models import SpecialDay

Arguments = dict[str, Any]


def nothing(world: World) -> Arguments:
    """The URL is about no object."""
    return {}


def project(world: World) -> Arguments:
    return {"code": world.project.code}


def deliverable(world: World) -> Arguments:
    return {"code": world.project.code, "pk": world.open_paper.pk}


def task(world: World) -> Arguments:
    return {"pk": open_task(process_of(world.open_paper), "prepare").pk}


def decision_link(world: World) -> Arguments:
    step = open_task(process_of(world.open_paper), "prepare")
    return {"token": link_for(step, world.office.manager).split("/")[2]}


def council(world: World) -> Arguments:
    return {"code": world.project.code, "pk": world.council.pk}


def special_day(world: World) -> Arguments:
    """The calendar is the whole installation's."""
    return {"pk": SpecialDay.objects.get_or_create(day=date(2026, 9, 2), defaults={"name": "Quốc khánh"})[0].pk}


def legal_text(world: World) -> Arguments:
    """The register of legal texts is the whole installation's."""
    return {"pk": LegalText.objects.get_or_create(code="01/2026/TT-ABC", defaults={"title": "Thông tư"})[0].pk}


def programme(world: World) -> Arguments:
    return {"code": line_of(world).plan.programme.code}


def indicator(world: World) -> Arguments:
    return {**programme(world), "key": "trained_share"}


def plan(world: World) -> Arguments:
    return {"pk": line_of(world).plan.pk}


def line(world: World) -> Arguments:
    return {"pk": line_of(world).pk}


def line_of(world: World) -> PlanLine:
    assert world.project.line is not None
    return world.project.line


def funding(world: World) -> Arguments:
    row, _is_new = Funding.objects.get_or_create(project=world.project, source="state", year=2026, planned=1_000_000)
    return {"pk": row.pk}


def milestone(world: World) -> Arguments:
    return {"code": world.project.code, "pk": world.milestone.pk}


def evidence(world: World) -> Arguments:
    return {"code": world.project.code, "pk": world.milestone.reports.get().pk}


def matter(world: World) -> Arguments:
    return {"code": world.project.code, "pk": world.project.matters.get().pk}


def absence(world: World) -> Arguments:
    return {"pk": world.office.clerk.absences.get().pk}


def amendment(world: World) -> Arguments:
    return {"code": world.project.code, "pk": world.project.amendments.get().pk}


def enrolment(world: World) -> Arguments:
    return {"code": world.project.code, "pk": world.enrolment.pk}


def cohort_group(world: World) -> Arguments:
    return {"code": world.project.code, "pk": world.project.cohort_groups.get().pk}


def consultation(world: World) -> Arguments:
    return {**cohort_group(world), "letter": world.project.cohort_groups.get().consultations.get().pk}


def supply(world: World) -> Arguments:
    return {"code": world.project.code, "pk": world.enrolment.onboarding.supplies.get().pk}


def journey(world: World) -> Arguments:
    return {"code": world.project.code, "pk": world.enrolment.onboarding.pk}


def cohort_act(world: World) -> Arguments:
    return {"act": "survey", "journey": world.enrolment.onboarding.pk}


def session(world: World) -> Arguments:
    return {"code": world.project.code, "pk": world.session.pk}


def surveyed_producer(world: World) -> Arguments:
    load_catalogues()
    return {"code": world.project.code, "pk": world.producer.pk}


def published_questionnaire(world: World) -> Arguments:
    load_catalogues()
    return {"pk": Questionnaire.objects.get(province=None, subject="product").pk}


def questionnaire(world: World) -> Arguments:
    """The province's draft."""
    load_catalogues()
    source = Questionnaire.objects.get(province=None, subject="product")
    return {"pk": start_draft(source, province=world.office.province, by=world.office.manager).pk}


def question(world: World) -> Arguments:
    pk = questionnaire(world)["pk"]
    return {"pk": pk, "question_pk": Question.objects.filter(questionnaire=pk).order_by("position")[0].pk}


def invited(world: World) -> Invitation:
    who = {"person_name": "Lê Thị C (giả lập)", "agency": "Phòng NN"}
    return attendance_of.invite(world.session, by=world.office.helper, **who)


def invitation(world: World) -> Arguments:
    return {"code": world.project.code, "pk": world.session.pk, "person": invited(world).pk}


def invitation_token(world: World) -> Arguments:
    return {"token": invited(world).token}


def attendance(world: World) -> Arguments:
    return {"code": world.project.code, "pk": world.session.pk, "person": world.session.attendances.first().pk}


def material(world: World) -> Arguments:
    file = MATERIALS.accept(BytesIO(PDF))
    kept = hand_out(world.project, file, title="Tài liệu", group=None, by=world.office.helper)
    return {"code": world.project.code, "pk": kept.pk}


def communication_event(world: World) -> Arguments:
    return {"code": world.project.code, "pk": world.project.communication_events.get().pk}


def communication_event_with_file(world: World) -> Arguments:
    event = world.project.communication_events.get()
    change_communication(event, by=world.office.helper, file=EVIDENCE.accept(BytesIO(PDF)))
    return communication_event(world)


def class_papers(world: World) -> Arguments:
    return {"subject": "training", "pk": world.project.training_sessions.get().pk}


def class_paper(world: World) -> Arguments:
    return {**class_papers(world), "kind": "attendance_list"}


def own_paper(world: World) -> Arguments:
    paper, _is_new = Document.objects.get_or_create(
        kind="attendance_list",
        training=world.project.training_sessions.get(),
        defaults={"symbol": "BB", "title": "Danh sách người tham dự", "organisation": world.project.owner},
    )
    return {"pk": paper.pk}


def version(world: World) -> Arguments:
    return {"pk": DocumentVersion.objects.get(document__deliverable=world.issued_paper, state="issued").pk}


def document(world: World) -> Arguments:
    return {"pk": world.issued_paper.document.pk}


def version_with_pdf(world: World) -> Arguments:
    """The version, as if LibreOffice had made its PDF."""
    arguments = version(world)
    source = DocumentVersion.objects.get(**arguments).sha256
    copy, is_new = PdfCopy.objects.get_or_create(source_sha256=source, file_sha256=sha256(PDF))
    if is_new:
        copy.file.save(f"{source}.pdf", ContentFile(PDF))
    return arguments


def two_versions(world: World) -> Arguments:
    issued = DocumentVersion.objects.get(document__deliverable=world.issued_paper, state="issued")
    return {"pk": issued.pk, "other": issued.document.versions.get(number=1).pk}


def phrase(world: World) -> Arguments:
    return {"pk": RemarkPhrase.objects.get(organisation=world.office.organisation).pk}


def template_kind(world: World) -> Arguments:
    return {"kind": world.issued_paper.document_kind}


def template(world: World) -> Arguments:
    """The template that the province made of the program's."""
    program = DocumentTemplate.objects.of(world.issued_paper.document_kind, None).get()
    values = {"file": program.file.name, "sha256": program.sha256, "registered_at": program.registered_at}
    own, _is_new = DocumentTemplate.objects.get_or_create(
        kind=program.kind, province=world.office.province, version=1, defaults=values
    )
    return {"pk": own.pk}


def producer(world: World) -> Arguments:
    return {"pk": world.producer.pk}


def job(world: World) -> Arguments:
    """A long work that the manager asked for."""
    target, office = world.office.organisation, world.office
    return {"pk": start_job(Toy, target, by=office.manager, province=office.province, arguments={"pieces": 1}).pk}


def job_with_file(world: World) -> Arguments:
    """One that has made its file."""
    made = Job.objects.get(**job(world))
    made.file.save("a.txt", ContentFile(b"made"))
    return {"pk": made.pk}


def import_batch(world: World) -> Arguments:
    """A list that was checked and has a row with an error."""
    office = world.office
    known = ImportBatch.objects.filter(province=office.province).first()
    return {"pk": (known or checked(list_with_an_error(), office)).pk}


def two_producers(world: World) -> Arguments:
    """The producer and another one of its province."""
    other, _is_new = Producer.objects.get_or_create(
        province=world.producer.province,
        number=99_000,
        defaults={"name": "HTX khác (giả lập)", "kind": "cooperative", "commune": world.producer.commune},
    )
    return {"pk": world.producer.pk, "other": other.pk}


def data_request(world: World) -> Arguments:
    """The producer's own person asked about the data."""
    known = world.producer.data_requests.first()
    request = known or receive_request(kind="see", producer=world.producer, requester_name="Bà Na", by=world.farmer)
    return {"pk": request.pk}


def consent(world: World) -> Arguments:
    given = give_consent(
        world.producer, "onboarding", given_by_name="Bà Na", channel="phone", by=world.farmer, given_by=world.farmer
    )
    return {"pk": given.pk}


def consent_text(world: World) -> Arguments:
    """Words to which somebody agreed: they belong to no province."""
    consent(world)
    return {"pk": ConsentText.objects.get(purpose="onboarding").pk}


def consent_text_page(_world: World) -> Arguments:
    return {"path": "/privacy/texts/onboarding/new/"}


def consent_page(world: World) -> Arguments:
    """The purpose is a word, the same everywhere."""
    return {"path": f"/privacy/producers/{world.producer.pk}/give/public_name/"}


def ended_commune(world: World) -> Arguments:
    """A commune that became another one; it belongs to nobody."""
    old, _is_new = AdminUnit.objects.get_or_create(
        code="ended",
        defaults={"name": "xã Cũ", "level": "commune", "parent": world.office.province, "valid_to": date(2025, 6, 30)},
    )
    old.successors.add(world.producer.commune)
    return {"pk": old.pk}


def person(world: World) -> Arguments:
    return {"pk": world.producer.pk, "member_pk": world.producer.members.get().pk}


def producer_of_product(world: World) -> Arguments:
    return {"producer_pk": world.producer.pk}


def product_of_lot(world: World) -> Arguments:
    return {"product_pk": world.product.pk}


def product(world: World) -> Arguments:
    return {"pk": world.product.pk}


def chosen_product(world: World) -> Arguments:
    return {"product": world.product.pk}


def notice(world: World) -> Arguments:
    return {"pk": world.delivery.message_id}


def delivery(world: World) -> Arguments:
    return {"pk": world.delivery.pk}


def recipient(world: World) -> Arguments:
    return {"pk": world.delivery.message.recipient_id}


def dossier(world: World) -> Arguments:
    return {"reference": world.enrolment.onboarding.dossier.reference}


def dossier_question(world: World) -> Arguments:
    return {**dossier(world), "key": "contact_phone"}


def dossier_photo(world: World) -> Arguments:
    answers = world.enrolment.onboarding.dossier.answers
    return {**dossier(world), "pk": answers.get(question="product_photo").pk}


def assistance(world: World) -> Arguments:
    return {**dossier(world), "pk": world.enrolment.onboarding.dossier.assistances.get().pk}


def claim_address(world: World) -> Arguments:
    return {"address": "/mistyped/"}


def claim_card(world: World) -> Arguments:
    return {"token": card_token(world.enrolment.onboarding.dossier)}
