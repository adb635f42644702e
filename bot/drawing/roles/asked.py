"""What coordinators and administrators are asked."""

from bot.drawing.layout import OFF_SIGN, ON_SIGN, Button, Drawn, in_columns, signed, ways_out, yes
from bot.drawing.roles.names import listed, person_name, role_name
from conversations.engine import Asking
from conversations.prompts import DONE, YES
from conversations.roles.invite_colleague import InviteNow, PartnerName, PersonName, WhichCommunes, WhichRole
from conversations.roles.move_sessions import MoveNow, ToWhom
from conversations.roles.revoke_role import RevokeNow
from scorecard.role import Role
from wording.catalogue import Wording, escaped
from wording.names import commune_name

MOST_ONE_COLUMN = 8


def which_role(asking: Asking, prompt: WhichRole, say: Wording) -> Drawn:
    rows = tuple((Button(role_name(Role(role), say), value=role),) for role in prompt.options)
    return Drawn(say("What shall this person be?"), (*rows, ways_out(say, back=bool(asking.behind))))


def which_communes(asking: Asking, prompt: WhichCommunes, say: Wording) -> Drawn:
    text = say("In which communes? Tap each of them, then ✅.")
    buttons = [
        Button(signed(ON_SIGN if place.code in asking.draft else OFF_SIGN, commune_name(place, say)), value=place.code)
        for place in prompt.communes
    ]
    columns = 1 if len(buttons) <= MOST_ONE_COLUMN else 2
    rows = in_columns(buttons, columns)
    return Drawn(text, (*rows, (yes(say.plain("Go on"), DONE),), ways_out(say, back=bool(asking.behind))))


def person_name_line(asking: Asking, _: PersonName, say: Wording) -> Drawn:
    text = say("Please write the name of the person, and send it. Only who looks after the team sees it.")
    return Drawn(text, (ways_out(say, back=bool(asking.behind)),))


def partner_name_line(asking: Asking, _: PartnerName, say: Wording) -> Drawn:
    text = say("Please write the name of the organisation that the person works for, and send it.")
    return Drawn(text, (ways_out(say, back=bool(asking.behind)),))


def invite_now(_: Asking, prompt: InviteNow, say: Wording) -> Drawn:
    who = f"<b>{escaped(prompt.name)}</b>" + (f"\n{escaped(prompt.partner)}" if prompt.partner else "")
    role = say("{role} in:", role=role_name(prompt.role, say))
    text = f"{who}\n\n{role}\n{listed(prompt.communes, say)}\n\n" + say(
        "You get a link to pass on. It works once, for 7 days, for whoever opens it first."
    )
    return Drawn(text, ((yes(say.plain("Make the link"), YES),), ways_out(say, back=True)))


def revoke_now(_: Asking, prompt: RevokeNow, say: Wording) -> Drawn:
    one = prompt.member
    roles = "\n\n".join(
        say("{role} in:", role=role_name(role, say)) + "\n" + listed(places, say) for role, places in one.roles
    )
    text = say("Shall <b>{name}</b> have this role no more?", name=person_name(one, say)) + f"\n\n{roles}\n\n"
    if one.sessions:
        text += say("Scorings of theirs go on. Give them to somebody else first, or close them yourself.") + "\n\n"
    text += say("What was done stays in the list. To come back they need a new invitation.")
    return Drawn(text, ((yes(say.plain("Take the role back"), YES),), ways_out(say, back=False)))


def to_whom(asking: Asking, prompt: ToWhom, say: Wording) -> Drawn:
    text = say("Who looks after the scorings of <b>{name}</b> from now on?", name=person_name(prompt.member, say))
    me = ((Button(say.plain("I do"), value=str(prompt.me)),),) if prompt.me is not None else ()
    others = tuple((Button(person_name(one, say), value=str(one.person)),) for one in prompt.others)
    return Drawn(text, (*me, *others, ways_out(say, back=bool(asking.behind))))


def move_now(_: Asking, prompt: MoveNow, say: Wording) -> Drawn:
    whose = person_name(prompt.member, say)
    text = say("Shall you look after the scorings of {whose} from now on?", whose=whose)
    if prompt.to is not None:
        text = say(
            "Shall {name} look after the scorings of {whose} from now on?",
            name=person_name(prompt.to, say),
            whose=whose,
        )
    text += "\n\n" + say("Links and codes stay the same, and nothing that people sent is lost.")
    return Drawn(text, ((yes(say.plain("Give them"), YES),), ways_out(say, back=True)))
