"""Whether what the stand-in gives back is what the Bot API describes: every field known, typed, none missing."""

from typing import Any

from sandbox.facts import facts

PLAIN = {"String": str, "Integer": int, "Boolean": bool, "True": bool}


def conforms(value: Any, kind: str, path: str = "") -> list[str]:
    """A value and a type as the description writes it; what does not fit, with its place."""
    path = path or kind
    if kind in PLAIN:
        fits = type(value) is PLAIN[kind] and (kind != "True" or value is True)
        return [] if fits else [f"{path} is no {kind}: {value!r}"]
    if kind.startswith("Array of "):
        inner = kind.removeprefix("Array of ")
        return [wrong for at, each in enumerate(value) for wrong in conforms(each, inner, f"{path}[{at}]")]
    unions = facts().unions | facts().returned_unions
    if kind in unions:
        tries = [conforms(value, each, path) for each in unions[kind] if _of(value, each)]
        return min(tries, key=len) if tries else [f"{path} is none of {unions[kind]}"]
    return _object(value, kind, path)


def result_conforms(value: Any, method: str) -> list[str]:
    """The same for what a method gives back."""
    tries = [conforms(value, kind, f"{method} → {kind}") for kind in facts().returns[method]]
    return min(tries, key=len)


def _object(value: Any, kind: str, path: str) -> list[str]:
    table = (facts().types | facts().returned_types).get(kind)
    if table is None:
        return [f"{path}: nobody expected a {kind}"]
    if not isinstance(value, dict):
        return [f"{path} is no object: {value!r}"]
    wrong = [f"{path} lacks {name}" for name, (_, required) in table.items() if required and name not in value]
    for name, field in value.items():
        if name in table:
            wrong += conforms(field, table[name][0], f"{path}.{name}")
        else:
            wrong.append(f"{path} has no field {name}")
    return wrong


STATUS = {
    "ChatMemberOwner": "creator",
    "ChatMemberAdministrator": "administrator",
    "ChatMemberMember": "member",
    "ChatMemberRestricted": "restricted",
    "ChatMemberLeft": "left",
    "ChatMemberBanned": "kicked",
}


def _of(value: Any, kind: str) -> bool:
    """Whether a union's value is meant to be this one."""
    if kind in STATUS:
        return value.get("status") == STATUS[kind]
    return (kind == "InaccessibleMessage") == (value.get("date") == 0)
