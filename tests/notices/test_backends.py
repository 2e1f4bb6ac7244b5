"""The backends: mails as they arrive, an SMS gateway played by a local server, files to be sent on."""

from __future__ import annotations

import json
import smtplib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.core.mail.backends import locmem

from notices.backends import Item, Outgoing
from notices.backends.email import EmailBackend
from notices.backends.sms import Console, File, HttpGateway
from notices.backends.zns import Outbox

ITEM = Item(
    subject="GL-01: trễ – Thẩm định",
    text="Thẩm định – D1 <b>Báo cáo</b> quá hạn.",
    short_text='TXNG GL-01: "Tham dinh" qua han & {phone}',
    url="https://txng.example/tasks/7/",
    event="step.late",
    facts={"project": "GL-01", "due": "27/02/2026"},
)
LETTER = Outgoing("k1", "lanhdao@vidu.example", ITEM.subject, ITEM.short_text, (ITEM,))
SMS = Outgoing("k1", "0900000001", ITEM.subject, ITEM.short_text, (ITEM,))


# --- e-mail ----------------------------------------------------------------------------------
def sent(message: Outgoing = LETTER) -> Any:
    backend = EmailBackend()
    backend.open()
    [result] = backend.send_messages([message])
    backend.close()
    assert result.is_sent
    return mail.outbox[-1]


def test_a_mail_has_the_text_the_link_and_both_forms(vietnamese: None) -> None:
    letter = sent()
    assert letter.to == ["lanhdao@vidu.example"]
    assert letter.subject == ITEM.subject
    assert "<b>Báo cáo</b> quá hạn" in letter.body
    assert "https://txng.example/tasks/7/" in letter.body
    html, kind = letter.alternatives[0]
    assert kind == "text/html"
    assert "&lt;b&gt;Báo cáo" in html
    assert 'href="https://txng.example/tasks/7/"' in html


def test_a_digest_names_each_notice(settings: Any) -> None:
    letter = sent(Outgoing("k2", "a@vidu.example", "TXNG: 2", "", (ITEM, ITEM), is_digest=True))
    assert letter.body.count(ITEM.subject) == 2
    assert "/notices/preferences/" in letter.body


def test_the_second_try_is_the_same_mail_for_mail_servers() -> None:
    first, second = sent().message()["Message-ID"], sent().message()["Message-ID"]
    assert first == second == "<k1@127.0.0.1>"


@pytest.mark.parametrize(
    ("error", "is_final"),
    [
        (smtplib.SMTPRecipientsRefused({"a": (550, b"no such mailbox")}), True),
        (smtplib.SMTPRecipientsRefused({"a": (450, b"busy")}), False),
        (smtplib.SMTPSenderRefused(451, b"later", "x"), False),
        (ConnectionRefusedError("111"), False),
    ],
)
def test_a_refusal_is_an_answer_and_not_an_error(
    error: Exception, is_final: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: Any) -> int:
        raise error

    monkeypatch.setattr(locmem.EmailBackend, "send_messages", refuse)
    [result] = EmailBackend().send_messages([LETTER])
    assert (result.is_sent, result.is_final) == (False, is_final)
    assert result.error


# --- the SMS gateway -------------------------------------------------------------------------
class Stub(BaseHTTPRequestHandler):
    """An aggregator: keeps what it gets and answers as it is told."""

    asked: list[tuple[str, dict[str, str], str]] = []
    status, headers_out, answer = 200, {}, '{"code": 100, "sms_id": "A-17"}'

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.asked.append((self.path, dict(self.headers), body))
        self.send_response(self.status)
        for name, value in self.headers_out.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(self.answer.encode())

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def gateway(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Stub]]:
    """A running aggregator, and settings that lead to it."""
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    server = HTTPServer(("127.0.0.1", 0), Stub)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    Stub.asked, Stub.status, Stub.headers_out = [], 200, {}
    Stub.answer = '{"code": 100, "sms_id": "A-17"}'
    settings.NOTICES_SMS_URL = f"http://127.0.0.1:{server.server_port}/send"
    settings.NOTICES_SMS_HEADERS = {"Content-Type": "application/json", "Authorization": "Bearer secret"}
    settings.NOTICES_SMS_BODY = '{"to": "{phone84}", "text": "{text}", "ref": "{key}"}'
    settings.NOTICES_SMS_SUCCESS = r'"code": ?100.*"sms_id": ?"(?P<id>[^"]+)"'
    yield Stub
    server.shutdown()
    server.server_close()
    thread.join()


