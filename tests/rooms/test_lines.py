"""The house is checked at start: what a room forgets to say, says twice or says wrongly is named before it opens."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import Field, dataclass, fields, replace
from itertools import count
from types import ModuleType
from typing import Any

import pytest
from sample_room.bot.drawing.tea import DRAWS as TEA_DRAWS
from sample_room.storage.tea.room import ROOM as TEA

from bot.drawing.look import Draws, check_looks
from bot.drawing.rooms import DRAWS as SHIPPED_DRAWS
from conversations.entries import EntryName, from_start
from conversations.refusals import Why
from scorecard.payload import SECRET_BYTES, Payload, new_payload
from storage.house import House, HouseError
from storage.room import ChatCommand, Erases, Leads, Room
from storage.rooms import ROOMS as SHIPPED_ROOMS

ROOMS, DRAWS = (*SHIPPED_ROOMS, TEA), (*SHIPPED_DRAWS, TEA_DRAWS)
HOUSE = House(ROOMS)
NO_LINES = {"name", "folders"}
FLOORS = ("conversations.", "storage.", "sample_room.")

made = count(1)


@dataclass(frozen=True)
class Line:
    """A line of a ROOM or a DRAWS: which of all, in which of its fields, what it is about, and what it says of that."""

    place: int
    field: str
    about: Any
    says: Any

    @property
    def names(self) -> set[str]:
        """What the line is called: by itself, or in the modules that know it."""
        thing = getattr(self.about, "flow", self.about)
        modules = [module for name, module in sys.modules.items() if name.startswith(FLOORS)]
        known = {name for module in modules for name, one in vars(module).items() if one is thing}
        return known | {getattr(thing, "__name__", str(thing))}


def lines(of: Sequence[Room | Draws]) -> list[Any]:
    """Each line of each, as a case of a test."""
    cases = []
    for place, one in enumerate(of):
        for field in lines_of(one):
            there = getattr(one, field.name)
            pairs = there.items() if hasattr(there, "items") else [(line, None) for line in there]
            for about, says in pairs:
                line = Line(place, field.name, about, says)
                name = min(line.names, key=lambda name: (not name.isupper(), name))
                cases.append(pytest.param(line, id=f"{ROOMS[place].name}-{field.name}-{name}"))
    return cases


def lines_of(one: Room | Draws) -> list[Field[Any]]:
    return [field for field in fields(one) if field.name not in NO_LINES]


def without(of: Sequence[Any], line: Line) -> tuple[Any, ...]:
    """All of them, one without this line."""
    one = of[line.place]
    there = getattr(one, line.field)
    if isinstance(there, tuple):
        left: Any = tuple(other for other in there if other is not line.about)
    else:
        left = {about: says for about, says in there.items() if about is not line.about}
    assert len(left) == len(there) - 1
    return (*of[: line.place], replace(one, **{line.field: left}), *of[line.place + 1 :])


def alone(line: Line) -> Any:
    """What a room says that has nothing but this line."""
    return (line.about,) if line.says is None else {line.about: line.says}


def module(**named: object) -> str:
    """A room's only module, with these things in it."""
    one = ModuleType(f"room_{next(made)}")
    vars(one).update(named)
    sys.modules[one.__name__] = one
    return one.__name__


def refuses(build: Callable[[], object], *named: str) -> None:
    """The house is not built, and one of these names is in the error."""
    with pytest.raises(HouseError) as raised:
        build()
    assert any(name in str(raised.value).partition(":")[0] for name in named), raised.value


@pytest.mark.parametrize("line", lines(ROOMS))
def test_a_line_that_a_room_forgets_is_named(line: Line) -> None:
    """Without any one line of any ROOM there is no house."""
    refuses(lambda: House(without(ROOMS, line)), *line.names)


@pytest.mark.parametrize("line", lines(ROOMS))
def test_a_line_that_stands_in_two_rooms_is_named(line: Line) -> None:
    """Nothing is led to, carried out, posted, done or erased in two ways, or twice."""
    another = Room(name="another", folders=(), **{line.field: alone(line)})
    refuses(lambda: House((*ROOMS, another)), *line.names, getattr(line.about, "name", "-"))


