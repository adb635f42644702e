"""How a commune's group is linked and spoken to: always in its languages, one beneath the other, never protected."""

from dataclasses import replace

from bot.drawing.layout import Button, Drawn, ways_out
from bot.drawing.look import Bot, Described, Draws, Languages, in_languages, linked_button
from bot.drawing.places import communes
from conversations.engine import Asking
from conversations.entries import HELLO, OPEN
from conversations.groups.in_group import GROUP_LANGUAGE, AskPrivately, GroupLanguage
from conversations.groups.link_group import GROUP_GONE, ChooseCommune, GroupLinked, JustLinked, LinkRefused, LinkTo
from storage.chats import BOTH
from wording.catalogue import Wording, language_name, languages
from wording.names import location_name


def link_to(_: Asking, prompt: LinkTo, say: Wording) -> Drawn:
    text = say("Which commune does the group “{title}” belong to?", title=prompt.title)
    return Drawn(text, (*communes(prompt.communes, say), ways_out(say, back=False)))


def just_linked(notice: JustLinked, say: Wording, _: Bot) -> Drawn:
    text = say(
        "The group is linked. It will receive the results of {place}.", place=location_name(notice.location, say)
    )
    return Drawn(text, ((Button(say.plain("Open scoring"), entry=OPEN()),),))


def group_linked(notice: GroupLinked, said: Languages, _: Bot) -> Drawn:
    drawn = in_languages(
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


def group_language(notice: GroupLanguage, said: Languages, _: Bot) -> Drawn:
    if notice.chosen is None:
        drawn = in_languages(said, lambda say: say("Facilitator, in which language shall the results come here?"))
        return replace(drawn, rows=_choices())
    return in_languages(said, lambda say: say("From now on, what I write here is in this language."))


def ask_privately(_: AskPrivately, said: Languages, bot: Bot) -> Drawn:
    drawn = in_languages(
        said,
        lambda say: say(
            "Scoring is not done in the group: please write to me alone. To see the last result, send /summary."
        ),
    )
    return replace(drawn, rows=_write_to_me(said, bot))


def choose_commune(notice: ChooseCommune, said: Languages, bot: Bot) -> Drawn:
    drawn = in_languages(said, lambda say: say("Facilitator, please choose which commune this group belongs to."))
    link = bot.link_with(notice.payload)
    return replace(drawn, rows=linked_button(said, lambda say: say.plain("Choose the commune"), link))


def link_refused(_: LinkRefused, said: Languages, bot: Bot) -> Drawn:
    drawn = in_languages(
        said,
        lambda say: say(
            "Only a facilitator of the commune can link this group. Facilitator, please open your invitation first, "
            "then send /link here."
        ),
    )
    return replace(drawn, rows=_write_to_me(said, bot))


def _write_to_me(said: Languages, bot: Bot) -> tuple[tuple[Button, ...], ...]:
    return linked_button(said, lambda say: say.plain("Write to me alone"), bot.link(HELLO()))


def _choices() -> tuple[tuple[Button, ...], ...]:
    every = " · ".join(map(language_name, languages()))
    one = tuple(Button(language_name(language), entry=GROUP_LANGUAGE(language)) for language in languages())
    return (one, (Button(every, entry=GROUP_LANGUAGE(BOTH)),))


DRAWS = Draws(
    prompts={LinkTo: link_to},
    notices={JustLinked: just_linked},
    in_groups={
        GroupLinked: group_linked,
        GroupLanguage: group_language,
        AskPrivately: ask_privately,
        ChooseCommune: choose_commune,
        LinkRefused: link_refused,
    },
    whys={
        GROUP_GONE: lambda say: say.plain(
            "This group is linked already, or waited too long. Please send /link in the group again."
        ),
    },
    commands={"link": Described(lambda say: say.plain("Link this group to its commune"))},
)
