"""Every entry and every last tap of every room: done once, however often it is tapped or brought again."""

import asyncio
import itertools
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
import sqlalchemy as sa
from made import BOT, COMMUNE, FACILITATOR
from structlog.testing import capture_logs
from world import (
    CHAT,
    CITIZEN,
    COORDINATOR,
    ELSEWHERE,
    INVITED,
    OF_TWO,
    OTHER_COMMUNE,
    Ground,
    World,
    built,
    closed,
    grounded,
)

from conversations.chat import Screen
from conversations.engine import BACK
from conversations.entries import Entry
from conversations.notices import Refusal
from conversations.prompts import DONE, Line, Number, OneOf, SomeOf
from conversations.refusals import NO_SUCH_CODE, OLD_BUTTON, Why
from conversations.sessions.live import PassOn, Sessions
from files.places import villages_of
from storage import outbox, tables
from storage.enter import find
from storage.groups.link_group import link
from storage.house import House
from storage.outbox import claim, delivered
from storage.people import meet
from storage.reply import Arrival, GroupTap, Heard, InGroup, Question, Reply, Tap
from storage.results.merge_villages import merge_villages, of_commune
from storage.room import Begin, Do, Kind, Show
from storage.rooms import ROOMS
from storage.session import Held
from storage.unit import Unit

HOUSE = House(ROOMS)
_P = tables.post.c
SCREEN = 77


def merge(ground: Ground, person: int) -> int:
    return ground.work(lambda unit: of_commune(unit, meet(unit, BOT, person), COMMUNE).turn)


def examples(world: World) -> dict[str, tuple[int, tuple[object, ...]]]:
    """For each entry somebody who comes that way, and what it is about."""
    open_, posted, unposted = (held.session.id for held in (world.open, world.posted, world.unposted))
    point = world.posted.session.points[0].id
    nothing = dict.fromkeys(
        (
            "hello",
            "here",
            "help",
            "guide",
            "privacy",
            "privacy_more",
            "language",
            "leave",
            "forget",
            "forget_me",
            "forgotten",
        ),
        (CITIZEN, ()),
    )
    over = dict.fromkeys(("ended", "over", "left", "stopped", "called_off"), (CITIZEN, ()))
    return {
        **nothing,
        **over,
        "refused": (CITIZEN, ("session_over",)),
        "join": (INVITED, (world.open.payload,)),
        "another": (CITIZEN, (world.open.payload,)),
        "correct": (CITIZEN, (world.open.payload,)),
        "thanks": (CITIZEN, (world.open.payload, 1)),
        "will_remind": (CITIZEN, (world.open.payload,)),
        "none_used": (CITIZEN, (world.open.payload,)),
        "open": (FACILITATOR, ()),
        "close": (FACILITATOR, (open_,)),
        "sessions": (FACILITATOR, ()),
        "practice": (FACILITATOR, ()),
        "find": (FACILITATOR, ()),
        "board": (FACILITATOR, ()),
        "board_file": (FACILITATOR, ()),
        "session": (FACILITATOR, (open_,)),
        "pass": (FACILITATOR, (open_,)),
        "pack": (OF_TWO, (open_,)),
        "announce": (OF_TWO, (open_,)),
        "open_planned": (OF_TWO, (world.planned.session.id,)),
        "call_off_plan": (OF_TWO, (world.planned.session.id,)),
        "put_right": (OF_TWO, (world.fresh.session.id,)),
        "copy": (FACILITATOR, (posted,)),
        "remind": (OF_TWO, (open_,)),
        "qr": (OF_TWO, (open_,)),
        "pause": (FACILITATOR, (open_,)),
        "resume": (FACILITATOR, (open_,)),
        "extend": (FACILITATOR, (open_,)),
        "link": (OF_TWO, (world.waiting,)),
        "linked": (FACILITATOR, (COMMUNE,)),
        "closed": (FACILITATOR, (unposted,)),
        "later": (FACILITATOR, (unposted,)),
        "just_closed": (FACILITATOR, (unposted,)),
        "post": (FACILITATOR, (unposted,)),
        "preview": (OF_TWO, (posted,)),
        "present": (FACILITATOR, (posted,)),
        "count_again": (FACILITATOR, (posted,)),
        "rename": (FACILITATOR, (posted,)),
        "merge": (FACILITATOR, (COMMUNE,)),
        "merged": (FACILITATOR, (COMMUNE,)),
        "read": (CITIZEN, (world.posted.payload,)),
        "poster": (CITIZEN, (world.posted.payload, point)),
        "wall": (CITIZEN, (world.posted.payload, "a4")),
        "data": (FACILITATOR, (world.posted.payload, "xlsx")),
        "invitation": (INVITED, (world.invitation,)),
        "my_roles": (FACILITATOR, ()),
        "team": (COORDINATOR, ()),
        "trail": (COORDINATOR, ()),
        "invite": (COORDINATOR, ()),
        "member": (COORDINATOR, (FACILITATOR,)),
        "trained": (COORDINATOR, (FACILITATOR, "1")),
        "revoke": (COORDINATOR, (FACILITATOR,)),
        "move": (COORDINATOR, (FACILITATOR,)),
        "invited": (COORDINATOR, (world.offered,)),
        "take_back": (COORDINATOR, (world.offered,)),
        "how_to_link": (FACILITATOR, ()),
    }


