"""What results bring to the house."""

from conversations.entries import SESSION, SESSIONS
from conversations.refusals import NOT_YOURS, Why
from conversations.results.count_people import COUNT_AGAIN, PRESENT, CountPeople, count_people
from conversations.results.merge_villages import MERGE, MERGED, MergeVillages
from conversations.results.post_digest import (
    CLOSED,
    JUST_CLOSED,
    LATER,
    POST,
    POSTED_LATER,
    PREVIEW,
    Closed,
    PostDigest,
    SendPreview,
)
from conversations.results.read_digest import DATA, POSTER, READ, WALL, SendData, SendPoster, SendWall
from conversations.results.rename_point import RENAME, RenameFacts, RenamePoint, rename_point
from scorecard.role import Act
from storage.access import Openly, may
from storage.people import Dialogue, Person
from storage.results import attendance, merge_villages, post_digest, read_digest
from storage.results import rename_point as renaming
from storage.results.counts import COUNTS
from storage.results.digests import newest
from storage.results.last_villages import LAST_VILLAGES
from storage.results.merge_villages import Commune
from storage.results.summary import SUMMARY_COMMAND
from storage.room import Begin, Carries, Do, Leads, Room, Says, Show, Talk, Way
from storage.session import Held, of_command, of_id, of_payload
from storage.unit import Unit


def of_closed(unit: Unit, person: Person, id_: str) -> Held | Why:
    """The session that an entry names; where villages were put together again since, what came of that."""
    held = of_id(unit, person, id_)
    return held if isinstance(held, Why) else newest(unit, held)


def _closed(unit: Unit, _: Person, held: Held) -> Way:
    """What a closed session's facilitator can do; one that is open is shown as such."""
    return Show(post_digest.closed_notice(unit, held)) if held.session.is_closed else SESSION(held.session.id)


def _later(unit: Unit, person: Person, held: Held) -> Way:
    shown = _closed(unit, person, held)
    match shown:
        case Show(Closed(post_at=at)) if at is not None:
            return Show(shown.notice, note=POSTED_LATER)
    return shown


def _just_closed(unit: Unit, _: Person, held: Held) -> Way:
    return Show(post_digest.just_closed(unit, held)) if held.session.is_closed else SESSION(held.session.id)


def _post(unit: Unit, _: Person, held: Held) -> Way:
    """An old button does not post what nobody looked at: where villages were put together again, that is shown."""
    id_ = held.session.id
    if not held.session.is_closed:
        return SESSION(id_)
    return Do(PostDigest(id_), then=CLOSED(id_)) if newest(unit, held) == held else CLOSED(id_)


def _preview(_: Unit, __: Person, held: Held) -> Way:
    id_ = held.session.id
    return Do(SendPreview(id_), then=JUST_CLOSED(id_)) if held.session.is_closed else SESSION(id_)


def _present(unit: Unit, _: Person, held: Held) -> Way:
    noted = attendance.present(unit, held)
    return _count_again(unit, _, held) if noted is None else Show(noted)


def _count_again(_: Unit, __: Person, held: Held) -> Way:
    return Begin(count_people, {"session": held.session.id})


def _rename(_: Unit, __: Person, held: Held) -> Way:
    return Begin(rename_point, {"session": held.session.id}) if held.session.is_closed else SESSION(held.session.id)


def _read(unit: Unit, person: Person, held: Held) -> Way:
    read = read_digest.read_digest(unit, person, held)
    if isinstance(read, Why):
        return read
    post_digest.leave_to_read(unit, held, person.id)
    return Show(read)


def _poster(_: Unit, __: Person, held: Held, which: str) -> Way:
    return Do(SendPoster(held.payload, which), then=READ(held.payload))


def _wall(_: Unit, __: Person, held: Held, which: str) -> Way:
    return Do(SendWall(held.payload, which), then=READ(held.payload))


def _data(_: Unit, __: Person, held: Held, which: str) -> Way:
    return Do(SendData(held.payload, which), then=READ(held.payload))


def _merge(_: Unit, __: Person, commune: Commune) -> Way:
    return Do(MergeVillages(commune.place), then=MERGED(commune.place))


