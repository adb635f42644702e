"""Writes the table of entries into docs/architecture.md, from the rooms themselves: `make tables`."""

from pathlib import Path

from storage.house import House
from storage.room import Leads
from storage.rooms import ROOMS

PAGE = Path(__file__).with_name("architecture.md")
BEGIN, END = "<!-- entries: make tables -->\n", "<!-- end of entries -->\n"
_ABOUT = {"id": "session", "closed": "session", "payload": "link", "commune": "commune"}


def table() -> str:
    """A line for each entry: what a button sends, its room, who may come this way, and what it is over a dialogue."""
    lines = ["| what a button sends | room | who may | over a dialogue |", "| --- | --- | --- | --- |"]
    for room in ROOMS:
        for name, leads in room.entries.items():
            over = {None: "", "": "that dialogue"}.get(leads.over, f"asks first: `{leads.over}`")
            lines.append(f"| `e:{name}{_about(leads)}` | {room.name} | {leads.who.value} | {over} |")
        lines += [f"| `e:{name}:…` in a group | {room.name} | what its command says | |" for name in room.in_groups]
    return "\n".join(lines) + "\n"


def written(page: str) -> str:
    """The page with the table as it is now."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{table()}\n{END}{after}"


def _about(leads: Leads) -> str:
    named = "" if leads.of is None else ":" + _ABOUT[leads.of.__name__.rpartition("of_")[2]]
    return (f"[{named}]" if leads.bare else named) + ":…" * leads.more + "~turn" * leads.turned


def main() -> None:
    House(ROOMS)
    PAGE.write_text(written(PAGE.read_text()))


if __name__ == "__main__":
    main()
