"""The digest as a picture: to the group, before that to its facilitator, and to whoever wants to know more."""

import re
from datetime import UTC, datetime, timedelta
from functools import partial
from io import BytesIO
from random import Random

import pytest
from house import link_group
from PIL import Image
from posting import CITIZENS, digest, picture, previews, scored, uploads, with_photo
from village import (
    arrive,
    citizen,
    close,
    digest_in,
    digests,
    forge,
    of_bot,
    rows,
    score_all,
    session_of,
    shows,
    soon,
    still,
    tell,
)
from waiting import CEILING

from bot.telegram import pictures
from digests import poster
from scorecard.session import PHNOM_PENH
from scorecard.silent_hours import SilentHours

GROUPS = 20

LATER = next(seed for seed in range(999) if (chance := Random(seed)).random() >= 0.9 > chance.random())
"""The seed of a fault that lets the first call pass and not the second: see `sandbox.faults`."""


async def test_the_group_receives_what_its_facilitator_saw(people, house):
    """Picture and caption first to the facilitator, then the same to the group; drawn from the release."""
    dara, (group,), _ = await scored(people, house)
    await close(dara)
    (preview,) = await previews(dara)
    assert not await digests(dara, group)
    await dara.tap_through("✅")
    posted = await digest_in(dara, group)
    assert (posted.text, posted.rows) == (preview.text, preview.rows)
    drawn = await picture(people, posted)
    assert drawn == await picture(people, preview)
    assert drawn == poster.draw(poster.front(await digest(house), "km")[0])
    assert Image.open(BytesIO(drawn)).width == 1080
    assert not posted.protected


async def test_twenty_groups_and_one_drawing(telegram, people, house, monkeypatch):
    """A closing that affects twenty groups draws its picture once and uploads it once; each group receives it."""
    drawn = []
    monkeypatch.setattr(pictures, "draw", lambda picture: drawn.append(picture) or poster.draw(picture))
    dara, groups, _ = await scored(people, house, GROUPS)
    await close(dara)
    await dara.tap_through("✅")
    files = {await picture(people, await digest_in(dara, group)) for group in groups}
    assert len(files) == len(drawn) == 1
    assert sum(uploads(telegram)) == 1
    assert len(uploads(telegram)) == GROUPS + 1


async def test_drawn_once_also_after_a_new_start(telegram, people, house):
    """What Telegram has is sent by its file id, by a bot that was started anew as well."""
    dara, (group,), _ = await scored(people, house)
    await close(dara)
    await house.stop()
    await house.start()
    await dara.tap_through("✅")
    await digest_in(dara, group)
    assert uploads(telegram) == [True, False]


@pytest.mark.fault("a file id that is forgotten", holds="the picture is uploaded anew")
async def test_a_file_id_that_telegram_forgot(telegram, people, house):
    """A file id that no longer holds: the picture is drawn and uploaded anew, and its new id kept."""
    dara, (group,), _ = await scored(people, house)
    await close(dara)
    await house.store.run(lambda unit: unit.db.exec_driver_sql("UPDATE picture SET file_id = 'AgACAgUAAx0CZ'"))
    await dara.tap_through("✅")
    await digest_in(dara, group)
    await still(telegram, house)
    assert uploads(telegram) == [True, True]
    assert rows(house, "SELECT count(*) FROM picture WHERE file_id = 'AgACAgUAAx0CZ'") == [(0,)]


@pytest.mark.fault("a picture that can't be drawn", holds="the text goes out")
async def test_no_picture_can_be_drawn(people, house, monkeypatch):
    """Where drawing fails the text goes out: to the facilitator first, then to the group, pinned as well."""

    def broken(_):
        raise RuntimeError("no fonts")

    monkeypatch.setattr(pictures, "draw", broken)
    dara, (group,), _ = await scored(people, house)
    await close(dara)
    await dara.tap_through("✅")
    posted = await digest_in(dara, group)
    assert not posted.raw.get("photo")
    assert f"People who scored: {CITIZENS}" in posted.text
    assert any(m.text == posted.text for m in await of_bot(dara))


