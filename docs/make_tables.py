"""Writes tables into docs/, of entries from the rooms, and of faults from what tests are marked with: `make tables`."""

import ast
from collections.abc import Iterator
from pathlib import Path

from storage.house import House
from storage.room import Leads
from storage.rooms import ROOMS

DOCS = Path(__file__).parent
TESTS = DOCS.parent / "tests"
FAULTS = (
    "kill -9",
    "two processes",
    "429 in one chat",
    "429 in many chats",
    "5xx",
    "an answer in HTML",
    "a hang",
    "a lost request",
    "a lost answer",
    "an outage",
    "a doubled update",
    "updates out of order",
    "an update that nobody can read",
    "a message that is gone",
    "a file id that is forgotten",
    "a picture that can't be drawn",
    "blocked by the person",
    "kicked from the group",
    "no right to write",
    "a topic that is gone",
    "a group that grew",
    "a revoked token",
    "a full disk",
    "a locked database",
    "a lost database connection",
    "a file that is no database",
    "a damaged database",
    "a newer database",
    "a row whose seal is broken",
    "a tampered ballot",
    "a missing key",
    "another database's keys",
    "a poison post",
    "a poison session",
    "a poison dialogue",
    "a poison card",
    "a clock that goes back",
    "a clock that is ahead",
)
"""All that is known to go wrong, in the table's order, whether or not a test shows what holds then."""

_ABOUT = {
    "id": "session",
    "closed": "session",
    "payload": "link",
    "commune": "commune",
    "colleague": "person",
    "offered": "invitation",
}


def entries() -> str:
    """A line for each entry: what a button sends, its room, who may come this way, and what it is over a dialogue."""
    lines = ["| what a button sends | room | who may | over a dialogue |", "| --- | --- | --- | --- |"]
    for room in ROOMS:
        for name, leads in room.entries.items():
            over = {None: "", "": "that dialogue"}.get(leads.over, f"asks first: `{leads.over}`")
            lines.append(f"| `e:{name}{_about(leads)}` | {room.name} | {leads.who.value} | {over} |")
        lines += [f"| `e:{name}:…` in a group | {room.name} | what its command says | |" for name in room.in_groups]
    return "\n".join(lines) + "\n"


def faults() -> str:
    """A line for each fault and promise, with the tests that hold it. Raises ValueError for one that is not known."""
    held: dict[str, dict[str, list[str]]] = {fault: {} for fault in FAULTS}
    for test, about, promise in _marks():
        if about not in held:
            raise ValueError(f"{test}: {about} is none of FAULTS in {Path(__file__).name}")
        held[about].setdefault(promise, []).append(test)
    lines = ["| fault | what holds | test |", "| --- | --- | --- |"]
    for about, promises in held.items():
        lines += [f"| {about} | {promise} | {', '.join(tests)} |" for promise, tests in promises.items()]
        lines += [] if promises else [f"| {about} | | no test |"]
    return "\n".join(lines) + "\n"


TABLES = {"architecture.md": ("entries", entries), "faults.md": ("faults", faults)}
"""Each page's table: its name, and what makes it."""


def written(page: str) -> str:
    """A page with its table as it is now."""
    name, table = TABLES[page]
    begin, end = f"<!-- {name}: make tables -->\n", f"<!-- end of {name} -->\n"
    before, _, rest = (DOCS / page).read_text().partition(begin)
    _, _, after = rest.partition(end)
    return f"{before}{begin}\n{table()}\n{end}{after}"


def _marks() -> Iterator[tuple[str, str, str]]:
    """Each fault that a test is marked with: where the test stands, the fault, and what holds."""
    for path in sorted(TESTS.rglob("test_*.py")):
        for test in ast.parse(path.read_text()).body:
            for mark in test.decorator_list if isinstance(test, ast.FunctionDef | ast.AsyncFunctionDef) else ():
                if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.fault":
                    where = f"`{path.relative_to(DOCS.parent)}` {test.name.removeprefix('test_')}"
                    *about, holds = map(ast.literal_eval, (*mark.args, *(given.value for given in mark.keywords)))
                    yield from ((where, fault, holds) for fault in about)


def _about(leads: Leads) -> str:
    named = "" if leads.of is None else ":" + _ABOUT[leads.of.__name__.rpartition("of_")[2]]
    return (f"[{named}]" if leads.bare else named) + ":…" * leads.more + "~turn" * leads.turned


def main() -> None:
    House(ROOMS)
    for page in TABLES:
        (DOCS / page).write_text(written(page))


if __name__ == "__main__":
    main()
