"""Alerts, digests and messages: asked with the owner's rights, raised once, sent, shown, closed."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import delete, select, update

from data.access.demo_readers import DEMO_READERS
from data.channels.delivery import deliver
from data.domain.channel import Config
from data.i18n import use_language
from data.paper import write_pdf
from data.state import alerts, outbox
from data.state.channels import add_channel, channels
from data.state.engine import reading, writing
from data.state.rule_tables import alert as alert_table
from data.state.rule_tables import alert_finding
from data.state.rule_tables import channel as channel_table
from data.state.rule_tables import outbox as outbox_table
from data.state.tables import account
from pages._alert_runs import run_alerts
from pages._brief import paper
from pages._state import state
from queries.kpis import totals
from queries.run import reading as asking_as
from tests.conftest import Demo
from tests.pages.test_rules_page import press
from tests.pages.visitor import Answer, Visitor
from tests.queries.asking import ask, one, readers
from tests.rules.receivers import MailReceiver, WebReceiver

Visit = Callable[..., Visitor]
ACT = "..alerts-said.children...alerts-acted.data.."
ADD = "..alerts-told.children...alerts-added.data.."
LOOK = "alerts-looked.children"
MESSAGES = "..messages-said.children...messages-acted.data.."
CHANNEL = "..messages-told.children...messages-added.data...messages-form.children.."
SECRET = "a-secret-that-nobody-sees"


@pytest.fixture(autouse=True)
def empty(visit: Visit) -> None:
    """Begin without alerts, channels and messages."""
    visit()
    with writing(state()) as connection:
        for each in (outbox_table, alert_finding, alert_table, channel_table):
            connection.execute(delete(each))


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[WebReceiver]:
    """A web server to which messages may go."""
    found = WebReceiver()
    monkeypatch.setenv("CHANNEL_HOSTS", f"127.0.0.1:{found.port}")
    yield found
    found.close()


def filled(
    visitor: Visitor, output: str, kind: str, fields: dict[str, Any], **values: Any
) -> Answer:
    """Press the button of a form whose fields hold values."""
    body = visitor.body(output, values)
    for at, part in enumerate(body["state"]):
        if str(part["id"]).startswith("{"):
            ids = [{"type": kind, "key": key} for key in fields]
            held = ids if part["property"] == "id" else list(fields.values())
            body["state"][at] = [
                {"id": i, "property": part["property"], "value": v}
                for i, v in zip(ids, held, strict=True)
            ]
    response = visitor.post(body)
    return Answer(output, response.status_code, response.text)


def threshold(**changed: Any) -> dict[str, Any]:
    plain = {"name": "Revenue is low", "kind": "threshold", "metric": "revenue"}
    return (
        plain
        | {"operator": "at_most", "limit": 10**12, "window": "month", "channels": []}
        | changed
    )


def add(visitor: Visitor, search: str = "", **changed: Any) -> Answer:
    values = {"alerts-add.n_clicks": 1, "filters.data": visitor.filters(search)}
    return filled(visitor, ADD, "alerts-field", threshold(**changed), **values)


def runs() -> list[str]:
    return [run.sentence for run in run_alerts(state())]


def channel(web: WebReceiver) -> str:
    config = Config("webhook", f"http://127.0.0.1:{web.port}/", SECRET)
    made = add_channel(state(), actor=DEMO_READERS["admin"], name="Hook", config=config)
    return made.channel_id


def test_an_alert_is_added_raised_once_and_closed(visit: Visit, demo: Demo) -> None:
    visitor = visit("lead")
    assert "is on" in add(visitor, "?period=last_3").words
    assert "raised" in runs()[0]
    assert "nothing new" in runs()[0]
    (found,) = alerts.open_findings(state(), owner="lead")
    scope = readers(demo.fetcher.info())["lead"]
    filters = demo.filters(period="last_3")
    revenue = one(ask(demo, lambda f, s: totals(f, s, ("revenue",)), filters, scope), "revenue")
    assert found.details["value"] == pytest.approx(revenue)
    assert "Revenue is low" in visitor.open("/alerts").words
    assert "1 alert is open: Revenue is low" in visitor.open("/").words
    assert "alert is open" not in visit("rep").open("/").words
    key = f"close:{found.alert_id}:{found.window_on.isoformat()}"
    press(visit("rep"), ACT, "alerts-act", key, {})
    assert alerts.open_findings(state(), owner="lead") == [found]
    press(visitor, ACT, "alerts-act", key, {})
    assert alerts.open_findings(state(), owner="lead") == []
    assert "nothing new" in runs()[0]


def test_looking_says_what_would_be_found(visit: Visit) -> None:
    visitor = visit(language="zh")
    values = {"alerts-check.n_clicks": 1, "filters.data": visitor.filters("?tier=high")}
    words = filled(visitor, LOOK, "alerts-field", threshold(name=""), **values).words
    assert "收入" in words
    assert "高价值" in words
    words = filled(visitor, LOOK, "alerts-field", threshold(limit=-(10**12)), **values).words
    assert "不会发出预警" in words
    assert alerts.alerts(state()) == []


@pytest.mark.parametrize(
    ("said", "changed"),
    [
        ("name", {"name": ""}),
        ("figure", {"metric": "salary"}),
        ("limit", {"limit": None}),
        ("by month", {"kind": "anomaly", "metric": "customer_asset"}),
        ("channel", {"kind": "digest", "window": "week"}),
        ("figure", {"kind": "drop table"}),
    ],
)
def test_what_no_alert_can_be_is_told(visit: Visit, said: str, changed: dict[str, Any]) -> None:
    words = add(visit(), **changed).words
    assert said in words or changed.get("kind") == "drop table"
    assert alerts.alerts(state()) == []


def test_an_unusual_month_is_told_with_its_score(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    from data.domain import alert

    monkeypatch.setattr(alert, "FAR", 0.0)
    add(visit(), kind="anomaly", metric="revenue")
    assert "raised" in runs()[0]
    (found,) = alerts.open_findings(state(), owner="executive")
    assert "robust z-score" in found.details["text"]
    assert found.window_on == date(2026, 5, 1)


def test_a_digest_is_sent_once_in_its_owners_language(visit: Visit, web: WebReceiver) -> None:
    key = channel(web)
    add(visit(language="zh"), kind="digest", window="month", channels=[key])
    assert "raised" in runs()[0]
    assert runs() == runs()
    assert alerts.open_findings(state(), owner="executive") == []
    assert deliver(state()).sent == 1
    ((_, body),) = web.got
    text = json.loads(body)["text"]
    assert "2026年5月" in text
    assert "收入" in text
    assert len(text.split("\n")) == 7


def test_the_form_says_what_a_digest_brings_and_where_none_can_go(
    visit: Visit, web: WebReceiver
) -> None:
    def words(user: str) -> str:
        return visit(user).open("/alerts").of("alerts-form.children").words

    assert "There is no channel yet" in words("lead")
    channel(web)
    assert "There is no channel yet" not in words("lead")
    assert "goes along as PDF" in words("lead")
    assert "goes along as PDF" not in words("rep")


@pytest.fixture
def mail(monkeypatch: pytest.MonkeyPatch, web: WebReceiver) -> Iterator[MailReceiver]:
    """A mail server to which messages may go, beside the web server."""
    found = MailReceiver()
    monkeypatch.setenv("CHANNEL_HOSTS", f"127.0.0.1:{web.port}, 127.0.0.1:{found.port}")
    yield found
    found.close()


def mailbox(mail: MailReceiver) -> str:
    given: dict[str, Any] = {"sender": "c@example.com", "receivers": ("a@example.com",)}
    config = Config("email", f"127.0.0.1:{mail.port}", **given, security="none")
    made = add_channel(state(), actor=DEMO_READERS["admin"], name="Mail", config=config)
    return made.channel_id


def due_now() -> None:
    """Let what waits for another attempt wait no longer."""
    with writing(state()) as connection:
        connection.execute(update(outbox_table).values(due_at=date(2020, 1, 1)))


def brief_of(demo: Demo, user: str, language: str) -> bytes:
    """Return the one-page brief of a reader as the cockpit gives it for the last whole month."""
    filters = demo.filters(period="2026-05-01..2026-05-31", compare="previous")
    use_language(language)
    try:
        with asking_as(demo.reader(user)):
            return write_pdf(paper(filters))
    finally:
        use_language("en")


def attached(letter: Any) -> list[tuple[str, bytes]]:
    return [
        (part.get_filename(), part.get_payload(decode=True))
        for part in letter.walk()
        if part.get_content_type() == "application/pdf"
    ]


def test_a_digest_by_mail_carries_the_brief_of_its_owner(
    visit: Visit,
    demo: Demo,
    web: WebReceiver,
    mail: MailReceiver,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    channels_of = [channel(web), mailbox(mail)]
    add(visit("lead", language="zh"), kind="digest", window="month", channels=channels_of)
    with monkeypatch.context() as patched:
        patched.setenv("PUBLIC_URL", "https://cockpit.example")
        assert "raised" in runs()[0]
    mail.refuses = True
    assert deliver(state()).failed == 1
    assert not mail.letters
    mail.refuses = False
    due_now()
    assert deliver(state()).sent == 1
    (letter,) = mail.letters
    ((name, content),) = attached(letter)
    assert name == "brief_2026-06-20.pdf"
    assert content == brief_of(demo, "lead", "zh")
    assert len(re.findall(rb"/Type /Page\b", content)) == 1
    text = letter.get_payload(0).get_payload(decode=True).decode()
    ((_, posted),) = web.got
    sent = json.loads(posted)
    assert set(sent) == {"key", "subject", "text", "link"}
    assert text.split() == f"{sent['text']}\n{sent['link']}".split()
    assert sent["link"].startswith("https://cockpit.example/?")
    assert "2026-05-01..2026-05-31" in sent["link"]
    with reading(state()) as connection:
        rows = connection.execute(select(outbox_table.c.state, outbox_table.c.file)).all()
    assert [tuple(row) for row in rows] == [("sent", None)] * 2
    due_now()
    assert deliver(state()).sent == 0


def test_a_brief_that_waits_is_the_same_at_every_attempt(
    visit: Visit, web: WebReceiver, mail: MailReceiver
) -> None:
    add(visit("lead"), kind="digest", window="week", channels=[channel(web), mailbox(mail)])
    runs()
    claimed = [each for each in outbox.claim(state()) if each.message.file]
    due_now()
    again = [each for each in outbox.claim(state()) if each.message.file]
    assert [c.message for c in claimed] == [c.message for c in again]
    assert len(claimed) == 1


def test_a_digest_without_a_brief_keeps_its_words(
    visit: Visit, mail: MailReceiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = mailbox(mail)
    # A representative may not export, so nothing leaves as a file either.
    add(visit("rep"), kind="digest", window="month", channels=[key])
    with monkeypatch.context() as patched:
        patched.setenv("BRIEF_FONT", "/nowhere/font.ttc")
        add(visit("lead"), kind="digest", window="month", channels=[key])
        assert [said.endswith("raised.") for said in runs()] == [True, True]
    assert deliver(state()).sent == 2
    for letter in mail.letters:
        assert not attached(letter)
        assert len(letter.get_payload(decode=True).decode().strip().split("\n")) == 7


def test_an_alert_is_asked_with_the_rights_its_owner_has_now(visit: Visit) -> None:
    add(visit("lead"))
    mine = update(account).where(account.c.user_id == "lead")
    with writing(state()) as connection:
        connection.execute(mine.values(is_enabled=False))
    try:
        assert "owner is closed" in runs()[0]
    finally:
        with writing(state()) as connection:
            connection.execute(mine.values(is_enabled=True))
    assert alerts.open_findings(state(), owner="lead") == []


def test_alerts_belong_to_their_owners(visit: Visit) -> None:
    add(visit("lead"), name="Confidential")
    (found,) = alerts.alerts(state())
    other = visit("executive")
    assert "Confidential" not in other.open("/alerts").words
    for what in ("off", "remove"):
        assert (
            "somebody else" in press(other, ACT, "alerts-act", f"{what}:{found.alert_id}", {}).words
        )
    assert alerts.alerts(state()) == [found]
    press(visit("admin"), ACT, "alerts-act", f"off:{found.alert_id}", {})
    assert not alerts.alerts(state())[0].is_on
    press(visit("lead"), ACT, "alerts-act", f"remove:{found.alert_id}", {})
    assert alerts.alerts(state()) == []


def test_a_message_is_raised_with_its_cause_or_not_at_all(
    visit: Visit, web: WebReceiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(visit(), channels=[channel(web)])

    def breaks(*_: Any) -> int:
        raise RuntimeError("power cut")

    with monkeypatch.context() as patched, pytest.raises(RuntimeError):
        patched.setattr(outbox, "put", breaks)
        runs()
    assert alerts.open_findings(state(), owner="executive") == []
    runs()
    with reading(state()) as connection:
        rows = connection.execute(select(outbox_table.c.source, outbox_table.c.customer_id)).all()
    assert [tuple(row) for row in rows] == [("alert", "")]


# --- channels and messages -------------------------------------------------------------------


def new_channel(visitor: Visitor, **fields: Any) -> Answer:
    plain = {"kind": "webhook", "name": "Hook", "secret": SECRET, "security": "starttls"}
    return filled(
        visitor, CHANNEL, "messages-field", plain | fields, **{"messages-add.n_clicks": 1}
    )


def test_a_channel_is_added_tested_and_removed(visit: Visit, web: WebReceiver) -> None:
    visitor = visit("admin")
    address = f"http://127.0.0.1:{web.port}/in?key=private"
    added = new_channel(visitor, address=address)
    assert "is added" in added.words
    opened = visitor.open("/messages")
    assert "Hook" in opened.words
    for secret in (SECRET, "private"):
        assert secret not in opened.text + added.text
    (made,) = channels(state())
    said = press(visitor, MESSAGES, "messages-act", f"test:{made.channel_id}", {})
    assert "taken" in said.words
    assert len(web.got) == 1
    press(visitor, MESSAGES, "messages-act", f"remove:{made.channel_id}", {})
    assert channels(state()) == []
    said = press(visitor, MESSAGES, "messages-act", f"test:{made.channel_id}", {})
    assert "no such channel" in said.words


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"address": "https://127.0.0.1/x"}, "inside a network"),
        ({"address": "http://example.com/x"}, "https://"),
        ({"address": "https://10.0.0.1/x", "secret": "short"}, "secret"),
        ({"kind": "email", "address": "10.0.0.1", "sender": "x"}, "plain e-mail"),
    ],
)
def test_a_channel_that_cannot_be_is_told(visit: Visit, fields: dict[str, str], said: str) -> None:
    assert said in new_channel(visit("admin"), **fields).words
    assert channels(state()) == []


@pytest.mark.parametrize("user", ["executive", "lead", "rep", "analyst"])
def test_only_administrators_see_messages_and_channels(visit: Visit, user: str) -> None:
    visitor = visit(user)
    assert "may not see" in " ".join(str(visitor.open("/messages").layout).split())
    assert "may not see" in new_channel(visitor, address="https://example.com/").words
    assert channels(state()) == []
