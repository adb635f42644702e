"""The bot itself, and how it hears of things."""

from typing import Any

from sandbox.hook import hook
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


def set_webhook(_world: World, bot: Bot, given: Parameters) -> bool:
    """An empty address takes the webhook away."""
    new = hook(given["url"], given.get("secret_token"), given.get("max_connections")) if given["url"] else None
    if given.get("drop_pending_updates"):
        bot.updates.drop_all()
    if "allowed_updates" in given:
        bot.updates.allowed = frozenset(given["allowed_updates"]) or None
    bot.updates.bring_to(new)
    return True


def delete_webhook(_world: World, bot: Bot, given: Parameters) -> bool:
    if given.get("drop_pending_updates"):
        bot.updates.drop_all()
    bot.updates.bring_to(None)
    return True


def get_webhook_info(_world: World, bot: Bot, _given: Parameters) -> dict[str, Any]:
    about: dict[str, Any] = {
        "url": set_to.url if (set_to := bot.updates.hook) is not None else "",
        "has_custom_certificate": False,
        "pending_update_count": len(bot.updates),
    }
    if set_to is not None:
        about |= {"ip_address": "127.0.0.1", "max_connections": set_to.max_connections}
        if set_to.error is not None:
            about |= {"last_error_date": set_to.error[0], "last_error_message": set_to.error[1]}
    if bot.updates.allowed is not None:
        about["allowed_updates"] = sorted(bot.updates.allowed)
    return about


METHODS: dict[str, Method] = {
    "getMe": get_me,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}
