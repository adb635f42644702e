"""Callback queries: answered once, and soon."""

from sandbox.methods.method import Method, Parameters
from sandbox.refusals import bad_request, query_too_old
from sandbox.world import Bot, World

LIFETIME = 15
"""Seconds for which a tap waits for its answer. Telegram names no figure; this is what people measured."""

MAX_TEXT = 200


def answer_callback_query(world: World, bot: Bot, given: Parameters) -> bool:
    text = given.get("text", "")
    if len(text) > MAX_TEXT:
        raise bad_request("MESSAGE_TOO_LONG")
    query = bot.queries.pop(given["callback_query_id"], None)
    if query is None or world.clock() - query.asked > LIFETIME:
        raise query_too_old()
    answer = {name: given[name] for name in ("text", "url") if given.get(name)}
    answer["alert"] = given.get("show_alert", False)
    # Who tapped may have stopped waiting.
    if not query.answered.done():
        query.answered.set_result(answer)
    if text:
        query.chat.story.note("Bot", f" answers {query.person.first_name}", text, person=query.person.id)
        query.chat.toast(query, text, alert=answer["alert"])
    return True


METHODS: dict[str, Method] = {"answerCallbackQuery": answer_callback_query}
