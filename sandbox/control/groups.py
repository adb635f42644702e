"""Groups: made, joined, left, renamed, upgraded; and the bot's standing in them."""

from collections.abc import Callable
from typing import Any

from sandbox.control.given import ControlError, Given
from sandbox.control.topics import add_topic, close_topic, delete_topic, topics_of
from sandbox.happenings import announce, bot_standing, member_standing, write
from sandbox.wire import ADMIN_RIGHTS, MEMBER_RIGHTS
from sandbox.world import Bot, Chat, Member, Person

FIELDS = frozenset({"title", "members", "type"})
ACTION_FIELDS = frozenset({"action", "by", "person", "bot", "title", "payload", "rights", "topic"})


def add_group(given: Given) -> dict[str, Any]:
    kind, title = given.text("type") or "group", given.needed_text("title")
    members = given.values.get("members")
    if kind not in {"group", "supergroup"}:
        raise ControlError("type must be group or supergroup")
    if not isinstance(members, list) or not members:
        raise ControlError("members must be a list of people's ids, the owner first")
    people = [Given(given.world, {"members": number}).person("members") for number in members]
    group = given.world.add_group(kind, title)
    for person in people:
        group.members[person.id] = Member("member" if group.members else "creator")
    group.changed()
    return _about(group)


def act(given: Given, number: str) -> dict[str, Any]:
    """Carry out one action on the group with this id; the group afterwards."""
    group = Given(given.world, {"id": number}).group(Given(given.world, {"id": number}).number("id"))
    if group.gone or group.upgraded_to is not None:
        raise ControlError(f"the group {number} is no more")
    action = ACTIONS.get(given.needed_text("action"))
    if action is None:
        raise ControlError(f"action must be one of {', '.join(ACTIONS)}")
    return _about(action(given, group, _by(given, group)) or group)


def _add_bot(given: Given, group: Chat, by: Person) -> None:
    bot, rights, payload = given.bot(), given.rights(), given.text("payload")
    if _standing(group, bot.id).present:
        raise ControlError("the bot is in the group already")
    _check_rights(rights, ADMIN_RIGHTS)
    new = Member("administrator", rights) if rights else Member("member")
    bot_standing(given.world, group, bot, new, by)
    announce(given.world, group, by, {"new_chat_members": [bot.user]})
    if payload is not None:
        write(given.world, group, by, f"/start@{bot.username} {payload}".strip())


def _remove_bot(given: Given, group: Chat, by: Person) -> None:
    bot = given.bot()
    if not _standing(group, bot.id).present:
        raise ControlError("the bot is not in the group")
    announce(given.world, group, by, {"left_chat_member": bot.user})
    status = "kicked" if group.kind == "supergroup" else "left"
    bot_standing(given.world, group, bot, Member(status, thrown_out=True), by)


def _add(given: Given, group: Chat, by: Person) -> None:
    person = given.person()
    if _standing(group, person.id).present:
        raise ControlError(f"person {person.id} is in the group already")
    member_standing(given.world, group, person, Member("member"), by)
    announce(given.world, group, by, {"new_chat_members": [person.user]})


def _remove(given: Given, group: Chat, by: Person) -> None:
    person = given.person()
    if not _standing(group, person.id).present:
        raise ControlError(f"person {person.id} is not in the group")
    member_standing(given.world, group, person, Member("left"), by)
    announce(given.world, group, by, {"left_chat_member": person.user})


def _rename(given: Given, group: Chat, by: Person) -> None:
    group.title = given.needed_text("title")
    given.world.journal.world_changed()
    announce(given.world, group, by, {"new_chat_title": group.title})


def _promote(given: Given, group: Chat, by: Person) -> None:
    rights = given.rights()
    _check_rights(rights, ADMIN_RIGHTS)
    _set_standing(given, group, by, Member("administrator", rights or dict.fromkeys(ADMIN_RIGHTS, True)))


def _demote(given: Given, group: Chat, by: Person) -> None:
    _set_standing(given, group, by, Member("member"))


def _restrict(given: Given, group: Chat, by: Person) -> None:
    if group.kind != "supergroup":
        raise ControlError("only a supergroup can restrict a member")
    rights = given.rights()
    _check_rights(rights, MEMBER_RIGHTS)
    _set_standing(given, group, by, Member("restricted", rights) if rights else Member("member"))


def _migrate(given: Given, group: Chat, by: Person) -> Chat:
    if group.kind != "group":
        raise ControlError("the group is a supergroup already")
    upgraded = given.world.add_group("supergroup", group.title)
    upgraded.members = dict(group.members)
    upgraded.bots = list(group.bots)
    announce(given.world, group, by, {"migrate_to_chat_id": upgraded.id})
    announce(given.world, upgraded, by, {"migrate_from_chat_id": group.id})
    group.upgraded_to = upgraded.id
    given.world.journal.world_changed()
    return upgraded


def _delete(given: Given, group: Chat, by: Person) -> None:
    for bot in list(group.bots):
        bot_standing(given.world, group, bot, Member("left"), by)
    group.gone = True
    given.world.journal.world_changed()
    group.changed()


ACTIONS: dict[str, Callable[[Given, Chat, Person], Chat | None]] = {
    "add_bot": _add_bot,
    "remove_bot": _remove_bot,
    "add": _add,
    "remove": _remove,
    "rename": _rename,
    "promote": _promote,
    "demote": _demote,
    "restrict": _restrict,
    "migrate": _migrate,
    "topic": add_topic,
    "close_topic": close_topic,
    "delete_topic": delete_topic,
    "delete": _delete,
}


def _by(given: Given, group: Chat) -> Person:
    """Who does it: the person named, who is in the group, or the group's owner."""
    if not given.has("by"):
        owner = next(number for number, member in group.members.items() if member.status == "creator")
        return given.world.people[owner]
    by = given.person("by")
    if not _standing(group, by.id).present:
        raise ControlError(f"by: person {by.id} is not in the group")
    return by


def _set_standing(given: Given, group: Chat, by: Person, new: Member) -> None:
    who: Person | Bot = given.person() if given.has("person") else given.bot()
    old = _standing(group, who.id)
    if not old.present or old.status == "creator":
        raise ControlError(f"{who.first_name} is the owner of the group, or not in it")
    if isinstance(who, Bot):
        bot_standing(given.world, group, who, new, by)
    else:
        member_standing(given.world, group, who, new, by)


def _standing(group: Chat, number: int) -> Member:
    return group.members.get(number, Member("left"))


def _check_rights(rights: dict[str, bool], known: tuple[str, ...]) -> None:
    if unknown := rights.keys() - set(known):
        raise ControlError(f"unknown rights: {', '.join(sorted(unknown))}; known: {', '.join(known)}")


def _about(group: Chat) -> dict[str, Any]:
    about = {"id": group.id, "type": group.kind, "title": group.title}
    return about | ({"topics": topics_of(group)} if group.forum else {})
