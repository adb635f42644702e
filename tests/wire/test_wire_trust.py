"""What people may trust: who sees what, what stays on a screen, and what is written into logs."""

import asyncio
import sqlite3
from datetime import timedelta

from posting import nine_score
from village import (
    account,
    arrive,
    citizen,
    close,
    close_by_button,
    digest_in,
    due,
    english,
    forge,
    go_on,
    of_bot,
    pass_on,
    rows,
    score,
    score_all,
    shows,
    soon,
    still,
    tell,
    told,
)
from waiting import CEILING

NEUTRAL = "ត្រូវបានលុប"


async def test_private_screens_are_protected(telegram, people, house):
    """Nothing that the bot shows anybody alone can be forwarded, but the invitation; what the group gets can be."""
    dara = await house.facilitator(people)
    group = await house.group(people, dara)
    await house.open_session(dara)
    link, _ = await pass_on(dara)
    rithy = await citizen(people)
    for text in ("/start", "/help", "/privacy", "/language", "/cancel", "hello", "/open"):
        await tell(rithy, text)
    await arrive(rithy, link)
    await rithy.tap_through("🔒")
    await rithy.tap_through("⬅")
    await tell(rithy, "text")
    await score(rithy, link)
    await nine_score(house)
    await tell(dara, "/sessions")
    await close(dara)
    await dara.tap_through("✅")
    await digest_in(dara, group)
    await tell(dara, "/open")
    house.clock.ahead = timedelta(hours=30)
    await still(telegram, house)
    bot = account(telegram, house)
    chats = [*telegram.world.private.values(), *telegram.world.groups.values()]
    sent = [(c, m) for c in chats for m in (*c.messages.values(), *c.deleted.values()) if m.sender is bot]
    assert len(sent) > 12
    passed_on = [m for c, m in sent if c.person and not m.protected]
    assert ["?start=s-" in m.text or m.media is not None for m in passed_on] == [True] * 3
    assert [m.media.kind for m in passed_on if m.media is not None] == ["document", "photo"]
    assert not [m.text for c, m in sent if m.protected and not c.person]


async def test_nothing_of_people_in_logs(telegram, people, house, log):
    """Neither names, ids, answers, texts nor payloads are logged, whatever happens, nor the token."""
    dara = await house.facilitator(people)
    group = await house.group(people, dara, "SecretTitle")
    await house.open_session(dara, ("SecretSchool",))
    link, code = await pass_on(dara)
    rithy = await people.add("SecretName", username="secret_user")
    await score(rithy, link, stop=5)
    await tell(rithy, "SecretRemark")
    await forge(telegram, rithy, "SecretData")
    await forge(telegram, rithy, "e:thanks:" + link.partition("=")[2] + ":SecretSeat")
    await rithy.block()
    await group.act("remove_bot")
    await close(dara)
    await dara.tap("✅", wait=CEILING)
    await still(telegram, house)
    await telegram.stop()
    await soon(lambda: "no updates" in log.getvalue())
    await telegram.start()
    house.clock.ahead = timedelta(hours=30)
    await tell(dara, "/start")
    await house.stop()
    await house.start()
    written = log.getvalue()
    assert "sealed" in written
    token = house.settings.bot_token.get_secret_value()
    secrets = ("Secret", "secret_user", token, token[6:], code, link.partition("=s-")[2], str(rithy.id), str(dara.id))
    assert [secret for secret in (*secrets, str(group.id), "Traceback") if secret in written] == []


def turned(screen):
    """The button that shows the numbers of an open session anew, if there is one."""
    return next((button for button in screen.buttons if (button.data or "").startswith("e:session:")), None)


async def test_bands_for_the_facilitator_alone(telegram, people, house):
    """While it is open a session shows its facilitator rough numbers, once a minute, and nobody anything else."""
    dara = await house.facilitator(people)
    link = await house.open_session(dara)
    board = next(m for m in await of_bot(dara) if turned(m))

    async def numbers():
        return next(m for m in await of_bot(dara) if m.id == board.id).text.partition("៖\n•")[2].partition("\n")[0]

    few = await numbers()
    assert "តិចជាង ៨" in few
    await score_all(people, link, 7)
    house.clock.ahead = timedelta(seconds=61)
    await still(telegram, house)
    assert await numbers() == few
    crowd = await score_all(people, link, 2)
    house.clock.ahead = timedelta(seconds=125)
    await soon(lambda: changed(numbers, few))
    eight = await numbers()
    assert "៨" in eight
    assert "៩" not in eight
    await score_all(people, link, 2)
    await dara.tap(turned(board), message=board.id, wait=CEILING)
    await still(telegram, house)
    assert await numbers() == eight
    house.clock.ahead = timedelta(seconds=190)
    await soon(lambda: changed(numbers, eight))
    assert "១០" in await numbers()
    for person in crowd:
        assert "គ្រឿងឡើងទៅ" not in told(telegram, person)
    assert "គ្រឿងឡើងទៅ" in told(telegram, dara)
    screen = await tell(dara, "/close")
    assert "១១ គ្រឿង" not in screen.text


