"""Nobody acts or sees outside their role, their places and their bot, whatever they forge."""

import itertools
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made import BOT, COMMUNE, FACILITATOR, MORNING
from test_entries import HOUSE, examples, merge
from world import (
    ADMINISTRATOR,
    CHAT,
    CITIZEN,
    COORDINATOR,
    ELSEWHERE,
    GROUP,
    NOBODY,
    OF_OTHER_BOT,
    OF_OTHER_PARTNER,
    OF_TWO,
    OTHER_BOT,
    OTHER_COMMUNE,
    THIRD_COMMUNE,
    WAITING_CHAT,
    Ground,
    World,
    built,
    grounded,
)

from conversations.arrival.forget_me import ForgetMe
from conversations.arrival.guide import SendGuide
from conversations.chat import Screen
from conversations.entries import Entry
from conversations.groups.in_group import AskPrivately, ChooseGroupLanguage
from conversations.groups.link_group import (
    AskToLink,
    ConfirmLink,
    HandOver,
    LinkGroup,
    LinkHere,
    LinkRefused,
)
from conversations.groups.unlink_group import UnlinkGroup
from conversations.notices import Refusal
from conversations.refusals import COORDINATORS_ONLY, FACILITATORS_ONLY, NO_SUCH_CODE, NOT_ADMINISTRATOR, NOT_YOURS, Why
from conversations.results.count_people import CountPeople
from conversations.results.merge_villages import MergeVillages
from conversations.results.post_digest import PostDigest, SendPreview
from conversations.results.read_digest import SendData, SendPoster, SendWall
from conversations.results.rename_point import RenamePoint
from conversations.roles.accept_invitation import AcceptInvitation
from conversations.roles.invite_colleague import InviteColleague
from conversations.roles.move_sessions import MoveSessions
from conversations.roles.revoke_role import RevokeRole
from conversations.roles.team import NO_COLLEAGUE, NOT_INVITED, MarkTrained, TakeBack
from conversations.scoring.about_you import NoteGroups
from conversations.scoring.none_used import SayNoneUsed
from conversations.scoring.practise import EndPractice
from conversations.scoring.remind_me import RemindMe
from conversations.scoring.score import CastBallot
from conversations.sessions.board import NOTHING_ON_BOARD, SendBoard
from conversations.sessions.close_session import CancelSession, CloseSession, ExtendSession
from conversations.sessions.find_sessions import NOTHING_FOUND, FindSessions
from conversations.sessions.live import Announce, PauseSession, Remind, ResumeSession, SendPack, SendQr
from conversations.sessions.open_session import OpenSession, PlanSession, SeeFirst
from conversations.sessions.planned import CallOffPlan, OpenPlanned
from conversations.sessions.put_right import PutSessionRight
from scorecard.attendance import Attendance
from scorecard.ballot import Groups
from scorecard.digest import Digest
from scorecard.payload import payload_hash
from scorecard.role import ACTS, Act, Role
from scorecard.session import CancelReason, Closing
from storage import tables
from storage.access import Openly
from storage.people import Person
from storage.proceed import carry_out
from storage.reply import Arrival, GroupTap, InGroup, Reply

ATTACKERS = {
    "no role": (BOT, NOBODY),
    "another commune": (BOT, ELSEWHERE),
    "another bot": (OTHER_BOT, OF_OTHER_BOT),
    "a colleague": (BOT, OF_TWO),
    "another partner's coordinator": (BOT, OF_OTHER_PARTNER),
    "an administrator": (BOT, ADMINISTRATOR),
}
ROLES = {
    ELSEWHERE: Role.FACILITATOR,
    OF_OTHER_BOT: Role.FACILITATOR,
    OF_TWO: Role.FACILITATOR,
    OF_OTHER_PARTNER: Role.COORDINATOR,
    ADMINISTRATOR: Role.ADMINISTRATOR,
}
OF_THE_COMMUNE = {OF_TWO, OF_OTHER_PARTNER, ADMINISTRATOR}
NO_SUCH_ID, NO_SUCH_PAYLOAD, NO_SUCH_COMMUNE = "999999", "s-" + "A" * 22, "010101"
GUARDED = [name for name, leads in HOUSE.entries.items() if isinstance(leads.who, Act)]
UPDATES = itertools.count(5_000)
OF_A_LINK = ["join", "another", "correct", "thanks", "read", "poster", "wall"]


