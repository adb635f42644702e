"""Bad input of every kind gets Telegram's error, and the stand-in goes on."""

import json
from random import Random

import pytest

from sandbox.facts import facts

TOKEN = "123456:" + "A" * 35
JSON = {"content-type": "application/json"}
NAMED = b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\n'
HOSTILE = [
    "<script>alert(1)</script>&amp;",
    "\u202eevil\u202c\u200f",
    "ក" * 10_000,
    "a\u0000b",
    "😀" * 3000,
    "'; DROP TABLE people; --",
    "{name}%s\\n\r\n",
]


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
async def test_hostile_names_and_titles_come_through_as_they_are(name, api, people):
    """To the bot, to the phone, to the transcript; nothing reads them as markup."""
    person = await people.add(name)
    await person.open("https://t.me/samleng_demo_bot")
    await person.say(name[:4000])
    group = await people.group(name, [person])
    await group.act("add_bot")
    updates = await api("getUpdates")
    assert updates[0]["message"]["from"]["first_name"] == name
    assert updates[-1]["message"]["chat"]["title"] == name
    assert (await api("getChat", chat_id=group.id))["title"] == name
    assert (await person.phone()).messages[-1].raw["from"]["name"] == name
    assert name[:3] in await person.transcript()
    answer = await api("sendMessage", chat_id=person.id, text=name)
    assert answer["text"] == name.strip() if len(name) <= 4096 else answer == "400 Bad Request: message is too long"


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b"{"),
        ("application/json", b"\xff\xfe"),
        ("application/json", b"[" * 100_000),
        ("application/json", b"[]"),
        ("application/json", b'"x"'),
        ("multipart/form-data", b"--x\r\n\r\n"),
        ("multipart/form-data; boundary=x", b"nothing of the kind"),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data\r\n\r\n1\r\n--x--\r\n"),
        ("multipart/form-data; boundary=x", NAMED + b"1"),
        ("multipart/form-data; boundary=x", NAMED + b"\xff\r\n--x--\r\n"),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Type: multipart/mixed; boundary=y\r\n\r\n--y--\r\n--x--"),
        ("multipart/form-data; boundary=" + "x" * 100, b""),
        ("application/x-www-form-urlencoded", b"\xff=\xff"),
        ("application/x-www-form-urlencoded", b"chat_id=%FF&text=%"),
        ("no/kind; charset=klingon", b"text=1"),
        ("", b"text"),
    ],
    ids=range(16),
)  # fmt: skip
async def test_a_body_that_cannot_be_read_is_refused(kind, body, http):
    """As a bad request, whatever it claims to be."""
    answer = await http.post(f"/bot{TOKEN}/sendMessage", content=body, headers={"content-type": kind})
    assert answer.status_code == 400, answer.text
    assert answer.json()["description"].startswith("Bad Request: ")


@pytest.mark.parametrize(
    "token", ["x", "1:short", "१२३456:" + "A" * 35, "123456:" + "A" * 35 + "%20", "%00:" + "A" * 35]
)
async def test_a_wrong_token_is_unauthorized(token, http):
    """Whatever does not look like a token."""
    answer = await http.post(f"/bot{token}/getMe")
    assert (answer.status_code, answer.json()) == (
        401, {"ok": False, "error_code": 401, "description": "Unauthorized"},
    )  # fmt: skip


async def test_chance_calls_never_break_it(http, api, sokha):
    """Hundreds of calls with values that fit nothing: each is answered, none with a failure of the stand-in."""
    rng = Random(5)
    values = [
        *(None, "", "x", 0, -1, 2**63, 1.5, True, [], [[]], {}, {"type": "x"}, [{"x": 1}], "[]", "{}", "\u202e"),
        *(sokha.id, -5, "attach://x", {"inline_keyboard": [[{}]]}, [{"type": "bold", "offset": -1, "length": 0}]),
    ]
    for _ in range(400):
        method = rng.choice([name for name in facts().methods if name != "setWebhook"])
        names = rng.sample(list(facts().methods[method]), k=min(3, len(facts().methods[method])))
        given = {name: rng.choice(values) for name in names if name != "timeout"}
        if "chat_id" in facts().methods[method] and rng.random() < 0.7:
            given["chat_id"] = sokha.id
        answer = await http.post(f"/bot{TOKEN}/{method}", content=json.dumps(given), headers=JSON)
        assert answer.status_code in {200, 400, 403, 501, 429}, (method, given, answer.text)
    assert (await api("getMe"))["is_bot"]


async def test_unknown_methods_are_counted_under_one_name(http, people):
    """Made-up names don't fill the log's counters."""
    for number in range(5):
        await http.post(f"/bot{TOKEN}/made{number}")
    assert (await people.calls())["counts"] == {"(unknown)": 5}
