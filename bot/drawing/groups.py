"""How a commune's group is linked and spoken to: always in its languages, one beneath the other, never protected."""

from collections.abc import Callable
from dataclasses import replace

from bot.drawing.layout import YES_SIGN, Button, Drawn, other_languages, signed, ways_out, yes
from bot.drawing.look import Bot, Described, Draws, Languages, in_languages, linked_button
from bot.drawing.places import communes
from conversations.engine import Asking
from conversations.entries import HELLO, OPEN, Entry
from conversations.groups.how_to_link import HowToLink
from conversations.groups.in_group import GROUP_LANGUAGE, ONLY_GROUPS, AskPrivately, ChooseGroupLanguage, GroupLanguage
from conversations.groups.link_group import (
    ASK_TO_LINK,
    ASKED_THERE,
    GROUP_GONE,
    HAND_OVER,
    LINK_HERE,
    AskToLink,
    ChooseCommune,
    ConfirmLink,
    ConfirmLinkTo,
    GroupLinked,
    HandOver,
    JustLinked,
    LinkGroup,
    LinkHere,
    LinkRefused,
    LinkTo,
    TapToLink,
)
from conversations.groups.unlink_group import UNLINK, ConfirmUnlink, Unlinked, UnlinkGroup
from conversations.prompts import YES
from storage.chats import BOTH
from wording.catalogue import Wording, language_name, languages
from wording.names import commune_name, location_name


def link_to(_: Asking, prompt: LinkTo, say: Wording) -> Drawn:
    text = say("Which commune does the group “{title}” belong to?", title=prompt.title)
    return Drawn(text, (*communes(prompt.communes, say), ways_out(say, back=False)))


def confirm_link_to(_: Asking, prompt: ConfirmLinkTo, say: Wording) -> Drawn:
    text = say(
        "Shall the group “{title}” receive the results of {place}?",
        title=prompt.title,
        place=location_name(prompt.commune, say),
    )
    return Drawn(text, ((yes(say.plain("Link this group"), YES),), ways_out(say, back=True)))


def just_linked(notice: JustLinked, say: Wording, _: Bot) -> Drawn:
    text = say(
        "The group is linked. It will receive the results of {place}.", place=location_name(notice.location, say)
    )
    return Drawn(text, ((Button(say.plain("Open scoring"), entry=OPEN()),),))


def how_to_link(notice: HowToLink, say: Wording, bot: Bot) -> Drawn:
    text = say("A group is linked where it is: add me to the commune’s group, send /link there, then tap ✅.")
    return Drawn(text, ((bot.add_to_group(say),), other_languages(say, notice.entry)))


def confirm_link(notice: ConfirmLink, said: Languages, _: Bot) -> Drawn:
    """To be confirmed by a facilitator of the commune; where the group belongs to another one, by those who hold it."""
    code = notice.location.commune.code
    if notice.earlier is None:
        return replace(
            in_languages(
                said,
                lambda say: say(
                    "Shall this group receive the results of the community scorecard in {place}? Facilitator, please "
                    "tap ✅.",
                    place=location_name(notice.location, say),
                ),
            ),
            rows=_confirm(said, lambda say: say.plain("Link this group"), LINK_HERE(code)),
        )
    earlier = notice.earlier
    return replace(
        in_languages(
            said,
            lambda say: say(
                "This group receives the results of {earlier}. Shall it receive those of {place} instead? A "
                "facilitator of {commune} or an administrator of this group can agree with ✅.",
                earlier=location_name(earlier, say),
                place=location_name(notice.location, say),
                commune=commune_name(earlier, say),
            ),
        ),
        rows=_confirm(said, lambda say: say.plain("Link this group"), HAND_OVER(code)),
    )


def tap_to_link(_: TapToLink, said: Languages, __: Bot) -> Drawn:
    drawn = in_languages(
        said, lambda say: say("Facilitator, please tap below, so that this group receives your commune’s results.")
    )
    return replace(drawn, rows=_confirm(said, lambda say: say.plain("Link this group"), ASK_TO_LINK()))


def confirm_unlink(notice: ConfirmUnlink, said: Languages, _: Bot) -> Drawn:
    drawn = in_languages(
        said,
        lambda say: say(
            "This group receives the results of {place}. Shall it not receive them any more? A facilitator of the "
            "commune or an administrator of this group can confirm with ✅.",
            place=location_name(notice.location, say),
        ),
    )
    return replace(drawn, rows=_confirm(said, lambda say: say.plain("Unlink this group"), UNLINK()))


def unlinked(_: Unlinked, said: Languages, __: Bot) -> Drawn:
    return in_languages(
        said, lambda say: say("This group receives no results. To link it, a facilitator sends /link here.")
    )


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


def _confirm(said: Languages, text: Callable[[Wording], str], entry: Entry) -> tuple[tuple[Button, ...], ...]:
    words = " · ".join(text(Wording(language)) for language in said)
    return ((Button(signed(YES_SIGN, words), entry=entry, style="success"),),)


def _choices() -> tuple[tuple[Button, ...], ...]:
    every = " · ".join(map(language_name, languages()))
    one = tuple(Button(language_name(language), entry=GROUP_LANGUAGE(language)) for language in languages())
    return (one, (Button(every, entry=GROUP_LANGUAGE(BOTH)),))


DRAWS = Draws(
    prompts={LinkTo: link_to, ConfirmLinkTo: confirm_link_to},
    notices={HowToLink: how_to_link, JustLinked: just_linked},
    in_groups={
        ConfirmLink: confirm_link,
        TapToLink: tap_to_link,
        ConfirmUnlink: confirm_unlink,
        Unlinked: unlinked,
        GroupLinked: group_linked,
        GroupLanguage: group_language,
        AskPrivately: ask_privately,
        ChooseCommune: choose_commune,
        LinkRefused: link_refused,
    },
    whys={
        ONLY_GROUPS: lambda say: say.plain(
            "I post results to groups, not to channels, and have left it. Please add me to the commune’s group."
        ),
        ASKED_THERE: lambda say: say.plain(
            "This group belongs to another commune. I have asked in the group whether it shall change."
        ),
        GROUP_GONE: lambda say: say.plain(
            "This group is linked already, or waited too long. Please send /link in the group again."
        ),
    },
    commands={"link": Described(lambda say: say.plain("Link this group to its commune"))},
    acts={
        AskToLink: lambda say: say.plain("wanted to link a group"),
        LinkGroup: lambda say: say.plain("linked a group"),
        LinkHere: lambda say: say.plain("linked a group"),
        HandOver: lambda say: say.plain("gave a group to another commune"),
        UnlinkGroup: lambda say: say.plain("took a group away"),
        ChooseGroupLanguage: lambda say: say.plain("chose a group’s language"),
    },
)
