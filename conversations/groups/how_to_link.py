"""What a facilitator hears who wants to link a group, and is not in it."""

from dataclasses import dataclass

from conversations.entries import Entry, EntryName
from conversations.notices import View

HOW_TO_LINK = EntryName("how_to_link")


@dataclass(frozen=True, slots=True)
class HowToLink(View):
    """A group is linked where it is."""

    @property
    def entry(self) -> Entry:
        return HOW_TO_LINK()