async def test_no_picture_may_be_sent(people, house):
    """A group that lets nobody send photos receives the text."""
    dara = await house.facilitator(people)
    group = await people.group("ឃុំ", [dara], kind="supergroup")
    await group.act("add_bot")
    await link_group(dara, group)
    await group.act("restrict", rights={"can_send_messages": True, "can_send_photos": False})
    await score_all(people, await house.open_session(dara), CITIZENS)
    await close(dara)
    await dara.tap_through("✅")
    posted = await digest_in(dara, group)
    assert not posted.raw.get("photo")
    assert f"People who scored: {CITIZENS}" in posted.text


@pytest.mark.parametrize("kind", ["server_error", "lost_reply", "reset", "too_many"])
@pytest.mark.fault("5xx", "a lost answer", "429 in one chat", holds="the digest arrives, with its picture")
async def test_a_bad_line_for_pictures(people, house, kind):
    """Whatever becomes of the first calls, the digest arrives, with its picture."""
    dara, (group,), _ = await scored(people, house)
    await close(dara)
    await people.fault(kind, methods=["editMessageMedia"], times=2, seconds=0.2)
    await dara.tap_through("✅")

    async def arrived():
        house.clock.ahead += timedelta(minutes=1)  # longer than any pause after two failures
        return await digests(dara, group)

    (posted,) = await soon(arrived)
    assert posted.raw.get("photo")


async def test_summary_brings_the_picture_again(telegram, people, house):
    """/summary shows the last digest, picture and all, by its file id, and doesn't pin it."""
    dara, (group,), _ = await scored(people, house)
    await close(dara)
    await dara.tap_through("✅")
    first = await digest_in(dara, group)
    await dara.say("/summary", chat=group.id)
    again = await soon(partial(_second, dara, group))
    assert (again.text, again.rows, again.pinned) == (first.text, first.rows, False)
    assert await picture(people, again) == await picture(people, first)
    assert sum(uploads(telegram)) == 1


async def _second(dara, group):
    found = await digests(dara, group)
    return found[1] if len(found) > 1 else None


@pytest.mark.fault("5xx", holds="of several pictures each comes once")
async def test_several_pictures_come_once_each(people, house, monkeypatch):
    """Where the line breaks after the first of several pictures, and the power after that, the rest comes, once."""
    monkeypatch.setattr(poster, "MOST_SERVICES", 1)
    dara, (group,), _ = await scored(people, house)
    await close(dara)
    await people.fault("server_error", methods=["editMessageMedia"], chance=0.9, seed=LATER)
    await dara.tap_through("✅")
    await soon(lambda: rows(house, "SELECT 1 FROM post WHERE kind = 'digest' AND attempts = 1"))
    (first,) = await with_photo(dara, group)
    await house.stop()
    await people.no_fault()
    house.clock.ahead = timedelta(minutes=1)
    await house.start()
    last = await digest_in(dara, group)
    assert [m.id for m in await with_photo(dara, group)] == [first.id, first.id + 1, last.id]


async def test_who_wants_to_know_more(people, house):
    """The button below the digest leads to the private chat: a picture for each service, pages for the wall."""
    dara, (group,), link = await scored(people, house)
    await close(dara)
    await dara.tap_through("✅")
    more = (await digest_in(dara, group)).buttons[0]
    assert more.url == link
    rithy = await citizen(people)
    screen = await arrive(rithy, more.url)
    await rithy.tap(screen.rows[1][0], message=screen.id)
    poster_ = await soon(partial(_with, rithy, "photo"))
    assert "Name 0" in poster_.text
    point = (await session_of(house)).session.points[1].id
    assert await picture(people, poster_) == poster.draw(*poster.service(await digest(house), point, "km"))
    await rithy.tap(screen.find("បោះពុម្ព A4") or screen.rows[3][0], message=screen.id)
    wall = await soon(partial(_with, rithy, "document"))
    assert re.fullmatch(r"samleng-\d{6}-\d{4}-km-a4\.pdf", wall.raw["file"]["name"])
    assert (await picture(people, wall)).startswith(b"%PDF")
    assert not any("data:" in (button.data or "") or "rename" in (button.data or "") for button in screen.buttons)


