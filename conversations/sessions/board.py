"""The planning board in the chat."""

from dataclasses import dataclass

from conversations.commands import Command
from conversations.entries import Entry, EntryName
from conversations.notices import Notice, View
from conversations.refusals import Why
from scorecard.board import OnBoard
from scorecard.place import Location

BOARD = EntryName("board")
BOARD_FILE = EntryName("board_file")
NOTHING_ON_BOARD = Why("nothing on board")


@dataclass(frozen=True, slots=True)
class Board(View):
    """A page of communes, each with its sessions of the round; held, of: of all meetings. `more`: there is another."""

    round: str
    communes: tuple[tuple[Location, tuple[OnBoard, ...]], ...]
    held: int
    of: int
    page: int = 0
    more: bool = False

    @property
    def entry(self) -> Entry:
        return BOARD(self.page) if self.page else BOARD()


@dataclass(frozen=True, slots=True)
class BoardFile(Notice):
    """The whole board as a workbook."""

    round: str
    sessions: tuple[OnBoard, ...]


@dataclass(frozen=True, slots=True)
class SendBoard(Command):
    """Send the board as a workbook."""
