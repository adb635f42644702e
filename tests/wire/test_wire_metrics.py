"""What an operator's own programs see of a bot that runs."""

import socket
from datetime import timedelta

import httpx
import pytest
from house import House
from prometheus_client.parser import text_string_to_metric_families
from test_wire_unreadable import UNREADABLE, bring
from village import at_work, citizen, forge, rows, score, soon

from bot import metrics
from bot.trouble import Trouble


@pytest.fixture
async def watched(telegram, tmp_path, clock):
    """A bot with an address for whoever looks after it."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    house = House(telegram.url, tmp_path, clock=clock)
    house.settings = house.settings.model_copy(update={"metrics": ("127.0.0.1", port)})
    async with house, httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
        await at_work(telegram, house)
        yield house, client


async def numbers(client):
    """Each sample by its name, and by its labels where it has some."""
    families = text_string_to_metric_families((await client.get("/metrics")).raise_for_status().text)
    samples = [sample for family in families for sample in family.samples]
    return {(sample.name, *sample.labels.values()): sample.value for sample in samples}


async def test_what_the_numbers_say(telegram, people, watched):
    """They are those of what happened: updates, taps, what nobody could read, commits, and the outbox."""
    house, client = watched
    link = await house.open_session(await house.facilitator(people))
    before = await numbers(client)
    await score(await citizen(people), link)
    after = await numbers(client)
    ours = [call for call in telegram.calls.since(0) if call.method == "answerCallbackQuery"]
    assert after["samleng_taps_total",] == len(ours)
    assert after["samleng_updates_total",] > after["samleng_taps_total",] > before["samleng_taps_total",]
    assert after["samleng_units_total",] >= after["samleng_commits_total",] > before["samleng_commits_total",]
    assert after["samleng_outbox_posts",] == after["samleng_outbox_age_seconds",] == 0
    assert after["samleng_since_last_update_seconds",] >= 0


async def test_what_nobody_could_read(telegram, watched, log):
    """It is counted by its kind, and the error in the log by its words."""
    house, client = watched
    bring(telegram, house, UNREADABLE[0])
    await soon(lambda: "not understood" in log.getvalue())
    after = await numbers(client)
    assert after["samleng_unreadable_updates_total", "message"] == 1
    assert after["samleng_log_events_total", "update not understood, passed over", "error"] >= 1


async def test_nothing_in_the_numbers_is_about_people(people, watched):
    """No id, name or text of anybody, and no token."""
    house, client = watched
    dara = await house.facilitator(people, name="Sokunthea")
    await house.open_session(dara)
    text = (await client.get("/metrics")).text + (await client.get("/health")).text
    for secret in ("Sokunthea", str(dara.id), house.settings.bot_token.get_secret_value().partition(":")[2]):
        assert secret not in text


async def test_a_bot_that_is_well(watched):
    """It says so in a word."""
    _, client = watched
    answer = await client.get("/health")
    assert (answer.status_code, answer.text) == (200, "ok\n")


async def test_a_bot_that_is_not(telegram, people, watched, monkeypatch):
    """It says with what, a line each."""
    house, client = watched
    dara = await house.facilitator(people)
    await house.open_session(dara)
    await people.fault("server_error", methods=["sendDocument"])
    await forge(telegram, dara, "e:pack:1")
    await soon(lambda: rows(house, "SELECT 1 FROM post WHERE attempts > 0"))
    house.clock.ahead = timedelta(minutes=20)
    await soon(lambda: not house.theirs.apart(house.clock()))
    monkeypatch.setattr(metrics, "SILENT_SECONDS", -1.0)
    answer = await client.get("/health")
    assert answer.status_code == 503
    for line in ("telegram: it has not", "courier: it has not", "outbox: a post has been due for 20 minutes"):
        assert line in answer.text


@pytest.mark.parametrize("minutes", [-3, 3])
async def test_a_clock_that_is_wrong(watched, clock, minutes):
    """Whichever of the two is ahead."""
    house, client = watched
    house.store._clock = lambda: clock() + timedelta(minutes=minutes)
    answer = await client.get("/health")
    assert (answer.status_code, answer.text.partition(":")[0]) == (503, "clock")
    assert (await numbers(client))["samleng_clock_doubted",] == 1


async def test_an_address_that_is_taken(telegram, watched, tmp_path):
    """The bot does not start, and says which."""
    house, _ = watched
    other = House(telegram.url, tmp_path, token="67890:" + "b" * 35, clock=house.clock)
    other.settings = other.settings.model_copy(update={"metrics": house.settings.metrics})
    await other.start()
    with pytest.raises(Trouble, match=r"SAMLENG_METRICS: 127\.0\.0\.1:\d+ can't be used \(.*\)\. Name another"):
        await other._serving
    other.store.close()