@pytest.fixture(scope="module")
def ground(tmp_path_factory, database) -> Iterator[Ground]:  # noqa: ARG001 - one on each
    """Nothing that is done here changes it."""
    store, world = built(tmp_path_factory.mktemp("world"))
    with grounded(store, world) as ground:
        yield ground
    store.close()


def come(ground: Ground, who: tuple[int, int], entry: Entry, update: int) -> Reply:
    return ground.take(Arrival(*who, entry, update, Screen(who[1], 77)))


def real(ground: Ground, name: str) -> Entry:
    person, about = examples(ground.world)[name]
    turn = merge(ground, person) if name == "merge" else 0
    return Entry(name, tuple(map(str, about)), turn if name in TURNED else None)


def imagined(entry: Entry) -> Entry:
    """The same of what there is not."""
    stands_for = {6: NO_SUCH_COMMUNE, 24: NO_SUCH_PAYLOAD}
    return replace(
        entry, about=tuple(stands_for.get(len(part), NO_SUCH_ID) for part in entry.about[:1]) + entry.about[1:]
    )


TURNED = {name for name, leads in HOUSE.entries.items() if leads.turned}

OF_A_PLACE = {"open", "sessions", "linked", "merge", "merged"}
"""Entries about a place, not about what one bot holds there: another bot may have a scorecard in the same place."""

OF_NO_PLACE = {"board", "board_file", "practice", "find", "open", "sessions", "how_to_link", "team", "trail", "invite"}
"""Entries that lead whoever may act so anywhere to what is theirs."""


def theirs_to_do(who: tuple[int, int], act: object, *, anywhere: bool = False, of_a_place: bool = False) -> bool:
    """Whether an attacker is in their rights; whom somebody leads is nobody's here but the coordinator's."""
    bot, person = who
    if person not in ROLES or act not in ACTS[ROLES[person]]:
        return False
    return anywhere or (of_a_place and bot == OTHER_BOT) or (person in OF_THE_COMMUNE and act is not Act.LEAD)


@pytest.mark.parametrize("attacker", ATTACKERS)
@pytest.mark.parametrize("name", GUARDED)
def test_what_is_guarded_is_as_if_it_were_not_there(ground, attacker, name):
    """With real ids: nothing changes, and what is seen is the same as with ids of nothing."""
    who, entry = ATTACKERS[attacker], real(ground, name)
    act = HOUSE.entries[name].who
    if theirs_to_do(who, act, anywhere=name in OF_NO_PLACE, of_a_place=name in OF_A_PLACE):
        return
    before = ground.dump("seen_update")
    seen = come(ground, who, entry, next(UPDATES))
    assert ground.dump("seen_update") == before
    assert isinstance(seen.shows, Refusal)
    if name != "data":  # whoever has a link may hear that its figures are for facilitators
        assert come(ground, who, imagined(entry), next(UPDATES)) == seen


@pytest.mark.parametrize("name", OF_A_LINK)
def test_a_link_belongs_to_one_bot(ground, name):
    """Who brings a link of another bot is told what anybody is told who makes one up."""
    who, entry = ATTACKERS["another bot"], real(ground, name)
    before = ground.dump("seen_update")
    seen = come(ground, who, entry, next(UPDATES))
    assert ground.dump("seen_update") == before
    assert seen.shows == Refusal(NO_SUCH_CODE)
    assert seen == come(ground, who, imagined(entry), next(UPDATES))