@pytest.fixture(scope="module")
def made(tmp_path_factory, database):  # noqa: ARG001 - one on each
    """The world, and a store on it."""
    store, world = built(tmp_path_factory.mktemp("world"))
    yield store, world
    store.close()


@pytest.fixture
def ground(made) -> Iterator[Ground]:
    with grounded(*made) as ground:
        yield ground


def entry_of(ground: Ground, name: str) -> tuple[int, Entry]:
    person, about = examples(ground.world)[name]
    turn = {
        **dict.fromkeys(("post", "pause", "resume", "extend", "open_planned"), 0),
        "merge": merge(ground, person),
    }.get(name)
    return person, Entry(name, tuple(map(str, about)), turn)


def tap(person: int, entry: Entry, update: int, language: str | None = None) -> Arrival:
    return Arrival(BOT, person, entry, update, Screen(person, SCREEN), language)


def test_there_is_an_example_of_every_entry(made):
    """A room's new entry is held by the properties here."""
    assert set(examples(made[1])) == set(HOUSE.entries)


@pytest.mark.fault("a doubled update", holds="what an entry does is done once")
@pytest.mark.parametrize("name", HOUSE.entries)
def test_an_entry_is_done_once(ground, name):
    """What begins or does something changes the database the first time; brought again nothing at all, tapped again
    nothing but that the tap was noted. What shows something changes nothing even at first.
    """
    person, entry = entry_of(ground, name)
    way = ground.work(lambda unit: find(unit, meet(unit, BOT, person), entry))
    if isinstance(way, Show):
        ground.take(tap(person, entry, 1000))  # the turnout notes when it was shown
    before = ground.dump("seen_update")
    first = ground.take(tap(person, entry, 1001))
    assert isinstance(first, Reply)
    after, all_ = ground.dump("seen_update"), ground.dump()
    assert (before != after) == isinstance(way, Begin | Do), "only what begins or does something changes something"
    brought = ground.take(tap(person, entry, 1001))
    assert ground.dump() == all_, "brought again"
    ground.take(tap(person, entry, 1002))
    assert ground.dump("seen_update") == after, "tapped again"
    assert not isinstance(way, Why) or name in {"leave", "merged"}, "there is nothing to leave, and nothing merged yet"
    assert brought is not None


@pytest.mark.fault("updates out of order", holds="what was sent is not sent again by an update that comes late")
@pytest.mark.parametrize("name", ["poster", "wall", "data", "pack", "announce", "preview", "post"])
def test_what_was_sent_is_not_sent_again_by_an_update_that_is_brought_late(ground, name):
    """After it arrived, half an hour later, Telegram brings the same tap once more: it shows, and sends nothing."""
    person, entry = entry_of(ground, name)
    ground.take(tap(person, entry, 1001))
    while posts := ground.work(claim, BOT, "courier"):
        for post in posts:
            ground.work(delivered, post, 5)
    ground.now += timedelta(minutes=30)
    after = ground.dump()["post"]
    ground.take(tap(person, entry, 1001))
    assert ground.dump()["post"] == after
    ground.take(tap(person, entry, 1002))
    asked_anew = ground.dump()["post"] != after
    assert asked_anew == (name not in {"post", "announce"})


@pytest.mark.parametrize("name", [name for name in HOUSE.entries if name != "forget_me"])  # all is to be erased there
def test_an_entry_over_a_dialogue_loses_nothing(ground, name):
    """Somebody in the middle of scoring keeps their answers, whatever they come for; a second tap changes nothing."""
    person, entry = entry_of(ground, name)
    ground.work(lambda unit: unit.db.exec_driver_sql("DELETE FROM dialogue"))
    ground.take(tap(person, Entry("join", (ground.world.open.payload,)), 900))
    if ground.work(meet, BOT, person).dialogue is None:
        ground.take(tap(person, Entry("another", (ground.world.open.payload,)), 901))
    reply = ground.take(answer(ground, person, "yes"))
    answers = ground.work(meet, BOT, person).dialogue.answers
    assert answers, reply
    ground.take(tap(person, entry, 1001))
    after = ground.dump("seen_update")
    assert ground.work(meet, BOT, person).dialogue.answers == answers
    ground.take(tap(person, entry, 1002))
    assert ground.dump("seen_update") == after


