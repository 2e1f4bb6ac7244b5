"""The officers' side: list, one alert, the step that closes it; strangers find nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook

from people.models import AdminUnit, AuditEvent
from stamps import actions
from stamps.alerts import page as alert_page
from stamps.errors import AlertRefused, NotAllowedForYou
from stamps.models import PinTry, ScanEntry
from tests.factories.people import UserFactory
from tests.stamps.public.conftest import path_of, serial_of, standing_of, words
from workflows import engine, inbox, stamp_alerts
from workflows.errors import FormInvalid

FOUND = {"decision": "harmless", "finding": "Cùng một thùng hàng", "answer": "Tem thật sự hợp lệ"}


@pytest.fixture
def alert(chain, batch):
    report = actions.Report("copies", "Hai gói cùng mã", "Chợ Pleiku", "0900000003")
    return stamp_alerts.report_stamp(report, province=chain.office.province, standing=standing_of(batch))


def test_the_step_waits_for_stamp_officers_and_inspectors_of_the_province(alert, chain, son_la):
    office = chain.office
    waiting = {user for user in (*vars(office).values(), son_la.stamp_officer) if hasattr(user, "username")}
    can = {user.username for user in waiting if inbox.claimable(user).exists()}
    assert can == {"gl-tem", "gl-thanhtra"}


def test_the_inbox_shows_it_without_a_project_and_its_page_opens(as_user, alert, chain):
    browser = as_user(chain.office.stamp_officer)
    assert alert.reference in browser.get("/inbox/?tab=group").content.decode()
    assert browser.get("/inbox/?tab=group&export=xlsx").status_code == 200
    step = browser.get(f"/stamps/alerts/{alert.reference}/step/", follow=True)
    assert step.status_code == 200
    assert "Hai gói cùng mã" in step.content.decode()
    assert browser.get("/overview/", follow=True).status_code == 200


def test_the_officer_takes_gives_back_and_closes_it_with_a_finding(as_user, alert, chain):
    browser = as_user(chain.office.stamp_officer)
    task = stamp_alerts.open_step(alert)
    assert browser.post(f"/tasks/{task.pk}/claim/").status_code == 302
    assert browser.post(f"/tasks/{task.pk}/release/").status_code == 302
    assert browser.post(f"/tasks/{task.pk}/", {"decision": "copy"}).status_code == 422
    assert browser.post(f"/tasks/{task.pk}/", FOUND).status_code == 302
    alert.refresh_from_db()
    assert (alert.status, alert.finding, alert.closed_by) == (
        "harmless",
        "Cùng một thùng hàng",
        chain.office.stamp_officer,
    )
    assert stamp_alerts.open_step(alert) is None
    assert AuditEvent.objects.filter(verb="stamps.alert_closed").count() == 1


def test_a_finding_is_needed(alert, chain):
    with pytest.raises(FormInvalid):
        engine.perform(stamp_alerts.open_step(alert), user=chain.office.inspector, data={"decision": "copy"})


def test_an_alert_is_closed_once_and_only_by_those_who_look_into_it(alert, chain, son_la):
    close = {"status": "copy", "finding": "x"}
    for person in (chain.office.manager, chain.producer, son_la.stamp_officer):
        with pytest.raises(NotAllowedForYou):
            actions.close_alert(alert, by=person, **close)
    actions.close_alert(alert, by=chain.office.inspector, **close)
    with pytest.raises(AlertRefused):
        actions.close_alert(alert, by=chain.office.inspector, **close)


def test_a_substitute_closes_for_the_officer_and_is_named(alert, chain):
    office = chain.office
    closed = actions.close_alert(alert, status="copy", finding="x", by=office.manager, acting_for=office.inspector)
    assert closed.closed_by == office.manager


def test_the_page_shows_stamp_scans_by_day_and_province_and_the_way_on(as_user, alert, chain, batch):
    for hour in (1, 2, 3):
        ScanEntry.objects.create(
            index=batch.start, scanned_at=datetime(2022, 6, 10, hour, tzinfo=UTC), client=f"c{hour % 2}", province="52"
        )
    answer = as_user(chain.office.stamp_officer).get(alert.get_absolute_url())
    page = words(answer)
    assert "10/06/2022 tỉnh Gia Lai 3 2" in page
    assert "Chợ Pleiku" in page
    assert "0900000003" in page
    assert "Closed" not in page
    for way in (path_of(batch), batch.product.get_absolute_url(), batch.activations.get().lot.get_absolute_url()):
        assert f'href="{way}"' in answer.content.decode()
    assert f"/stamps/batches/{batch.pk}/change/?first={serial_of(batch)}" in answer.content.decode()


@pytest.mark.parametrize("place", [0, -1])
def test_the_first_and_the_last_stamp_are_told_from_those_of_the_next_batches(chain, place):
    chain.handed_over(3)
    batch = chain.handed_over(3)
    chain.handed_over(3)
    alert = actions.raise_alert("pin", standing_of(batch, place % 3), facts={"failed": 5})
    assert alert_page.standing_of(alert) == standing_of(batch, place % 3)


@pytest.mark.parametrize(
    ("kind", "facts", "said"),
    [
        ("places", {"provinces": ["01", "52", "x"], "networks": 4}, "in Hà Nội, tỉnh Gia Lai, an unknown province"),
        ("speed", {"from": "52", "to": "52", "km": 990, "minutes": 20}, "990 km, in 20 minutes"),
        ("speed", {"from": "52", "to": "52", "km": 860, "minutes": 0}, "860 km, in less than a minute"),
        ("clients", {"networks": 12}, "From 12 networks so far"),
        ("after_end", {"province": ""}, "Scanned in an unknown province after the stamp had ended"),
        ("pin", {"failed": 5}, "5 wrong codes in a row"),
    ],
)
def test_the_page_says_what_the_rule_saw(as_user, chain, batch, kind, facts, said):
    alert = actions.raise_alert(kind, standing_of(batch), facts=facts)
    assert said in words(as_user(chain.office.stamp_officer).get(alert.get_absolute_url()))


def test_each_stamp_has_its_own_alert_of_a_kind(batch):
    raised = [actions.raise_alert("clients", standing_of(batch, place), facts={"networks": 12}) for place in (0, 1, 0)]
    assert [alert and alert.index for alert in raised] == [batch.start, batch.start + 1, None]


def test_a_locked_code_is_on_the_page_and_nothing_is_said_of_contacts(as_user, chain, batch):
    PinTry.objects.create(index=batch.start, failed=5, locked_at=datetime(2022, 6, 10, tzinfo=UTC))
    alert = actions.raise_alert("pin", standing_of(batch), facts={"failed": 5})
    page = words(as_user(chain.office.stamp_officer).get(alert.get_absolute_url()))
    assert "5 wrong tries, 0 confirmations, locked" in page
    assert "Contact and photo" not in page


def test_stamps_that_are_none_of_ours_have_nothing_in_common(chain):
    report = actions.Report("unknown", "Quét không ra")
    one, _other = (stamp_alerts.report_stamp(report, province=chain.office.province, code_text=n) for n in ("A", "B"))
    assert not alert_page.others_about(one, chain.office.stamp_officer).exists()


def test_a_province_that_is_no_more_does_not_lend_its_name_to_the_code(as_user, chain, batch):
    alert = actions.raise_alert("after_end", standing_of(batch), facts={"province": "52"})
    AdminUnit.objects.filter(code="52").update(name="tỉnh Bình Định", valid_to=date(2025, 6, 30))
    page = words(as_user(chain.office.stamp_officer).get(alert.get_absolute_url()))
    assert "Scanned in Gia Lai after" in page


def test_the_page_of_a_harvest_shows_the_stamps_and_scans_of_the_network(as_user, chain, batch):
    at = datetime(2022, 6, 10, 1, tzinfo=UTC)
    alert = actions.raise_harvest(batch.product, facts={"network": "mang-1", "stamps": 25}, now=at)
    for place, client in enumerate(("mang-1", "mang-1", "mang-2")):
        ScanEntry.objects.create(index=batch.start + place, scanned_at=at, client=client, province="52")
    page = words(as_user(chain.office.stamp_officer).get(alert.get_absolute_url()))
    assert "25 different stamps scanned by one network within a minute" in page
    assert "10/06/2022 tỉnh Gia Lai 2 2" in page
    assert "none of ours" not in page
    assert "mang-1" not in page


def test_facts_of_an_unknown_shape_leave_the_page_as_it_is(as_user, chain, batch):
    alert = actions.raise_alert("speed", standing_of(batch), facts={"km": "x"})
    page = words(as_user(chain.office.stamp_officer).get(alert.get_absolute_url()))
    assert "What the rule saw" not in page


def test_strangers_find_neither_list_entry_nor_alert_nor_photo(as_user, alert, chain, son_la):
    for person in (chain.producer, son_la.stamp_officer, UserFactory(username="nguoi-la")):
        browser = as_user(person)
        assert alert.reference not in browser.get("/stamps/alerts/").content.decode()
        for tail in ("", "photo/", "step/"):
            assert browser.get(alert.get_absolute_url() + tail).status_code == 404


@pytest.mark.parametrize(
    ("role", "reads"), [("stamp_officer", True), ("leader", True), ("clerk", False), ("helper", False)]
)
def test_the_contact_is_for_those_who_look_into_it(as_user, alert, chain, role, reads):
    page = as_user(getattr(chain.office, role)).get(alert.get_absolute_url())
    assert ("0900000003" in page.content.decode()) is reads


def test_the_keeper_of_the_system_does_not_read_the_contact(as_user, alert):
    page = as_user(UserFactory(username="quan-tri", is_superuser=True)).get(alert.get_absolute_url())
    assert page.status_code == 200
    assert "0900000003" not in page.content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [("", True), ("kind=report", True), ("kind=places", False), ("status=open", True), ("status=copy", False),
     ("q=chom chom", True), ("q=khong co", False)],
)  # fmt: skip
def test_the_list_is_filtered_and_searched(as_user, alert, chain, query, found):
    page = as_user(chain.office.inspector).get(f"/stamps/alerts/?{query}").content.decode()
    assert (alert.get_absolute_url() in page) is found


def test_the_list_is_found_by_reference_and_by_the_code_that_was_typed(as_user, alert, chain):
    foreign = actions.report_stamp(actions.Report("unknown"), province=chain.office.province, code_text="LA-KHONG-PHAI")
    browser = as_user(chain.office.inspector)
    for words_, wanted in ((alert.reference[3:].lower(), alert), ("khong-phai", foreign)):
        page = browser.get("/stamps/alerts/", {"q": words_}).content.decode()
        assert wanted.get_absolute_url() in page
        assert (alert if wanted is foreign else foreign).get_absolute_url() not in page


def test_the_workbook_has_the_rows_of_the_list_and_no_contact(as_user, alert, chain):
    answer = as_user(chain.office.inspector).get("/stamps/alerts/?export=xlsx")
    cells = [str(cell) for row in load_workbook(BytesIO(answer.content)).active.values for cell in row]
    assert alert.reference in cells
    assert "0900000003" not in cells


def test_the_empty_list_says_where_alerts_come_from(as_user, gia_lai):
    assert "No report and no alert" in words(as_user(gia_lai.inspector).get("/stamps/alerts/"))


def test_lists_of_all_rooms_stand_a_case_without_a_project(as_user, alert, chain):
    for person in (chain.office.stamp_officer, chain.office.leader, chain.office.manager):
        for path in (
            "/inbox/",
            "/inbox/?tab=group",
            "/inbox/?tab=sent",
            "/overview/list/",
            "/absences/",
            "/search/?q=TX",
        ):
            assert as_user(person).get(path, follow=True).status_code == 200


def test_a_late_report_is_reminded_of_like_any_step(alert, chain):
    from datetime import timedelta

    from django.utils import timezone

    from notices.models import Message
    from workflows.models import Turn
    from workflows.reminders import remind
    from worktime.working_days import Calendar

    turn = Turn.objects.get(task=stamp_alerts.open_step(alert))
    assert turn.home == chain.office.province
    late = Calendar().add(turn.due_on, 1)
    now = timezone.make_aware(datetime.combine(late, datetime.min.time())) + timedelta(hours=9)
    assert remind(now) > 0
    assert Message.objects.filter(event="step.late", recipient=chain.office.stamp_officer).exists()