def test_the_gateway_gets_what_the_settings_say_and_its_number_is_kept(gateway: type[Stub]) -> None:
    [result] = HttpGateway().send_messages([SMS])

    assert (result.is_sent, result.provider_id) == (True, "A-17")
    [(path, headers, body)] = gateway.asked
    assert path == "/send"
    assert headers["Authorization"] == "Bearer secret"
    assert json.loads(body) == {"to": "84900000001", "text": ITEM.short_text, "ref": "k1"}


def test_a_form_is_written_as_a_form(gateway: type[Stub], settings: Any) -> None:
    settings.NOTICES_SMS_HEADERS = {"content-type": "application/x-www-form-urlencoded"}
    settings.NOTICES_SMS_BODY = "phone={phone}&message={text}"
    HttpGateway().send_messages([SMS])
    assert parse_qs(gateway.asked[0][2]) == {"phone": ["0900000001"], "message": [ITEM.short_text]}


def test_xml_is_written_as_xml(gateway: type[Stub], settings: Any) -> None:
    settings.NOTICES_SMS_HEADERS = {"Content-Type": "text/xml"}
    settings.NOTICES_SMS_BODY = "<sms>{text}</sms>"
    HttpGateway().send_messages([SMS])
    assert "&amp; {phone}" in gateway.asked[0][2]


@pytest.mark.parametrize("status", [301, 302, 307, 400, 401, 429, 500, 503])
def test_any_other_answer_is_a_failed_try_and_no_redirect_is_followed(gateway: type[Stub], status: int) -> None:
    gateway.status, gateway.headers_out = status, {"Location": "/elsewhere"}
    [result] = HttpGateway().send_messages([SMS])
    assert not result.is_sent
    assert str(status) in result.error
    assert "secret" not in result.error
    assert len(gateway.asked) == 1


def test_an_answer_without_the_sign_of_success_is_a_failed_try(gateway: type[Stub]) -> None:
    gateway.answer = '{"code": 104, "message": "brandname not\n registered"}'
    [result] = HttpGateway().send_messages([SMS])
    assert (result.is_sent, result.error) == (False, '{"code": 104, "message": "brandname not registered"}')


def test_a_gateway_that_nobody_hears_is_a_failed_try(gateway: type[Stub], settings: Any) -> None:
    settings.NOTICES_SMS_URL = "http://127.0.0.1:9/send"
    [result] = HttpGateway().send_messages([SMS])
    assert not result.is_sent
    assert result.error


@pytest.mark.parametrize(
    ("url", "is_local"),
    [("http://sms.example/send", False), ("ftp://sms.example", True), ("file:///etc/passwd", True), ("", True)],
)
def test_phone_numbers_go_over_https_only(settings: Any, url: str, is_local: bool) -> None:
    settings.NOTICES_SMS_URL, settings.LOCAL = url, is_local
    with pytest.raises(ImproperlyConfigured, match="https"):
        HttpGateway()


# --- files -----------------------------------------------------------------------------------
def lines(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_the_file_keeps_a_line_per_sms_that_others_cannot_read(settings: Any, tmp_path: Path) -> None:
    settings.NOTICES_SMS_FILE = str(tmp_path / "new" / "sms.jsonl")
    for _ in range(2):
        assert File().send_messages([SMS])[0].is_sent
    path = tmp_path / "new" / "sms.jsonl"
    assert lines(path) == [{"key": "k1", "phone": "0900000001", "text": ITEM.short_text}] * 2
    assert path.stat().st_mode & 0o077 == 0


def test_the_console_says_what_would_be_sent(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO"):
        assert Console().send_messages([SMS])[0].is_sent
    assert ITEM.short_text in caplog.text


def test_the_zalo_outbox_writes_the_registered_template_and_its_parameters(settings: Any, tmp_path: Path) -> None:
    settings.NOTICES_ZNS_FILE = str(tmp_path / "zns.jsonl")
    settings.NOTICES_ZNS_TEMPLATES = {
        "step.late": {"template_id": "4711", "params": {"ma_ho_so": "project", "han": "due"}}
    }
    assert Outbox().send_messages([SMS])[0].is_sent
    assert lines(tmp_path / "zns.jsonl") == [
        {
            "phone": "84900000001",
            "template_id": "4711",
            "template_data": {"ma_ho_so": "GL-01", "han": "27/02/2026"},
            "tracking_id": "k1",
        }
    ]


def test_an_event_without_a_registered_template_is_refused_for_good(settings: Any) -> None:
    settings.NOTICES_ZNS_TEMPLATES = {}
    [result] = Outbox().send_messages([SMS])
    assert (result.is_sent, result.is_final) == (False, True)
    assert "step.late" in result.error