def commands(world: World):
    """One of each command, about what is really there."""
    open_, posted = world.open.session, world.posted
    scores = {criterion.key: 5 for criterion in open_.points[0].criteria}
    return (
        OpenSession(COMMUNE, (1,), (), Closing.ONE_HOUR),
        SeeFirst(open_.id),
        CloseSession(open_.id, last_call=False),
        ExtendSession(open_.id),
        CancelSession(open_.id),
        CloseSession(open_.id, last_call=True),
        PlanSession(OpenSession(COMMUNE, (1,), (), Closing.ONE_HOUR), MORNING + timedelta(days=2)),
        OpenPlanned(world.planned.session.id),
        CallOffPlan(world.planned.session.id),
        PutSessionRight(world.fresh.session.id, THIRD_COMMUNE, (1,), "2025"),
        CancelSession(open_.id, CancelReason.DISTURBED),
        FindSessions("2026"),
        SendBoard(),
        SendPack(open_.id),
        Announce(open_.id),
        Remind(open_.id),
        SendQr(open_.id),
        PauseSession(open_.id),
        ResumeSession(open_.id),
        PostDigest(world.unposted.session.id),
        SendPreview(posted.session.id),
        SendData(posted.payload, "xlsx"),
        MergeVillages(COMMUNE),
        CountPeople(posted.session.id, Attendance(20, women=9)),
        RenamePoint(posted.session.id, 2, "Other"),
        LinkGroup(world.waiting, COMMUNE),
        AskToLink(CHAT),
        LinkHere(CHAT, COMMUNE),
        HandOver(CHAT, COMMUNE, administers=False),
        UnlinkGroup(GROUP, administers=False),
        ChooseGroupLanguage(GROUP, "en"),
        CastBallot(open_.id, 1, 1, scores, None, None),
        NoteGroups(open_.id, 1, Groups()),
        SayNoneUsed(open_.id),
        RemindMe(open_.id),
        SendPoster(posted.payload, "1"),
        SendWall(posted.payload, "a4"),
        AcceptInvitation(payload_hash(world.invitation)),
        InviteColleague(Role.FACILITATOR, (COMMUNE,), "Somebody", None),
        TakeBack(world.offered),
        MarkTrained(FACILITATOR, trained=True),
        MoveSessions(FACILITATOR, COORDINATOR),
        RevokeRole(FACILITATOR),
        ForgetMe(),
        SendGuide(),
        EndPractice(Digest(open_, ())),
    )


REFUSALS = {
    COORDINATORS_ONLY,
    FACILITATORS_ONLY,
    NO_COLLEAGUE,
    NOTHING_FOUND,
    NOTHING_ON_BOARD,
    NOT_INVITED,
    NOT_YOURS,
    NOT_ADMINISTRATOR,
    NO_SUCH_CODE,
    "invitation dead",
    "group gone",
}

OPENLY = {CastBallot, NoteGroups, RemindMe, SayNoneUsed, SendPoster, SendWall, AcceptInvitation}
"""Commands of whoever has a link."""

OF_ANY_BOT = {OpenSession, PlanSession, MergeVillages, LinkHere, AskToLink}
"""Commands about a place, where another bot may have a scorecard too."""

OWN = {EndPractice, ForgetMe, SendGuide}
"""Commands about whoever gives them, and nobody else."""


@pytest.mark.parametrize("attacker", ATTACKERS)
def test_no_command_is_carried_out_for_who_may_not(ground, attacker):
    """Forged past every screen: the one place where commands are carried out refuses them."""
    bot, person = ATTACKERS[attacker]
    forged, theirs = (
        commands(ground.world),
        OPENLY if bot == BOT else OF_ANY_BOT,
    )
    assert {type(command) for command in forged} == set(HOUSE.commands)
    before = ground.dump()
    for command in forged:
        how = HOUSE.commands[type(command)].who
        act = Act.LINK if how is Openly.HOLDER else how
        if type(command) in theirs | OWN or theirs_to_do((bot, person), act, anywhere=isinstance(command, AskToLink)):
            continue
        refused = ground.work(carry_out, Person(bot, person, "en", None), command, 77)
        assert isinstance(refused, Why), command
        assert refused in REFUSALS, command
    assert ground.dump() == before


