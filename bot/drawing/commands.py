"""The commands that Telegram offers people, by where they are and what they are."""

from dataclasses import dataclass

from wording.catalogue import Wording


@dataclass(frozen=True, slots=True)
class Command:
    name: str
    description: str


def for_citizens(say: Wording) -> tuple[Command, ...]:
    return (
        Command("start", say.plain("Begin, or go on")),
        Command("language", say.plain("Another language")),
        Command("privacy", say.plain("How you are protected")),
        Command("help", say.plain("Help")),
        Command("cancel", say.plain("Leave what you began")),
    )


def for_facilitators(say: Wording) -> tuple[Command, ...]:
    return (
        Command("open", say.plain("Open scoring")),
        Command("sessions", say.plain("What is open now")),
        Command("close", say.plain("Close the scoring")),
        *for_citizens(say),
    )


def for_groups(say: Wording) -> tuple[Command, ...]:
    return (
        Command("summary", say.plain("Show the last result")),
        Command("link", say.plain("Link this group to its commune")),
    )