async def changed(numbers, old):
    return await numbers() != old


async def test_the_closing_question_is_not_overwritten(telegram, people, house):
    """Who is asked how to close, on the screen of the numbers, keeps the question when the numbers change."""
    dara = await house.facilitator(people)
    link = await house.open_session(dara)
    board = next(m for m in await of_bot(dara) if turned(m))
    question = await dara.tap_through(next(b for b in board.buttons if (b.data or "").startswith("e:close:")))
    await score_all(people, link, 8)
    house.clock.ahead = timedelta(seconds=61)
    await still(telegram, house)
    await score(await citizen(people), link)
    await still(telegram, house)
    assert next(m for m in await of_bot(dara) if m.id == question.id).text == question.text


async def test_results_go_to_nobody_else(telegram, people, house):
    """Before it is posted only facilitators of the commune see what came out; citizens never do in their chats."""
    dara = await house.facilitator(people)
    far = await house.facilitator(people, "120101", name="Far")
    group = await house.group(people, dara)
    link = await house.open_session(dara)
    crowd = await score_all(people, link, 8, 5)
    await close_by_button(dara)
    await dara.tap_through("✅")
    await digest_in(dara, group)
    await forge(telegram, far, "e:session:1")
    await still(telegram, house)
    assert "៥ លើ ៥" in told(telegram, dara)
    for person in (*crowd, far):
        assert [secret for secret in ("៥ លើ ៥", "of 5") if secret in told(telegram, person)] == []


async def test_screens_are_wiped_at_closing(telegram, people, house):
    """Closing makes the screen of somebody mid-way neutral, in their language, and leaves who was done alone."""
    dara = await house.facilitator(people)
    link = await house.open_session(dara)
    rithy, sokha, done = [await citizen(people) for _ in range(3)]
    await english(sokha)
    await asyncio.gather(score(rithy, link, stop=4), score(sokha, link, stop=7), score(done, link))
    thanks = (await done.screen()).text
    await close(dara)
    assert not (await shows(rithy, NEUTRAL)).find("✅")
    await shows(sokha, "is erased")
    await still(telegram, house)
    assert (await done.screen()).text == thanks
    assert len(await of_bot(rithy)) == 1
    assert rows(house, "SELECT * FROM dialogue") + rows(house, "SELECT * FROM ballot") == []
    assert not list((house.folder / "keys").glob("*.key"))


async def test_a_day_of_silence(telegram, people, house):
    """After a day without a word the screen becomes neutral and the answers are erased; what was sent stays."""
    dara = await house.facilitator(people)
    screen = await tell(dara, "/open")
    screen = await dara.tap_through(screen.rows[0][0])
    screen = await dara.tap_through("✅")
    await dara.tap_through(screen.rows[-2][0])
    await dara.tap_through("⏭")
    await dara.tap_through("✅")
    link, _ = await pass_on(dara)
    rithy, sokha = await citizen(people), await citizen(people)
    await asyncio.gather(score(rithy, link, stop=4), score(sokha, link, stop=10))
    assert rows(house, "SELECT count(*) FROM ballot") == [(1,)]
    for hours, left in ((23, 2), (26, 0)):
        house.clock.ahead = timedelta(hours=hours)
        for erases in house.store.house.erases:
            await house.store.run(erases.erase)  # the courier does so every minute
        await still(telegram, house)
        assert rows(house, "SELECT count(*) FROM dialogue") == [(left,)]
        assert ((await rithy.screen()).find("✖") is None) == (not left)
    await shows(rithy, NEUTRAL)
    assert rows(house, "SELECT count(*) FROM ballot") == [(1,)]
    await go_on(rithy, await arrive(rithy, link))
    assert rows(house, "SELECT count(*) FROM ballot") == [(2,)]
    assert due(house) == 0


async def test_no_id_beside_a_score(people, house):
    """Outside a conversation under way no table holds a citizen's id, and a ballot nothing that tells whose it is."""
    dara = await house.facilitator(people)
    link = await house.open_session(dara)
    rithy = await citizen(people)
    await score(rithy, link)
    with sqlite3.connect(house.folder / "samleng.sqlite3") as connection:
        dump = list(connection.iterdump())
    connection.close()
    assert {line.split('"')[1] for line in dump if str(rithy.id) in line} == {"person"}
