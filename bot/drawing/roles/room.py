"""How roles look."""

from bot.drawing.look import Described, Draws
from bot.drawing.roles.accept import accept_role, my_roles
from bot.drawing.roles.asked import (
    invite_now,
    move_now,
    partner_name_line,
    person_name_line,
    revoke_now,
    to_whom,
    which_communes,
    which_role,
)
from bot.drawing.roles.team import about_invited, about_member, moved, pass_invitation, role_taken, team, trail
from conversations.roles.accept_invitation import INVITATION_DEAD, AcceptInvitation, AcceptRole, MyRoles
from conversations.roles.invite_colleague import (
    InviteColleague,
    InviteNow,
    PartnerName,
    PersonName,
    WhichCommunes,
    WhichRole,
)
from conversations.roles.move_sessions import (
    NOBODY_THERE,
    NOTHING_TO_MOVE,
    SESSIONS_MOVED,
    Moved,
    MoveNow,
    MoveSessions,
    ToWhom,
)
from conversations.roles.revoke_role import RevokeNow, RevokeRole
from conversations.roles.team import (
    NO_COLLEAGUE,
    NOT_INVITED,
    TAKEN_BACK,
    AboutInvited,
    AboutMember,
    MarkTrained,
    PassInvitation,
    RoleTaken,
    TakeBack,
    Team,
    Trail,
)

DRAWS = Draws(
    prompts={
        AcceptRole: accept_role,
        WhichRole: which_role,
        WhichCommunes: which_communes,
        PersonName: person_name_line,
        PartnerName: partner_name_line,
        InviteNow: invite_now,
        RevokeNow: revoke_now,
        ToWhom: to_whom,
        MoveNow: move_now,
    },
    notices={
        MyRoles: my_roles,
        Team: team,
        AboutMember: about_member,
        AboutInvited: about_invited,
        Trail: trail,
        PassInvitation: pass_invitation,
        RoleTaken: role_taken,
        Moved: moved,
    },
    whys={
        INVITATION_DEAD: lambda say: say.plain("This invitation was used or is too old. Please ask for a new one."),
        NOT_INVITED: lambda say: say.plain(
            "This invitation was accepted, taken back, or is too old. Send /team to see who is there."
        ),
        NO_COLLEAGUE: lambda say: say.plain("This person is not in your team. Send /team to see who is there."),
        TAKEN_BACK: lambda say: say.plain("The invitation is taken back. Its link opens nothing any more."),
        NOTHING_TO_MOVE: lambda say: say.plain("No scoring of theirs goes on. Send /team to see who is there."),
        NOBODY_THERE: lambda say: say.plain(
            "Nobody else in your team may look after scorings there. Invite somebody first: send /team."
        ),
        SESSIONS_MOVED: lambda say: say.plain("Done: somebody else looks after them now."),
    },
    commands={
        "team": Described(
            lambda say: say.plain("Your team"),
            lambda say: say("/team – your team: invite, help out, see what was done"),
        ),
    },
    acts={
        AcceptInvitation: lambda say: say.plain("took a role"),
        InviteColleague: lambda say: say.plain("invited somebody"),
        TakeBack: lambda say: say.plain("took an invitation back"),
        MarkTrained: lambda say: say.plain("said who is trained"),
        RevokeRole: lambda say: say.plain("took a role from somebody"),
        MoveSessions: lambda say: say.plain("gave scorings to somebody else"),
    },
)