@pytest.mark.parametrize("person", [NOBODY, ELSEWHERE, CITIZEN])
def test_no_group_is_taken(ground, person):
    """Neither its commune nor its language is changed by who is no facilitator of it, whatever they say and tap."""
    before = ground.dump("seen_update", "group_waiting")
    linked = ground.take(InGroup(BOT, CHAT, person, next(UPDATES), "link"))
    asked = ground.take(InGroup(BOT, CHAT, person, next(UPDATES), "language"))
    assert isinstance(linked.notice, ConfirmLink if person == ELSEWHERE else LinkRefused)
    assert asked.notice == AskPrivately()
    for name, *about in (("group_language", "km"), ("unlink",), *((one, OTHER_COMMUNE) for one in LINKING)):
        tapped = ground.take(GroupTap(BOT, CHAT, person, Entry(name, tuple(about)), Screen(GROUP, 5)))
        assert (tapped.notice, tapped.refused in REFUSALS) == (None, True)
    assert ground.dump("seen_update", "group_waiting") == before


LINKING = ("link_here", "hand_over")


def test_the_button_of_a_group_belongs_to_who_asked(ground):
    """A facilitator of another commune who gets hold of it links the group neither to theirs nor to anybody's."""
    before = ground.dump("seen_update")
    opened = come(ground, (BOT, ELSEWHERE), Entry("link", (ground.world.waiting,)), next(UPDATES))
    assert opened.shows == Refusal(NOT_YOURS)
    person = Person(BOT, ELSEWHERE, "en", None)
    for commune in (COMMUNE, OTHER_COMMUNE):
        assert isinstance(ground.work(carry_out, person, LinkGroup(ground.world.waiting, commune), 77), Why)
    assert ground.dump("seen_update") == before


def test_nobody_hands_over_what_nobody_asked_for(ground):
    """Neither who holds a group nor its administrator links it to another commune, unless a facilitator there asked."""
    before = ground.dump("seen_update")
    for by, administers in ((FACILITATOR, False), (NOBODY, True)):
        tap = GroupTap(BOT, CHAT, by, Entry("hand_over", ("120101",)), 5, administers=administers)
        assert ground.take(tap).refused == "group gone"
    assert ground.dump("seen_update") == before


_DIALOGUES = sa.select(sa.func.count()).select_from(tables.dialogue)
PARTS = st.sampled_from(
    [
        NO_SUCH_ID,
        NO_SUCH_PAYLOAD,
        COMMUNE,
        "021002",
        "1",
        "2",
        "3",
        "4",
        "5",
        "0",
        "a4",
        "xlsx",
        "xx",
        "A" * 40,
        "session_over",
    ]
)


@given(st.sampled_from(sorted(HOUSE.entries)), st.lists(PARTS, max_size=3), st.none() | st.integers(0, 9), st.data())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_forged_entries(ground, name, parts, turn, data):
    """Whatever somebody without a role makes up of real and made-up parts begins nothing but what links begin."""
    links = [ground.world.open.payload, ground.world.posted.payload, ground.world.invitation, ground.world.waiting]
    about = [data.draw(st.sampled_from([part, *links])) for part in parts]
    theirs = ["seen_update", "dialogue", "post", "ended_dialogue", "person"]  # that they came, or want to be forgotten
    before = ground.dump(*theirs)
    who = (BOT, NOBODY)
    reply = come(ground, who, Entry(name, tuple(about), turn), data.draw(st.integers(10_000, 10**9)))
    assert isinstance(reply, Reply)
    assert ground.dump(*theirs) == before
    if name in GUARDED:
        assert isinstance(reply.shows, Refusal) or ground.work(lambda unit: unit.db.scalar(_DIALOGUES))


def test_what_these_tests_would_miss(ground):
    """The same acts are done for who may: so they are refused for no other reason."""
    who = (BOT, FACILITATOR)
    assert not isinstance(come(ground, who, real(ground, "session"), next(UPDATES)).shows, Refusal)
    assert not isinstance(
        ground.work(carry_out, Person(*who, "en", None), SendPack(ground.world.open.session.id), 1), Why
    )
    assert ground.take(InGroup(BOT, WAITING_CHAT, CITIZEN, 9001, "link")).notice is not None
