"""Whatever people send, forged or cut off, is taken in by both databases: none of it is a fault of theirs."""

from collections.abc import Iterator
from itertools import count, product

import pytest
from made import BOT, COMMUNE, FACILITATOR
from raw_updates import group, message, standing, tap
from world import INVITED, OF_TWO, Ground, built, grounded

from bot.telegram.read import Me, read
from conversations.chat import Screen
from conversations.entries import HELLO, Entry
from storage.intake import take
from storage.reply import Arrival, Question

NUL, HALF, LONG = "\0", "\ud83d", "x" * 5_000
PARTS = (NUL, HALF, LONG, "ក" * 300, "'; --", "%s %(a)s :b", "9" * 18, "1" * 40)
TAPS = [
    *(f"d:{part}:1:yes" for part in PARTS),
    *(f"d:AAAAAAAAAAA:{turn}:yes" for turn in (2**31, 10**17, 10**30)),
    *(
        f"{kind}:{name}:{part}"
        for kind, name, part in product(("e", "l:en"), ("session", "join", "post", "link"), PARTS)
    ),
    *(f"e:post:{session}~{turn}" for session, turn in product((1, 10**17), (2**31, 10**17))),
]
ME = Me(BOT, "samleng_bot", {"start": HELLO}, frozenset({"link", "language", "summary"}))
NUMBERS = count(50_000)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory, database: str) -> Iterator[tuple]:  # noqa: ARG001 - one on each
    store, world = built(tmp_path_factory.mktemp("world"))
    yield store, world
    store.close()


@pytest.fixture(params=["nothing", "a question", "a line"])
def ground(world, request: pytest.FixtureRequest) -> Iterator[Ground]:
    """Somebody with nothing under way, somebody who is asked a question, and somebody who is asked for a name."""
    with grounded(*world) as ground:
        if request.param != "nothing":
            entry = Entry("join", (ground.world.open.payload,)) if request.param == "a question" else Entry("open")
            person = INVITED if request.param == "a question" else FACILITATOR
            shown = ground.work(take, Arrival(BOT, person, entry, next(NUMBERS), Screen(person, 7))).shows
            for value in () if request.param == "a question" else (COMMUNE, "hc"):
                assert isinstance(shown, Question)
                data = f"d:{shown.dialogue}:{shown.turn}:{value}"
                shown = receive(ground, tap(next(NUMBERS), person, 7, data)).shows
            assert isinstance(shown, Question)
        yield ground


def receive(ground: Ground, update: object):
    received = read(update, ME)
    assert received is not None
    assert received.event is not None
    return ground.work(take, received.event)


@pytest.mark.parametrize("person", [FACILITATOR, INVITED])
def test_forged_buttons_are_answered(ground: Ground, person: int) -> None:
    """Letters that no database keeps, numbers that no column holds, and more than a button can carry."""
    for data in TAPS:
        assert receive(ground, tap(next(NUMBERS), person, 7, data)) is not None


@pytest.mark.parametrize("person", [FACILITATOR, INVITED])
def test_odd_lines_are_answered(ground: Ground, person: int) -> None:
    """Whether a name is asked for or nothing."""
    for part in PARTS:
        assert receive(ground, message(next(NUMBERS), person, text=part)) is not None
        assert receive(ground, message(next(NUMBERS), person, text=f"/start {part}")) is not None


def test_odd_titles_of_groups_are_kept(world) -> None:
    """A group is asked about by the title that it has, without what can't be shown."""
    with grounded(*world) as ground:
        for number, part in enumerate(PARTS, start=1):
            chat = group(-100 - number, f"ឃុំ{part}")
            receive(ground, standing(next(NUMBERS), OF_TWO, BOT, chat, "left", "member"))  # greeted by a post
            assert receive(ground, message(next(NUMBERS), OF_TWO, chat, text="/link")) is not None
