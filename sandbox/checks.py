"""Every call is checked against the Bot API's description before anything is done.

A value comes in as a client sent it: parameters as text (query string, forms) or typed (JSON bodies), what is
inside an object always typed. It goes out with the type that the description names, or the call is refused with
the place that does not fit. One check is compiled for each type, one table for each method, when this is loaded.
"""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from sandbox.facts import Table, facts
from sandbox.files import Upload
from sandbox.refusals import RefusedError, bad_request, missing, not_implemented

Check = Callable[[Any], Any]
"""Takes a value, gives it back as its type; raises WrongError."""


def parameters_of(method: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """A method that the stand-in has, and what a client sent; its parameters, typed. Raises RefusedError."""
    checks, required = _METHODS[method]
    taken: dict[str, Any] = {}
    for name, value in given.items():
        check = checks.get(name)
        if check is None:
            if isinstance(value, Upload):
                # A file under a name of its own: another parameter may say attach://NAME.
                taken.setdefault("attached", {})[name] = value
                continue
            if name in facts().methods[method]:
                raise not_implemented(f"{method}'s {name}")
            raise bad_request(f"{method} has no parameter {name!r}")
        if value is None:
            continue
        try:
            taken[name] = check(value)
        except WrongError as wrong:
            raise wrong.refusal(name) from None
    for name in required:
        if name not in taken or (taken[name] == "" and name != "url"):
            raise missing(name)
    return taken


class WrongError(Exception):
    """A value that does not fit, and where inside the parameter it stands."""

    def __init__(self, reason: str, path: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.path = path

    def inside(self, place: str) -> "WrongError":
        return WrongError(self.reason, place + self.path)

    def refusal(self, parameter: str) -> RefusedError:
        return bad_request(f"{parameter}{self.path} {self.reason}")


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise WrongError("must be a String")
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            raise WrongError("must be encoded in UTF-8") from None
    return value


def _integer(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise WrongError("must be an Integer")
    return value


def _boolean(value: Any) -> bool:
    if not isinstance(value, bool):
        raise WrongError("must be a Boolean")
    return value


def _true(value: Any) -> bool:
    if value is not True:
        raise WrongError("must be True")
    return True


def _chat_id(value: Any) -> int | str:
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise WrongError("must be an Integer or a String")
    return value


def _file(value: Any) -> Upload | str:
    return value if isinstance(value, Upload) else _text(value)


def _list_of(check: Check) -> Check:
    def checked(value: Any) -> list[Any]:
        if not isinstance(value, list):
            raise WrongError("must be an Array")
        taken = []
        for place, item in enumerate(value):
            try:
                taken.append(check(item))
            except WrongError as wrong:
                raise wrong.inside(f"[{place}]") from None
        return taken

    return checked


def _object(name: str, table: Table) -> Check:
    fields = {field: _check(kind) for field, (kind, _) in table.items()}
    required = [field for field, (_, needed) in table.items() if needed]

    def checked(value: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise WrongError(f"must be a {name} object")
        taken = {}
        for field, item in value.items():
            check = fields.get(field)
            if check is None:
                raise WrongError(f"has a field that {name} has not: {field!r}")
            try:
                taken[field] = check(item)
            except WrongError as wrong:
                raise wrong.inside(f".{field}") from None
        for field in required:
            if field not in taken:
                raise WrongError(f"lacks the field {field!r} of {name}")
        return taken

    return checked


def _one_of(names: list[str]) -> Check:
    """Unions without a type field, told apart by what is required of each."""
    checks = [(_required(name), _check(name)) for name in names]

    def checked(value: Any) -> Any:
        if isinstance(value, dict):
            for required, check in checks:
                if required <= value.keys():
                    return check(value)
        raise WrongError(f"must be one of {', '.join(names)}")

    return checked


def _by_type(union: str, names: list[str]) -> Check:
    """Unions with a type field: BotCommandScopeAllGroupChats has the type all_group_chats."""
    checks = {re.sub(r"(?<!^)(?=[A-Z])", "_", name.removeprefix(union)).lower(): _check(name) for name in names}

    def checked(value: Any) -> Any:
        check = checks.get(value.get("type", "")) if isinstance(value, dict) else None
        if check is None:
            raise WrongError(f"must be a {union} object with one of the types {', '.join(checks)}")
        return check(value)

    return checked


def _required(name: str) -> frozenset[str]:
    return frozenset(field for field, (_, needed) in facts().types[name].items() if needed)


_compiled: dict[str, Check] = {
    "String": _text,
    "Integer": _integer,
    "Boolean": _boolean,
    "True": _true,
    "Integer or String": _chat_id,
    "InputFile or String": _file,
}


def _check(kind: str) -> Check:
    """The check for a type as the description writes it."""
    check = _compiled.get(kind)
    if check is None:
        if kind.startswith("Array of "):
            check = _list_of(_check(kind.removeprefix("Array of ")))
        elif " or " in kind:
            check = _one_of(kind.split(" or "))
        elif kind in facts().unions:
            check = _by_type(kind, facts().unions[kind])
        else:
            check = _object(kind, facts().types[kind])
        _compiled[kind] = check
    return check


_TRUTHS = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}


def _from_outside(kind: str) -> Check:
    """The check for a parameter, which may come as text."""
    check = _check(kind)
    if kind in {"String", "InputFile or String"}:
        return check
    if kind == "Integer or String":
        return _chat_id_from_outside

    def checked(value: Any) -> Any:
        if not isinstance(value, str):
            return check(value)
        if kind == "Integer":
            if not re.fullmatch(r"-?\d{1,19}", value):
                raise WrongError("must be an Integer")
            return int(value)
        if kind == "Boolean":
            return check(_TRUTHS.get(value.lower()))
        try:
            return check(json.loads(value))
        except (ValueError, RecursionError):
            raise WrongError("can't be parsed: it is no JSON") from None

    return checked


def _chat_id_from_outside(value: Any) -> int | str:
    taken = _chat_id(value)
    if isinstance(taken, str) and re.fullmatch(r"-?\d{1,19}", taken):
        return int(taken)
    return taken


def _compile(method: str) -> tuple[dict[str, Check], list[str]]:
    table = facts().methods[method]
    checks = {name: _from_outside(kind) for name, (kind, _) in table.items() if name not in facts().absent_parameters}
    return checks, [name for name, (_, needed) in table.items() if needed]


_METHODS = {method: _compile(method) for method in facts().methods}
