"""What a commune's group sees: always in its languages, one beneath the other, never protected."""

from collections.abc import Callable
from dataclasses import replace

from bot.drawing.arrival import link
from bot.drawing.layout import Button, Drawn
from conversations.notices import (
    AskPrivately,
    ChooseCommune,
    GroupLanguage,
    GroupLinked,
    LastCall,
    LinkRefused,
    NoDigestYet,
)
from storage.chats import BOTH
from wording.catalogue import Wording, language_name, languages
from wording.names import location_name
from wording.numerals import moment

Said = Callable[[Wording], str]
Languages = tuple[str, ...]

GROUP_LANGUAGE = "group_language"
"""The entry that chooses a group's language."""


def group_linked(notice: GroupLinked, said: Languages) -> Drawn:
    drawn = _drawn(
        said,
        lambda say: (
            say(
                "This group will receive the results of the community scorecard in {place}.",
                place=location_name(notice.location, say),
            )
            + "\n"
            + say("Facilitator, in which language? It can be changed later with /language.")
        ),
    )
    return replace(drawn, rows=_choices())


def group_language(notice: GroupLanguage, said: Languages) -> Drawn:
    if notice.chosen is None:
        drawn = _drawn(said, lambda say: say("Facilitator, in which language shall the results come here?"))
        return replace(drawn, rows=_choices())
    return _drawn(said, lambda say: say("From now on, what I write here is in this language."))


def last_call(notice: LastCall, said: Languages, bot_name: str) -> Drawn:
    return _drawn(
        said,
        lambda say: say(
            "Last call: the scoring closes {moment}.", moment=moment(notice.session.closes_at, say.language)
        ),
        link(bot_name, notice.payload),
        lambda say: say.plain("Score now"),
    )


def no_digest_yet(_: NoDigestYet, said: Languages) -> Drawn:
    return _drawn(said, lambda say: say("There is no result to show yet. It comes here after a scoring has closed."))


def ask_privately(_: AskPrivately, said: Languages, bot_name: str) -> Drawn:
    return _drawn(
        said,
        lambda say: say(
            "Scoring is not done in the group: please write to me alone. To see the last result, send /summary."
        ),
        f"https://t.me/{bot_name}?start=hello",
        lambda say: say.plain("Write to me alone"),
    )


def choose_commune(notice: ChooseCommune, said: Languages, bot_name: str) -> Drawn:
    return _drawn(
        said,
        lambda say: say("Facilitator, please choose which commune this group belongs to."),
        link(bot_name, notice.payload),
        lambda say: say.plain("Choose the commune"),
    )


def link_refused(_: LinkRefused, said: Languages, bot_name: str) -> Drawn:
    return _drawn(
        said,
        lambda say: say(
            "Only a facilitator of the commune can link this group. Facilitator, please open your invitation first, "
            "then send /link here."
        ),
        f"https://t.me/{bot_name}?start=hello",
        lambda say: say.plain("Write to me alone"),
    )


def _choices() -> tuple[tuple[Button, ...], ...]:
    every = " · ".join(map(language_name, languages()))
    one = tuple(Button(language_name(language), entry=f"{GROUP_LANGUAGE}:{language}") for language in languages())
    return (one, (Button(every, entry=f"{GROUP_LANGUAGE}:{BOTH}"),))


def _drawn(said: Languages, what: Said, url: str | None = None, button: Said | None = None) -> Drawn:
    wordings = [Wording(language) for language in said]
    rows: tuple[tuple[Button, ...], ...] = ()
    if url is not None and button is not None:
        rows = ((Button(" · ".join(button(say) for say in wordings), url=url),),)
    return Drawn("\n\n".join(what(say) for say in wordings), rows, protected=False)
