"""The bot itself, and how it hears of things."""

from typing import Any

from sandbox.methods.method import Method, Parameters
from sandbox.world import Bot, World


def get_me(_world: World, bot: Bot, _given: Parameters) -> dict[str, Any]:
    return bot.user | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_guest_queries": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
        "can_manage_bots": False,
        "supports_join_request_queries": False,
    }


def delete_webhook(_world: World, bot: Bot, given: Parameters) -> bool:
    if given.get("drop_pending_updates"):
        bot.updates.drop_all()
    return True


def get_webhook_info(_world: World, bot: Bot, _given: Parameters) -> dict[str, Any]:
    about: dict[str, Any] = {
        "url": "",
        "has_custom_certificate": False,
        "pending_update_count": len(bot.updates),
    }
    if bot.updates.allowed is not None:
        about["allowed_updates"] = sorted(bot.updates.allowed)
    return about


METHODS: dict[str, Method] = {
    "getMe": get_me,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}