@pytest.mark.parametrize("line", lines(DRAWS))
def test_a_look_that_is_forgotten_is_named(line: Line) -> None:
    """Without any one line of any DRAWS the bot does not start."""
    refuses(lambda: check_looks(HOUSE, without(DRAWS, line)), *line.names)


@pytest.mark.parametrize("line", lines(DRAWS))
def test_a_look_that_stands_twice_is_named(line: Line) -> None:
    """Nothing looks one way or another by chance."""
    refuses(lambda: check_looks(HOUSE, (*DRAWS, Draws(**{line.field: alone(line)}))), *line.names)


@pytest.mark.parametrize("room", [*ROOMS], ids=lambda room: room.name)
def test_a_room_that_forgets_where_it_stands_is_noticed(room: Room) -> None:
    """What no folder has can't be checked, so nothing may come from there."""
    rooms = [replace(one, folders=()) if one is room else one for one in ROOMS]
    with pytest.raises(HouseError, match=r"in no folder of a room|is no entry|does not name it"):
        check_looks(House(rooms), DRAWS)


def test_what_stands_in_a_line_without_a_name_is_noticed() -> None:
    """Without a name of its own nobody would miss it."""
    nameless = Room(name="another", folders=(), erases=(Erases(lambda _: 0),))
    refuses(lambda: House((*ROOMS, nameless)), "what is erased")


def test_a_look_for_what_no_room_has_is_named() -> None:
    """A look that was left over, or one for a room that forgot where it stands."""
    refuses(lambda: check_looks(HOUSE, (*DRAWS, Draws(whys={Why("nobody says so"): lambda _: "…"}))), "nobody says so")


@pytest.mark.parametrize(
    "command", [ChatCommand("cake", EntryName("nowhere")), ChatCommand("cake")], ids=["unknown", "none"]
)
def test_a_chat_command_that_leads_nowhere_is_named(command: ChatCommand) -> None:
    """A command that people are offered does something."""
    room = Room(name="another", folders=(module(CAKE_COMMAND=command),), chat=(command,))
    refuses(lambda: House((*ROOMS, room)), "/cake")


def test_an_entry_that_is_laid_over_as_something_unknown_is_named() -> None:
    """What an entry is over a dialogue is the name of a flow: a flow that is called otherwise is noticed."""
    cake = EntryName("cake")
    room = Room(name="another", folders=(module(CAKE=cake),), entries={cake: Leads(lambda *_: cake(), over="no_aside")})
    refuses(lambda: House((*ROOMS, room)), "cake")


def test_two_refusals_of_one_name_are_named() -> None:
    """Two rooms that refuse in the same word would both say what one of them means."""
    room = Room(name="another", folders=(module(CAKE_OVER=Why("session over")),))
    refuses(lambda: check_looks(House((*ROOMS, room)), DRAWS), "CAKE_OVER", "SESSION_OVER")


@pytest.mark.parametrize("kind", Payload)
def test_the_link_of_every_kind_of_payload_leads_to_an_entry(kind: Payload) -> None:
    """Links name their entries by what is written in them, and know no room."""
    entry = from_start(new_payload(kind, bytes(SECRET_BYTES)))
    assert entry is not None
    assert entry.name in HOUSE.entries


def test_a_command_in_private_and_in_groups_is_offered_in_both() -> None:
    """One line can say both."""
    cake = EntryName("cake")
    both = ChatCommand("cake", cake, take=lambda _, __: None)
    room = Room(
        name="another", folders=(module(CAKE=cake, C=both),), entries={cake: Leads(lambda *_: cake())}, chat=(both,)
    )
    house = House((*ROOMS, room))
    assert "cake" in house.offered()
    assert "cake" in house.offered(group=True)


def test_all_rooms_look_as_they_should() -> None:
    """The house as it is stands, and everything in it has a look."""
    check_looks(HOUSE, DRAWS)