def answer(ground: Ground, person: int, value: str) -> Tap:
    """A tap on the present question."""
    dialogue = ground.work(meet, BOT, person).dialogue
    return Tap(BOT, person, dialogue.id, dialogue.turn, value, Screen(person, SCREEN))


BEGUN_BY = {
    "join": "join",
    "correct": "correct",
    "open_session": "open",
    "close_session": "close",
    "rename_point": "rename",
    "put_right": "put_right",
    "practise": "practice",
    "find_sessions": "find",
    "count_people": "count_again",
    "call_off_plan": "call_off_plan",
    "link_group": "link",
    "accept_invitation": "invitation",
    "invite_colleague": "invite",
    "revoke_role": "revoke",
    "move_sessions": "move",
    "score": "join",
    "about_you": "join",
}
"""For each flow an entry from which it is reached."""


def test_every_flow_is_begun_somewhere():
    """A room's new flow is held by the property below."""
    assert set(BEGUN_BY) == set(HOUSE.flows)


@pytest.mark.parametrize("flow", HOUSE.flows)
def test_a_last_tap_is_taken_once(ground, flow):
    """The tap or line that ends a flow changes the database; the same brought or tapped again changes nothing."""
    person, entry = entry_of(ground, BEGUN_BY[flow])
    reply = ground.take(tap(person, entry, 1_900))
    updates = itertools.count(2_000)
    for _ in range(60):
        going = ground.work(meet, BOT, person).dialogue
        event = _next(ground, person, reply, next(updates))
        before = ground.dump("seen_update")
        reply = ground.take(event)
        now = ground.work(meet, BOT, person).dialogue
        if going.flow == flow and (now is None or now.flow != flow):
            after = ground.dump()
            assert before != ground.dump("seen_update")
            for _ in range(2):
                ground.take(event)
                assert ground.dump() == after
            return
    raise AssertionError("the flow has no end")


def _next(ground: Ground, person: int, reply: Reply, update: int) -> Tap | Heard:
    """What answers the present question: its first choice, or a line."""
    assert isinstance(reply.shows, Question), reply
    match reply.shows.asking.prompt:
        case Number():
            return Heard(BOT, person, "៣", update)
        case Line():
            return Heard(BOT, person, "Angkor", update)
        case SomeOf() as prompt:
            return answer(ground, person, DONE if reply.shows.asking.draft else prompt.options[0])
        case OneOf() as prompt:
            return answer(ground, person, prompt.options[0])


@pytest.mark.parametrize(("aside", "out"), [("privacy", BACK), ("leave", "yes"), ("look", None), ("go_on", "no")])
def test_the_way_out_of_what_lies_over_a_dialogue_is_taken_once(ground, aside, out):
    """Back, left, changed or gone on: a second tap changes nothing."""
    person = INVITED
    reply = ground.take(tap(person, Entry("join", (ground.world.open.payload,)), 1_900))
    for value in ("yes", "ca", "ok", "4", "4"):
        reply = ground.take(answer(ground, person, value))
    if aside == "go_on":
        reply = ground.take(tap(person, Entry("hello"), 1_901))
    else:
        reply = ground.take(answer(ground, person, f"!{aside}"))
    assert ground.work(meet, BOT, person).dialogue.aside == Entry(aside)
    event = answer(ground, person, out or reply.shows.asking.prompt.options[0])
    before = ground.dump()
    ground.take(event)
    after = ground.dump()
    assert before != after
    ground.take(event)
    assert ground.dump() == after
    assert set(HOUSE.asides) == {"privacy", "leave", "look", "go_on"}


@pytest.mark.parametrize("name", HOUSE.in_groups)
def test_a_button_in_a_group_is_done_once(ground, name):
    """The second tap changes nothing, but that another way to the private chat is given for the one before."""
    by, about, asking = {
        "group_language": (FACILITATOR, ("km",), None),
        "ask_to_link": (OF_TWO, (), None),
        "link_here": (OF_TWO, (OTHER_COMMUNE,), None),
        "hand_over": (FACILITATOR, (OTHER_COMMUNE,), ELSEWHERE),
        "unlink": (FACILITATOR, (), None),
    }[name]
    if asking is not None:
        ground.take(InGroup(BOT, CHAT, asking, 2999, "link"))
    before = ground.dump()
    ground.take(GroupTap(BOT, CHAT, by, Entry(name, about), 5))
    after = ground.dump("group_waiting")
    assert before != ground.dump()
    ground.take(GroupTap(BOT, CHAT, by, Entry(name, about), 5))
    assert ground.dump("group_waiting") == after


@pytest.mark.parametrize("name", [command.name for command in HOUSE.chat if command.take is not None])
def test_a_command_in_a_group_that_is_brought_again_changes_nothing(ground, name):
    """Whatever it did at first."""
    ground.take(InGroup(BOT, CHAT, FACILITATOR, 3000, name))
    after = ground.dump()
    ground.take(InGroup(BOT, CHAT, FACILITATOR, 3000, name))
    assert ground.dump() == after