async def _with(person, kind):
    return next((m for m in reversed(await of_bot(person)) if m.raw.get(kind)), None)


async def test_a_digest_is_nobody_elses_before_it_is_posted(telegram, people, house):
    """Citizens hear that it is closed; forged taps bring no pictures and no data, nor to other facilitators."""
    dara, _, link = await scored(people, house)
    await close(dara)
    payload = link.partition("=")[2]
    strangers = [await citizen(people), await house.facilitator(people, "010201", name="Other")]
    for stranger in strangers:
        assert "បិទហើយ" in (await arrive(stranger, link)).text or "closed" in (await of_bot(stranger))[-1].text
        for data in (f"poster:{payload}:1", f"wall:{payload}:a4", f"data:{payload}:xlsx", "preview:1", "rename:1"):
            await forge(telegram, stranger, f"e:{data}")
    await still(telegram, house)
    for stranger in strangers:
        assert not [m for m in await of_bot(stranger) if m.raw.get("photo") or m.raw.get("document")]


async def test_data_is_for_facilitators(telegram, people, house):
    """Each format comes as a document to the facilitator; a citizen who forges the tap gets none, posted or not."""
    dara, (group,), link = await scored(people, house)
    await close(dara)
    await dara.tap_through("✅")
    await digest_in(dara, group)
    rithy, payload = await citizen(people), link.partition("=")[2]
    await arrive(rithy, link)
    for format_ in ("xlsx", "csv", "hxl", "json"):
        await forge(telegram, dara, f"e:data:{payload}:{format_}")
        await forge(telegram, rithy, f"e:data:{payload}:{format_}")
    await soon(partial(_documents, dara, 5))
    names = [m.raw["file"]["name"].partition(".")[2] for m in await of_bot(dara) if m.raw.get("document")]
    assert names == ["pdf", "xlsx", "csv", "hxl.csv", "json"]
    assert not [m for m in await of_bot(rithy) if m.raw.get("document")]


async def _documents(person, count):
    return len([m for m in await of_bot(person) if m.raw.get("document")]) == count


async def test_what_is_printed_for_the_meeting(telegram, people, house):
    """With the answer to /open comes a PDF; it can be asked for again, but not by others, nor after closing."""
    dara = await house.facilitator(people)
    await house.open_session(dara)
    pack = await soon(partial(_with, dara, "document"))
    assert (await picture(people, pack)).startswith(b"%PDF")
    assert not pack.protected
    await forge(telegram, await _somebody(people), "e:pack:1")
    await forge(telegram, dara, "e:pack:1")
    await soon(partial(_documents, dara, 2))
    await close(dara)
    await forge(telegram, dara, "e:pack:1")
    await still(telegram, house)
    assert await _documents(dara, 2)


async def _somebody(people):
    person = await citizen(people)
    await tell(person, "/start")
    return person


async def test_a_group_reads_in_its_language(people, house):
    """A facilitator chooses it in the group; another member's tap changes nothing; picture and caption follow."""
    dara, (group,), _ = await scored(people, house)
    rithy = await citizen(people)
    await group.act("add", person=rithy)
    linked = (await of_bot(dara, chat=group.id))[0]
    await rithy.tap("English", chat=group.id, wait=CEILING)
    assert rows(house, "SELECT language FROM group_chat") == [("both",)]
    await dara.tap_through("English", chat=group.id)
    assert rows(house, "SELECT language FROM group_chat") == [("en",)]
    assert not (await of_bot(dara, chat=group.id))[0].buttons
    assert linked.buttons
    await close(dara)
    await dara.tap_through("✅")
    posted = await digest_in(dara, group)
    assert not re.search("[\u1780-\u17ff]", posted.text.replace("Name", ""))
    assert await picture(people, posted) == poster.draw(poster.front(await digest(house), "en")[0])
    await dara.say("/language", chat=group.id)
    await shows(dara, "in which language shall", chat=group.id)


