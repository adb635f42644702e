"""The whole path: from an invitation to the digest in the commune's group."""

import asyncio
import html
import re
from datetime import timedelta
from random import Random

from house import link_group
from village import (
    arrive,
    citizen,
    close,
    close_by_button,
    digest_in,
    digests,
    english,
    open_three,
    rows,
    score,
    session_of,
    shows,
    still,
)
from waiting import CEILING

from bot.drawing.signs import with_sign
from digests.text import digest_caption
from sandbox.citizen import TEMPERAMENTS, play
from scorecard.ballot import DONT_KNOW, Ballot
from scorecard.digest import Digest
from scorecard.disclosure import release
from scorecard.tally import EVERYBODY, count
from storage.results.digests import releases_of
from wording.catalogue import Wording, languages
from wording.names import asked_about

CITIZENS = 15
SCHOOLS = ("សាលាបឋមសិក្សាអូរ", "Wat Bo")


def said(sent, at):
    """The service point and the ballot that stand for what somebody sent, told by what was on the screen alone."""
    lines = "\n".join(sent["answers"][0]["question"])
    named = [point for point in at.points if point.km and point.km in lines]
    point = named[0] if named else at.points[0]
    says = [Wording(language).at(at.location) for language in languages()]
    scores = {}
    for answer in sent["answers"]:
        (key,) = [c.key for c in point.criteria if {asked_about(c, say) for say in says} & set(answer["question"])]
        scores[key] = answer["score"] or DONT_KNOW
    wishes = [
        c.key
        for c in point.criteria
        for label in c.label.values()
        for choice in sent["choices"]
        if choice["choice"] == with_sign(c.sign, label)
    ]
    return point.id, Ballot(scores, wishes[-1] if wishes else None)


async def test_the_group_receives_what_was_said(telegram, people, house):
    """Whatever people's temper and language, the digest is what the door lets out of what they tapped and sent."""
    dara = await house.facilitator(people)
    group = await people.group("ឃុំ", [dara])
    await group.act("add_bot", rights={"can_pin_messages": True})
    await link_group(dara, group)
    link = await house.open_session(dara, SCHOOLS)
    crowd = await people.add_many(CITIZENS)
    await asyncio.gather(*(english(person) for person in crowd[::2]))
    played = await asyncio.gather(
        *(play(p, link, Random(i), TEMPERAMENTS[i % len(TEMPERAMENTS)]) for i, p in enumerate(crowd))
    )
    assert [each.error for each in played] == [None] * CITIZENS
    at = (await session_of(house)).session
    ballots = [said(sent, at) for each in played for sent in each.sent]
    await close(dara)
    await dara.tap_through("✅")
    posted = await digest_in(dara, group)

    expected = tuple(
        release(count(1, point.id, tuple(c.key for c in point.criteria), [b for id_, b in ballots if id_ == point.id]))
        for point in at.points
    )
    released = await house.store.run(releases_of, 1)
    assert [everybody(one) for one in released] == [everybody(one) for one in expected]
    told = digest_caption(Digest((await session_of(house)).session, expected), languages())
    assert posted.text == html.unescape(re.sub("<[^>]*>", "", told))
    assert len([one for one in expected if one.ballots]) >= 1
    await still(telegram, house)
    assert (await digests(dara, group))[0].pinned
    await dara.say("/summary", chat=group.id)
    await still(telegram, house)
    first, again = await digests(dara, group)
    assert (again.text, again.pinned) == (first.text, False)


def everybody(released):
    """A release without the groups, which digests do not tell."""
    figures = [f for f in released.figures if f.group == EVERYBODY]
    return (released.point, released.ballots, figures, released.compared, released.wishes)


async def test_eight_are_heard_and_seven_are_not(people, house):
    """Eight who agree make a line that says so in both languages; what seven say is not shown."""
    dara = await house.facilitator(people)
    group = await house.group(people, dara)
    link = await house.open_session(dara, ("Wat Bo",))
    crowd = await people.add_many(8, language_code="km")
    await asyncio.gather(*(score(person, link, 5, kinds=1 + (person is not crowd[0])) for person in crowd))
    await close(dara)
    await dara.tap_through("✅")
    text = (await digest_in(dara, group)).text
    assert "People who scored: 8\n" in text
    assert "អ្នកដាក់ពិន្ទុ៖ ៨ នាក់\n" in text
    assert re.search(r"😄 [^\n]+: 5 of 5[^\n]+most are satisfied\n", text)
    most = Wording("km")("most are satisfied")
    assert re.search(rf"😄 [^\n]+៥ លើ ៥[^\n]+{most}\n", text)
    assert "Primary school Wat Bo\nToo few answers to show." in text
    assert not re.search("[17]", text.rpartition("Wat Bo")[2])


async def test_the_digest_comes_by_itself_after_a_day(telegram, people, house):
    """Who taps ⏭ lets the digest come a day later; until then the group sees nothing of it."""
    dara = await house.facilitator(people)
    group = await house.group(people, dara)
    await house.open_session(dara)
    await close(dara)
    await dara.tap("⏭", wait=CEILING)
    house.clock.ahead = timedelta(hours=23, minutes=59)
    await still(telegram, house)
    assert not await digests(dara, group)
    house.clock.ahead = timedelta(hours=24, minutes=1)
    posted = await digest_in(dara, group)
    assert "They were too few" in posted.text
    assert not posted.buttons
    assert not posted.pinned


async def test_closing_by_the_button_of_the_open_scoring(telegram, people, house):
    """Who closes by the button under the numbers sees what will be posted, and can post it."""
    dara = await house.facilitator(people)
    group = await house.group(people, dara)
    await house.open_session(dara)
    await close_by_button(dara)
    await still(telegram, house)
    await dara.tap_through("✅")
    await digest_in(dara, group)


async def test_a_last_call(people, house):
    """The group hears the last call with a way in; three minutes later it is over, and its result is shown."""
    dara = await house.facilitator(people)
    group = await house.group(people, dara)
    link = await house.open_session(dara)
    await dara.say("/close")
    screen = await dara.changed()
    await dara.tap_through(screen.rows[0][0])
    await dara.tap_through("✅")
    call = await shows(dara, "Last call", chat=group.id)
    assert call.buttons[0].url == link
    await score(await citizen(people), link, stop=3)
    house.clock.ahead = timedelta(minutes=3, seconds=1)
    assert "បិទហើយ" in (await arrive(await citizen(people), link)).text
    notice = await shows(dara, "ការដាក់ពិន្ទុបានបិទហើយ។")
    assert notice.find("✅")
    assert rows(house, "SELECT state, last_call FROM session") == [("closed", 1)]


async def test_taps_needed(people, house):
    """Whoever just goes forward needs at most 14 taps for one service, and 36 for three, the link's included."""
    dara = await house.facilitator(people)
    one = await house.open_session(dara)
    assert 1 + await score(await citizen(people), one) <= 14
    await close(dara)
    three = await open_three(dara)
    assert 1 + await score(await citizen(people), three) <= 36
    assert rows(house, "SELECT count(*) FROM ballot") == [(3,)]
