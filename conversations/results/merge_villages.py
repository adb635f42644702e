"""Putting together what a commune's villages said."""

from dataclasses import dataclass

from conversations.commands import Command
from conversations.entries import EntryName
from conversations.refusals import Why

MERGE = EntryName("merge")
MERGED = EntryName("merged")

VILLAGES_OPEN = Why("villages open")
VILLAGES_FEW = Why("villages few")
VILLAGES_SMALL = Why("villages small")
VILLAGES_APART = Why("villages apart")


@dataclass(frozen=True, slots=True)
class MergeVillages(Command):
    """Put together the villages of a commune that were closed in its latest round."""

    commune: str
