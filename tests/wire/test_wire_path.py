"""The whole path: from an invitation to the digest in the commune's group."""

import asyncio
import html
import re
from datetime import timedelta
from random import Random

from village import close, digest_in, digests, english, score, score_all, session_of, shows, still

from digests.text import digest
from sandbox.citizen import TEMPERAMENTS, play
from scorecard.ballot import DONT_KNOW, Ballot
from scorecard.disclosure import release
from scorecard.tally import EVERYBODY, count
from storage.cards import shipped_cards
from storage.sessions import releases_of

CITIZENS = 20
SCHOOLS = ("សាលាបឋមសិក្សាអូរ", "Wat Bo")


def said(sent, at):
    """The service point and the ballot that stand for what somebody sent, told by what was on the screen alone."""
    cards = {card.service: card for card in shipped_cards()}
    lines = sent["answers"][0]["question"]
    named = [point for point in at.points if point.km and point.km in lines[0]]
    point = named[0] if named else at.points[0]
    scores = {}
    for answer in sent["answers"]:
        (key,) = [
            c.key for c in cards[point.service].criteria if set(c.question.values()) & set(answer["question"])
        ]
        scores[key] = answer["score"] or DONT_KNOW
    wishes = [c.key for c in cards[point.service].criteria for label in c.label.values() for choice in sent["choices"] if choice["choice"] == label]
    return point.id, Ballot(scores, wishes[-1] if wishes else None)


async def test_the_group_receives_what_was_said(telegram, people, house):
    """Whatever people's temper and language, the digest is what the door lets out of what they tapped and sent."""
    dara = await house.facilitator(people)
    group = await people.group("ឃុំ", [dara])
    await group.act("add_bot", rights={"can_pin_messages": True})
    link = await house.open_session(dara, SCHOOLS)
    crowd = await people.add_many(CITIZENS)
    await asyncio.gather(*(english(person) for person in crowd[::2]))
    played = await asyncio.gather(
        *(play(p, link, Random(i), TEMPERAMENTS[i % len(TEMPERAMENTS)]) for i, p in enumerate(crowd))
    )
    assert [each.error for each in played] == [None] * CITIZENS
    at = (await session_of(house)).at
    ballots = [said(sent, at) for each in played for sent in each.sent]
    await close(dara)
    await dara.tap_through("✅")
    posted = await digest_in(dara, group)

    expected = [
        release(count(1, point.id, tuple(c.key for c in point.criteria), [b for id_, b in ballots if id_ == point.id]))
        for point in at.points
    ]
    released = await house.store.run(releases_of, 1)
    assert [everybody(one) for one in released] == [everybody(one) for one in expected]
    assert posted.text == html.unescape(re.sub("<[^>]*>", "", digest((await session_of(house)).at, expected)))
    assert len([one for one in expected if one.ballots]) >= 1
    await still(telegram, house)
    assert (await digests(dara, group))[0].pinned
    await dara.say("/summary", chat=group.id)
    await dara.changed(chat=group.id)
    first, again = await digests(dara, group)
    assert (again.text, again.pinned) == (first.text, False)


def everybody(released):
    """A release without the groups, which digests do not tell."""
    figures = [f for f in released.figures if f.group == EVERYBODY]
    return (released.point, released.ballots, figures, released.ranked, released.wishes)


async def test_eight_who_agree(people, house):
    """Eight people who all say the same make a digest that says so in both languages; seven make one without figures."""
    dara = await house.facilitator(people)
    group = await house.group(people, dara)
    link = await house.open_session(dara, ("Wat Bo",))
    crowd = await people.add_many(8, language_code="km")
    await asyncio.gather(*(score(person, link, 5) for person in crowd[1:]))
    await score(crowd[0], link, 5, stop=3)
    await crowd[0].tap_through("☑", message=(await crowd[0].screen()).id)
