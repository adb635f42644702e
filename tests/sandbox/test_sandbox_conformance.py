"""Everything that the stand-in gives back is what the Bot API describes, and what both libraries know."""

from typing import Any

import aiogram
import pytest
import telegram
from aiogram.methods import TelegramMethod
from conforming import conforms, result_conforms
from everything import Everything
from pydantic import BaseModel, TypeAdapter

from sandbox.facts import facts


@pytest.fixture
async def played(api, http, people, sokha) -> Everything:
    everything = Everything(api, http)
    await everything.play(people, sokha)
    return everything


async def test_every_object_is_as_described(played):
    """No field that the Bot API does not have, none missing, each of its type; every method was called."""
    results, updates = played.results, played.updates
    assert {method for method, _ in results} == set(facts().methods)
    assert [wrong for method, result in results for wrong in result_conforms(result, method)] == []
    kinds = [next(name for name in update if name != "update_id") for update in updates]
    assert {"message", "callback_query", "my_chat_member", "chat_member"} == set(kinds)
    assert sorted(update["update_id"] for update in updates) == [update["update_id"] for update in updates]


async def test_aiogram_knows_every_field(played):
    """Aiogram's models take each object, and nothing is left over that they don't name."""
    bot = aiogram.Bot("1:" + "A" * 35)
    for method, result in played.results:
        model = getattr(aiogram.methods, method[0].upper() + method[1:])
        assert issubclass(model, TelegramMethod)
        read = TypeAdapter(model.__returning__).validate_python(result, context={"bot": bot})
        assert unknown(read) == [], method


async def test_ptb_knows_every_field(played):
    """python-telegram-bot's models take each object; what they don't name yet is newer than they are."""
    results, updates = played.results, played.updates
    models = {
        "sendMessage": telegram.Message, "sendPhoto": telegram.Message, "sendDocument": telegram.Message,
        "editMessageText": telegram.Message, "editMessageMedia": telegram.Message, "getMe": telegram.User,
        "editMessageCaption": telegram.Message, "getChat": telegram.ChatFullInfo, "getFile": telegram.File,
        "getWebhookInfo": telegram.WebhookInfo, "getChatMember": telegram.ChatMember,
    }  # fmt: skip
    left = set()
    for method, result in results:
        if method in models:
            left |= left_over(models[method].de_json(result, None))
    for update in updates:
        left |= left_over(telegram.Update.de_json(update, None))
    newer = {"can_send_welcome_messages", "supports_join_request_queries", "can_react_to_messages"}
    assert left <= newer, left - newer


def unknown(value: Any, path: str = "") -> list[str]:
    """Fields that a model of aiogram's took without knowing them."""
    if isinstance(value, list):
        return [found for each in value for found in unknown(each, path)]
    if not isinstance(value, BaseModel):
        return []
    here = f"{path}.{type(value).__name__}"
    extra = [f"{here}.{name}" for name in value.model_extra or ()]
    return extra + [found for name in type(value).model_fields for found in unknown(getattr(value, name), here)]


def left_over(value: Any) -> set[str]:
    """Names of fields that a model of python-telegram-bot's put aside."""
    if isinstance(value, list | tuple):
        return {name for each in value for name in left_over(each)}
    if not isinstance(value, telegram.TelegramObject):
        return set()
    inner = {name for each in value._get_attrs().values() for name in left_over(each)}
    return set(value.api_kwargs) | inner


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ({"file_id": "x"}, "File"),
        ({"file_id": "x", "file_unique_id": "y", "size": 1}, "File"),
        ({"file_id": 5, "file_unique_id": "y"}, "File"),
        ({"update_id": 1, "poll": {}}, "Update"),
        ([{"status": "lord"}], "Array of ChatMember"),
    ],
)
def test_the_check_itself_sees_what_is_wrong(value, kind):
    """A missing, an unknown and a wrongly typed field, an object nobody expected."""
    assert conforms(value, kind)