def _merged(unit: Unit, _: Person, commune: Commune) -> Way:
    merged = merge_villages.merged_of(unit, commune)
    if merged is None:
        return SESSIONS()
    return merged if isinstance(merged, Why) else Show(post_digest.closed_notice(unit, merged))


def _load_rename(unit: Unit, dialogue: Dialogue) -> RenameFacts | Why:
    person = Person(dialogue.bot, dialogue.person, unit.language, None)
    held = of_id(unit, person, str(dialogue.about["session"]))
    if isinstance(held, Why):
        return held
    return renaming.renamable(unit, held) if may(unit, dialogue.bot, dialogue.person, Act.RENAME, held) else NOT_YOURS


def _of_link(unit: Unit, person: Person, command: SendPoster | SendWall | SendData) -> Held | Why:
    return of_payload(unit, person, command.payload)


ROOM = Room(
    name="results",
    folders=("conversations.results", "storage.results"),
    flows=(Talk(rename_point, _load_rename), Talk(count_people, attendance.load_count)),
    entries={
        CLOSED: Leads(_closed, Act.SEE, of_closed),
        LATER: Leads(_later, Act.SEE, of_closed),
        JUST_CLOSED: Leads(_just_closed, Act.SEE, of_closed),
        POST: Leads(_post, Act.POST, of_id, turned=True),
        PREVIEW: Leads(_preview, Act.SEE, of_closed),
        PRESENT: Leads(_present, Act.COUNT_PEOPLE, of_id),
        COUNT_AGAIN: Leads(_count_again, Act.COUNT_PEOPLE, of_id),
        RENAME: Leads(_rename, Act.RENAME, of_closed),
        MERGE: Leads(_merge, Act.MERGE, merge_villages.of_commune, turned=True),
        MERGED: Leads(_merged, Act.SEE, merge_villages.of_commune),
        READ: Leads(_read, Openly.BEARER, of_payload),
        POSTER: Leads(_poster, Openly.BEARER, of_payload, more=1),
        WALL: Leads(_wall, Openly.BEARER, of_payload, more=1),
        DATA: Leads(_data, Act.TAKE_DATA, of_payload, more=1),
    },
    commands={
        PostDigest: Carries(post_digest.carry_post, Act.POST, of_command),
        SendPreview: Carries(post_digest.carry_preview, Act.SEE, of_command),
        SendPoster: Carries(read_digest.carry_send, Openly.BEARER, _of_link),
        SendWall: Carries(read_digest.carry_send, Openly.BEARER, _of_link),
        SendData: Carries(read_digest.carry_send, Act.TAKE_DATA, _of_link),
        MergeVillages: Carries(merge_villages.carry_merge, Act.MERGE, merge_villages.of_merging),
        CountPeople: Carries(attendance.carry_count, Act.COUNT_PEOPLE, of_command),
        RenamePoint: Carries(renaming.carry_rename, Act.RENAME, of_command),
    },
    due=(LAST_VILLAGES,),
    posts={
        post_digest.DIGEST: Says(
            post_digest.say_digest,
            group=True,
            passing=False,
            pinned=True,
            delivered=post_digest.show_how_it_went,
            undelivered=post_digest.tell_not_posted,
            unpinned=post_digest.tell_not_pinned,
        ),
        post_digest.NOT_PINNED: Says(post_digest.say_not_pinned, passing=False),
        post_digest.NOT_POSTED: Says(post_digest.say_way_to_post),
        post_digest.HOW_IT_WENT: Says(post_digest.say_how_it_went),
        post_digest.SUMMARY: Says(post_digest.say_summary, group=True, passing=False),
        post_digest.PREVIEWED: Says(post_digest.say_preview, again_after=post_digest.AGAIN_AFTER),
        post_digest.WAY_TO_POST: Says(post_digest.say_way_to_post, again_after=post_digest.AGAIN_AFTER),
        renaming.REWORD: Says(renaming.say_again, group=True),
        read_digest.POSTER: Says(read_digest.say_poster, again_after=post_digest.AGAIN_AFTER),
        read_digest.WALL: Says(read_digest.say_wall, again_after=post_digest.AGAIN_AFTER),
        read_digest.DATA: Says(read_digest.say_data, again_after=post_digest.AGAIN_AFTER),
    },
    chat=(SUMMARY_COMMAND,),
    at_closing=(post_digest.DIGESTS,),
    erases=(COUNTS,),
)
