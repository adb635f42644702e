"""What a commune's group sees: always in its languages, one beneath the other, never protected."""

from collections.abc import Callable

from bot.drawing.layout import Button, Drawn
from bot.drawing.notices import link
from conversations.notices import AskPrivately, ChooseCommune, GroupLinked, LastCall, LinkRefused, NoDigestYet
from wording.catalogue import Wording, languages
from wording.names import location_name
from wording.numerals import moment

Said = Callable[[Wording], str]


def group_linked(notice: GroupLinked) -> Drawn:
    return _drawn(
        lambda say: say(
            "This group will receive the results of the community scorecard in {place}.",
            place=location_name(notice.location, say),
        )
    )


def last_call(notice: LastCall, bot_name: str) -> Drawn:
    return _drawn(
        lambda say: say("Last call: the scoring closes {moment}.", moment=moment(notice.at.closes_at, say.language)),
        link(bot_name, notice.payload),
        lambda say: say.plain("Score now"),
    )


def no_digest_yet(_: NoDigestYet) -> Drawn:
    return _drawn(lambda say: say("There is no result to show yet. It comes here after a scoring has closed."))


def ask_privately(_: AskPrivately, bot_name: str) -> Drawn:
    return _drawn(
        lambda say: say(
            "Scoring is not done in the group: please write to me alone. To see the last result, send /summary."
        ),
        f"https://t.me/{bot_name}?start=hello",
        lambda say: say.plain("Write to me alone"),
    )


def choose_commune(notice: ChooseCommune, bot_name: str) -> Drawn:
    return _drawn(
        lambda say: say("Facilitator, please choose which commune this group belongs to."),
        link(bot_name, notice.payload),
        lambda say: say.plain("Choose the commune"),
    )


def link_refused(_: LinkRefused, bot_name: str) -> Drawn:
    return _drawn(
        lambda say: say(
            "Only a facilitator of the commune can link this group. Facilitator, please open your invitation first, "
            "then send /link here."
        ),
        f"https://t.me/{bot_name}?start=hello",
        lambda say: say.plain("Write to me alone"),
    )


def _drawn(said: Said, url: str | None = None, button: Said | None = None) -> Drawn:
    wordings = [Wording(language) for language in languages()]
    rows: tuple[tuple[Button, ...], ...] = ()
    if url is not None and button is not None:
        rows = ((Button(" · ".join(button(say) for say in wordings), url=url),),)
    return Drawn("\n\n".join(said(say) for say in wordings), rows, protected=False)
