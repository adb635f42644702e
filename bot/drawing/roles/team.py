"""How whom somebody leads looks, and what was done."""

from bot.drawing.layout import (
    ADD_SIGN,
    BACK_SIGN,
    LEAVE_SIGN,
    OFF_SIGN,
    ON_SIGN,
    Button,
    Drawn,
    Row,
    other_languages,
    signed,
    to_pages,
)
from bot.drawing.look import Bot
from bot.drawing.reasons import reason_name
from bot.drawing.roles.names import listed, person_name, role_name
from conversations.entries import SESSIONS
from conversations.roles.invite_colleague import INVITE
from conversations.roles.move_sessions import MOVE, Moved
from conversations.roles.revoke_role import REVOKE
from conversations.roles.team import (
    INVITED,
    MEMBER,
    OFF,
    ON,
    TAKE_BACK,
    TEAM,
    TRAIL,
    TRAINED,
    AboutInvited,
    AboutMember,
    Deed,
    PassInvitation,
    RoleTaken,
    Team,
    Trail,
)
from scorecard.role import Role
from scorecard.session import CancelReason
from wording.catalogue import Wording, escaped
from wording.names import commune_name
from wording.numerals import clock, moment, short_day


def team(notice: Team, say: Wording, _: Bot) -> Drawn:
    text = say("<b>Your team</b>\n\nTap a name to see more, or invite somebody.")
    if not notice.members and not notice.invited:
        text = say("<b>Your team</b>\n\nNobody is here yet. Invite the first one.")
    waiting = [
        Button(say.plain("{name} (invited)", name=person_name(one, say)), entry=INVITED(one.id))
        for one in notice.invited
    ]
    members = [
        Button(signed(ON_SIGN if one.trained else OFF_SIGN, person_name(one, say)), entry=MEMBER(one.person))
        for one in notice.members
    ]
    if any(notice.members):
        text += "\n" + say("{on} trained, {off} not yet", on=ON_SIGN, off=OFF_SIGN)
    rows: list[Row] = [(button,) for button in (*waiting, *members)]
    rows += [
        to_pages(notice.page, say, TEAM, more=notice.more),
        (Button(signed(ADD_SIGN, say.plain("Invite somebody")), entry=INVITE()),),
        (Button(say.plain("What was done"), entry=TRAIL()),),
        other_languages(say, notice.entry),
    ]
    return Drawn(text, tuple(rows))


def about_member(notice: AboutMember, say: Wording, _: Bot) -> Drawn:
    one = notice.member
    lines = [f"<b>{escaped(person_name(one, say))}</b>"]
    if one.partner:
        lines.append(escaped(one.partner))
    for role, places in one.roles:
        lines.append("\n" + say("{role} in:", role=role_name(role, say)) + "\n" + listed(places, say))
    lines.append("\n" + (say("Trained.") if one.trained else say("Not trained yet.")))
    if one.sessions:
        lines.append(say("Scorings of theirs that go on or are planned: {number}", number=one.sessions))
    trained = Button(
        signed(ON_SIGN if one.trained else OFF_SIGN, say.plain("Trained")),
        entry=TRAINED(one.person, OFF if one.trained else ON),
    )
    move = (Button(say.plain("Give their scorings to somebody else"), entry=MOVE(one.person)),) if one.sessions else ()
    revoke = Button(signed(LEAVE_SIGN, say.plain("Take the role back")), entry=REVOKE(one.person), style="danger")
    return Drawn("\n".join(lines), ((trained,), move, (revoke,), _back(say), other_languages(say, notice.entry)))


def about_invited(notice: AboutInvited, say: Wording, _: Bot) -> Drawn:
    one = notice.invited
    text = say(
        "<b>{name}</b> was invited and has not come yet.\n\n{role} in:\n{places}\n\nThe link works until {end}.",
        name=person_name(one, say),
        role=role_name(one.role, say),
        places="\n".join(commune_name(place, say) for place in one.communes),
        end=moment(one.expires_at, say.language),
    )
    back = Button(signed(LEAVE_SIGN, say.plain("Take the invitation back")), entry=TAKE_BACK(one.id), style="danger")
    return Drawn(text, ((back,), _back(say), other_languages(say, notice.entry)))


def trail(notice: Trail, say: Wording, bot: Bot) -> Drawn:
    heading = say("<b>What was done</b>\n\nOnly what people did by their role; nothing that citizens did.")
    if not notice.done:
        heading += "\n\n" + say("Nothing was done yet.")
    lines = [_line(one, say, bot) for one in notice.done]
    return Drawn(
        "\n".join((heading, *(("", *lines) if lines else ()))),
        (
            to_pages(notice.page, say, TRAIL, more=notice.more),
            _back(say),
            other_languages(say, notice.entry),
        ),
    )


def pass_invitation(notice: PassInvitation, say: Wording, bot: Bot) -> Drawn:
    invited = {
        Role.FACILITATOR: say("You are invited to be a facilitator of the community scorecard in:"),
        Role.COORDINATOR: say("You are invited to be a coordinator of the community scorecard in:"),
        Role.ADMINISTRATOR: say("You are invited to look after the community scorecard in:"),
    }
    how = say("Tap this link: {link}", link=bot.link_with(notice.payload))
    once = say("It works once, for 7 days. Please do not pass it on to anybody else.")
    return Drawn(f"{invited[notice.role]}\n{listed(notice.communes, say)}\n\n{how}\n\n{once}", protected=False)


def role_taken(_: RoleTaken, say: Wording, __: Bot) -> Drawn:
    return Drawn(say("You have no role here any more. If that is a mistake, ask the one who invited you."))


def moved(notice: Moved, say: Wording, _: Bot) -> Drawn:
    text = say(
        "Scorings of a colleague are yours to look after now: {number}. Tap to see them.", number=notice.sessions
    )
    return Drawn(text, ((Button(say.plain("Show them"), entry=SESSIONS()),),))


def _back(say: Wording) -> Row:
    return (Button(signed(BACK_SIGN, say.plain("Your team")), entry=TEAM()),)


def _line(one: Deed, say: Wording, bot: Bot) -> str:
    """One act: when, who, what, where."""
    when = short_day(one.day, say.language)
    if one.at is not None:
        when = say.plain("{day}, {time}", day=when, time=clock(one.at, say.language))
    who = one.name or say.plain("Somebody who has no role any more")
    where = "" if one.place is None else commune_name(one.place, say)
    what = bot.acts[one.act](say) if one.act in bot.acts else one.act
    if one.detail in list(CancelReason):
        what = say.plain("{what}: {why}", what=what, why=reason_name(CancelReason(one.detail), say))
    return say("• {when}: {who} {what} ({where})", when=when, who=who, what=what, where=where)
