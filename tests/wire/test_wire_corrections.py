"""The name of a school or a health centre is put right, wherever its digest stands."""

from functools import partial

from posting import corrected, digest, picture, scored, uploads, with_photo
from village import YES, close, digest_in, digests, english, forge, of_bot, shows, soon, still, tell

from bot.telegram import front
from digests import poster
from storage import tables

NAME = "អង្គរ"


async def rename(telegram, dara, name=NAME, question="សរសេរខុស"):
    """The first school or health centre gets another name."""
    await forge(telegram, dara, "e:rename:1")
    screen = await shows(dara, question)
    await dara.tap_through(screen.rows[0][0], message=screen.id)
    await tell(dara, name)
    screen = await shows(dara, name)  # that the digest could not be pinned may be told meanwhile
    await dara.tap_through(YES, message=screen.id)


async def test_a_name_is_put_right_where_it_stands(telegram, people, house):
    """A correction rewrites picture and caption of the message that stands, and posts no second."""
    dara, (group,), _ = await scored(people, house)
    await close(dara)
    await dara.tap_through("✅")
    before = await digest_in(dara, group)
    await rename(telegram, dara)
    after = await soon(partial(corrected, dara, group, NAME))
    assert (after.id, after.pinned) == (before.id, before.pinned)
    in_khmer = before.text.replace("មណ្ឌលសុខភាព Name 0", f"មណ្ឌលសុខភាព{NAME}")  # Khmer parts no words
    assert after.text == in_khmer.replace("Name 0", NAME)
    assert await picture(people, after) == poster.draw(poster.front(await digest(house), "km")[0])


async def test_a_name_put_right_while_the_digest_is_on_its_way(telegram, people, house):
    """A correction that comes while the picture is drawn is not lost: the message is rewritten once it stands."""
    dara, (group,), _ = await scored(people, house)
    await close(dara)
    await people.fault("delay", methods=["editMessageMedia"], seconds=1.5, times=1)
    await dara.tap_through("✅")
    await soon(lambda: not list(telegram.world.faults))
    await rename(telegram, dara)
    assert not await digests(dara, group)
    await soon(partial(corrected, dara, group, NAME))
    await still(telegram, house)
    assert len(await digests(dara, group)) == 1


async def test_one_of_two_names(telegram, people, house):
    """Where the names differ, the one that the facilitator reads is put right, and the other stays."""
    dara, (group,), _ = await scored(people, house)
    other = {"en": "Lungvek"}
    for table in (tables.point, tables.session_point):
        await house.store.run(lambda unit, t=table: unit.db.execute(t.update().where(t.c.km == "Name 0").values(other)))
    await close(dara)
    await dara.tap_through("✅")
    assert "Lungvek" in (await digest_in(dara, group)).text
    await english(dara)
    await rename(telegram, dara, "Longvek", "Which name")
    after = await soon(partial(corrected, dara, group, "Longvek"))
    assert "Lungvek" not in after.text
    assert "Name 0" in after.text
    assert await picture(people, after) == poster.draw(poster.front(await digest(house), "km")[0])


async def test_every_picture_is_put_right(telegram, people, house, monkeypatch):
    """Of a digest in several pictures each is drawn anew and keeps its place; the last keeps caption and buttons."""
    monkeypatch.setattr(poster, "MOST_SERVICES", 1)
    dara, (group,), _ = await scored(people, house)
    await close(dara)
    await dara.tap_through("✅")
    last = await digest_in(dara, group)
    before = await with_photo(dara, group)
    await rename(telegram, dara)
    after = await soon(partial(corrected, dara, group, NAME))
    now = await with_photo(dara, group)
    assert [m.id for m in now] == [m.id for m in before]
    drawn = [poster.draw(one) for one in poster.front(await digest(house), "km")]
    assert len(drawn) == 3
    assert [await picture(people, m) for m in now] == drawn
    assert [m.text for m in now] == ["", "", after.text]
    assert after.rows == last.rows


async def test_a_copy_is_put_right_and_stands_alone(telegram, people, house, monkeypatch):
    """What /summary brought is put right as well; asked for again it comes in place of the copy before."""
    monkeypatch.setattr(front, "QUIET_SECONDS", 0)
    dara, (group,), _ = await scored(people, house)
    await close(dara)
    await dara.tap_through("✅")
    posted = await digest_in(dara, group)
    await dara.say("/summary", chat=group.id)
    copy = await soon(partial(_newer, dara, group, posted.id))
    await rename(telegram, dara)
    await soon(partial(_all_say, dara, group, NAME))
    await dara.say("/summary", chat=group.id)
    again = await soon(partial(_newer, dara, group, copy.id))
    await still(telegram, house)
    assert [m.id for m in await digests(dara, group)] == [posted.id, again.id]
    assert NAME in again.text


async def test_what_stood_before_a_group_grew(telegram, people, house):
    """A supergroup numbers its messages anew: none is rewritten there by mistake, and /summary has the right name."""
    dara, (group,), _ = await scored(people, house)
    await close(dara)
    await dara.tap_through("✅")
    await digest_in(dara, group)
    await group.act("migrate")
    await still(telegram, house)
    before = [(m.id, m.text) for m in await of_bot(dara, chat=group.id)]
    pictures = uploads(telegram)
    await rename(telegram, dara)
    await still(telegram, house)
    assert [(m.id, m.text) for m in await of_bot(dara, chat=group.id)] == before
    assert uploads(telegram) == pictures
    await dara.say("/summary", chat=group.id)
    assert NAME in (await digest_in(dara, group)).text


async def _newer(dara, group, than):
    return next((m for m in await digests(dara, group) if m.id > than), None)


async def _all_say(dara, group, name):
    found = await digests(dara, group)
    return len(found) == 2 and all(name in m.text for m in found)