def test_an_old_button_does_not_post_what_nobody_looked_at(ground):
    """Villages were put together again since: the button of the earlier result posts neither."""
    first = ground.work(_merge, FACILITATOR)
    third = villages_of(COMMUNE)[2]
    asyncio.run(closed(ground, third.code))
    second = ground.work(_merge, OF_TWO)
    assert first.session.id != second.session.id
    before = ground.dump("seen_update")
    reply = ground.take(tap(FACILITATOR, Entry("post", (str(first.session.id),), first.turn), 1001))
    assert reply.shows.session == second.session
    assert ground.dump("seen_update") == before


def _merge(unit: Unit, person: int) -> Held:
    merged = merge_villages(unit, BOT, person, COMMUNE, "2026")
    assert isinstance(merged, Held)
    return merged


def test_a_stale_button_to_put_together_leads_on(ground):
    """A button from before another village closed merges nothing, and leads to the list with the present one."""
    entry = entry_of(ground, "merge")[1]
    reply = ground.take(tap(FACILITATOR, replace(entry, turn=entry.turn - 5), 1001))
    assert isinstance(reply.shows, Sessions)
    assert reply.note is OLD_BUTTON
    (mergeable,) = reply.shows.can_merge
    assert mergeable[1] == entry.turn


@pytest.mark.parametrize(("name", "kind"), [("pack", "pack"), ("preview", "closed")])
def test_what_is_on_its_way_is_not_sent_twice(ground, name, kind):
    """Asked for while the first is still waiting: one comes."""
    held = ground.world.open if name == "pack" else ground.world.unposted
    put = partial(outbox.put, bot=BOT, chat=FACILITATOR, subject=held.subject)
    ground.work(lambda unit: unit.db.exec_driver_sql("DELETE FROM post WHERE kind <> 'digest'"))
    ground.work(lambda unit: put(unit, kind=Kind(kind)))
    reply = ground.take(tap(FACILITATOR, Entry(name, (str(held.session.id),)), 1001))
    assert reply.note == "on its way"
    posts = ground.work(lambda unit: list(unit.db.execute(sa.select(_P.dedup).where(_P.kind == kind))))
    assert posts == [(f"{kind}:session:{held.session.id}",)]


def test_what_is_passed_on_never_takes_a_screens_place(ground):
    """The link and the code come as a message of their own, brought again too."""
    entry = Entry("pass", (str(ground.world.open.session.id),))
    for _ in range(2):
        reply = ground.take(tap(FACILITATOR, entry, 1001))
        assert (type(reply.shows), reply.screen) == (PassOn, None)


def test_a_post_that_reaches_nobody_leaves_the_buttons_as_they_are(ground):
    """No group is linked: it was not posted, and a colleague's button still posts once there is one."""
    ground.work(lambda unit: unit.db.exec_driver_sql("DELETE FROM group_chat"))
    ground.work(lambda unit: unit.db.exec_driver_sql("DELETE FROM post"))
    entry = entry_of(ground, "post")[1]
    assert ground.take(tap(FACILITATOR, entry, 1001)).note == "no group"
    ground.work(link, BOT, CHAT, COMMUNE)
    assert ground.take(tap(OF_TWO, entry, 1002)).note == "posted"


def test_what_people_write_is_not_logged(ground):
    """A link or a button that leads nowhere is told so, and what it says stands in no log."""
    with capture_logs() as logs:
        told = ground.take(Arrival(BOT, CITIZEN, Entry("i_am_sokha"), 1001))
        assert told.shows == Refusal(NO_SUCH_CODE)
        assert ground.take(tap(CITIZEN, Entry("i_am_sokha"), 1002)).shows == Refusal(OLD_BUTTON)
        assert ground.take(tap(CITIZEN, Entry("session", ("sokha", "sokha")), 1003)).shows == Refusal(OLD_BUTTON)
    assert "sokha" not in str(logs)
    assert [entry["entry"] for entry in logs] == ["unknown", "session"]


def test_what_lies_over_a_dialogue_and_can_not_be_read_is_no_answer(ground):
    """A tap meant for it is not taken by the question below."""
    ground.take(tap(INVITED, Entry("join", (ground.world.open.payload,)), 1_900))
    for value in ("yes", "ca", "ok", *"444444", "skip"):
        ground.take(answer(ground, INVITED, value))
    ground.work(lambda unit: unit.db.exec_driver_sql("UPDATE dialogue SET aside = 'go_on:'"))
    ballots = ground.dump()["ballot"]
    ground.take(answer(ground, INVITED, "yes"))
    assert ground.dump()["ballot"] == ballots