async def test_nobody_is_woken(telegram, people, house):
    """In the silent hours what posts itself waits until morning; what is posted by hand comes without a sound."""
    now = datetime.now(UTC).astimezone(PHNOM_PENH)
    night = SilentHours(now.hour, (now.hour + 2) % 24)
    await house.stop()
    house.settings = house.settings.model_copy(update={"silent_hours": night})
    await house.start()
    dara, (group,), _ = await scored(people, house)
    await close(dara)
    await dara.tap("⏭", wait=CEILING)
    house.clock.ahead = timedelta(hours=24, minutes=1)
    await still(telegram, house)
    assert not await digests(dara, group)
    await dara.tap_through("✅")
    await digest_in(dara, group)
    sent = [call for call in telegram.calls.since(0) if "What people said" in str(call.parameters.get("text"))]
    assert [str(call.parameters.get("disable_notification")).lower() == "true" for call in sent] == [False, True]


async def test_a_dead_line_does_not_cost_the_picture(people, house):
    """After failures of every kind of call the digest still comes as a picture, once calls get through again."""
    dara, (group,), _ = await scored(people, house)
    await close(dara)
    fault = await people.fault("server_error", methods=["editMessageMedia", "sendMessage"])
    await dara.tap_through("✅")
    await soon(lambda: rows(house, "SELECT 1 FROM post WHERE kind = 'digest' AND attempts = 1"))
    await house.store.run(lambda unit: unit.db.exec_driver_sql("UPDATE post SET attempts = 7 WHERE kind = 'digest'"))
    await people.no_fault(fault)
    house.clock.ahead = timedelta(hours=1)
    assert (await digest_in(dara, group)).raw.get("photo")


async def test_a_line_that_bears_no_pictures(people, house):
    """Where pictures alone fail again and again, the text goes out."""
    dara, (group,), _ = await scored(people, house)
    await close(dara)
    await people.fault("server_error", methods=["editMessageMedia"])
    await dara.tap_through("✅")
    await soon(lambda: rows(house, "SELECT 1 FROM post WHERE kind = 'digest' AND attempts = 1"))
    await house.store.run(lambda unit: unit.db.exec_driver_sql("UPDATE post SET attempts = 3 WHERE kind = 'digest'"))
    house.clock.ahead = timedelta(hours=1)
    assert not (await digest_in(dara, group)).raw.get("photo")


async def test_who_is_no_facilitator_any_more_sees_no_preview(telegram, people, house):
    """Whose role was taken away before the closing receives neither preview nor the way to post."""
    dara, _, _ = await scored(people, house)
    await still(telegram, house)
    await house.store.run(lambda unit: unit.db.exec_driver_sql("DELETE FROM role"))
    before = len(await of_bot(dara))
    house.clock.ahead = timedelta(days=8)
    await soon(lambda: rows(house, "SELECT 1 FROM session WHERE state = 'closed'"))
    await still(telegram, house)
    assert not await previews(dara)
    assert len(await of_bot(dara)) <= before


async def test_a_fault_in_what_a_picture_says(people, house, monkeypatch):
    """Where the picture's data can't be put together the text goes out, to facilitator and group."""

    def broken(*_):
        raise KeyError("criterion")

    monkeypatch.setattr(poster, "front", broken)
    dara, (group,), _ = await scored(people, house)
    await close(dara)
    await dara.tap_through("✅")
    assert f"People who scored: {CITIZENS}" in (await digest_in(dara, group)).text
