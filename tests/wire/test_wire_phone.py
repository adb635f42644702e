"""A phone that several people share."""

import asyncio
import json

from village import arrive, ballots, citizen, close, digest_in, forge, go_on, rows, score, still

ANOTHER, CORRECT = 0, 1


async def seats(people, house, count, score_=4):
    """A facilitator, a link, and a phone on which so many people have scored one after the other."""
    dara = await house.facilitator(people)
    link = await house.open_session(dara)
    phone = await citizen(people)
    await score(phone, link, score_)
    for _ in range(count - 1):
        await next_seat(phone, score_)
    return dara, link, phone


async def next_seat(phone, score_=4):
    screen = await phone.screen()
    await go_on(phone, await phone.tap_through(screen.rows[ANOTHER][0], message=screen.id), score_)


async def test_three_on_one_phone_count_once_each(people, house):
    """Three people on one phone and seven others make ten ballots; opening the link again adds none."""
    dara, link, phone = await seats(people, house, 3)
    group = await house.group(people, dara)
    await asyncio.gather(*[score(await citizen(people), link) for _ in range(7)])
    await arrive(phone, link)
    assert rows(house, "SELECT count(*), count(DISTINCT owner) FROM ballot") == [(10, 10)]
    await close(dara)
    await dara.tap_through("✅")
    assert "People who scored: 10" in (await digest_in(dara, group)).text


async def test_correcting_replaces(people, house):
    """Who corrects is asked for whom, begins from empty, and until they send what they sent before counts."""
    _, _, phone = await seats(people, house, 2, 2)
    screen = await phone.screen()
    screen = await phone.tap_through(screen.rows[CORRECT][0])
    screen = await phone.tap_through(screen.rows[0][1], message=screen.id)
    if "១/៦" not in screen.text:
        screen = await phone.tap_through(screen.rows[0][0], message=screen.id)
    await go_on(phone, screen, 5, stop=8)
    before = dict(ballots(house))
    await phone.tap_through("✅")
    after = dict(ballots(house))
    (mark,) = (mark for mark in before if after[mark] != before[mark])
    (_, was, *who), (_, now, *still_who) = (json.loads(kept[mark]) for kept in (before, after))
    assert (set(was.values()), set(now.values())) == ({2}, {5})
    assert (who[1:], after.keys()) == (still_who[1:], before.keys())


async def test_at_most_four(telegram, people, house):
    """A fifth person needs another phone, by whatever button they try."""
    _, link, phone = await seats(people, house, 4)
    screen = await phone.screen()
    payload = link.partition("=")[2]
    assert "៤" in (await phone.tap_through(screen.rows[ANOTHER][0])).text
    await forge(telegram, phone, f"e:another:{payload}")
    await forge(telegram, phone, f"e:join:{payload}")
    await still(telegram, house)
    assert rows(house, "SELECT count(*) FROM ballot") == [(4,)]
    assert rows(house, "SELECT * FROM dialogue") == []


async def test_the_next_person_sees_nothing_of_the_last(people, house):
    """The next person on a phone starts at the beginning, on a phone that shows no earlier answer."""
    dara = await house.facilitator(people)
    link = await house.open_session(dara)
    phone = await citizen(people)
    await score(phone, link, 2)
    screen = await phone.screen()
    screen = await phone.tap_through(screen.rows[ANOTHER][0])
    for _ in range(3):
        assert "☑" not in str(screen.rows)
        screen = await phone.tap_through(screen.rows[0][-1])
    texts = [message.text for message in (await phone.phone()).messages if message.by_bot]
    assert len(texts) == 1
