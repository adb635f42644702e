"""Samleng's receptionist as it runs in production, with a session of three service points to score."""

import asyncio
import logging
import signal
import sys
from pathlib import Path

import uvloop
from pydantic import SecretStr

from bot.clocks import telegram_clock
from bot.logs import set_up_logs
from bot.office.invite import places_of
from bot.open_store import open_store
from bot.run import serve
from bot.settings import Settings
from conversations.sessions.open_session import OpenSession
from scorecard.card import Service
from scorecard.place import NewPoint
from scorecard.session import Closing
from storage.roles.invitations import invite
from storage.sessions.open_session import open_session

COMMUNE = "021001"
POINTS = tuple(
    NewPoint(COMMUNE, service, name, name)
    for service, name in (
        (Service.COMMUNE_OFFICE, ""),
        (Service.HEALTH_CENTRE, "Ek Phnum"),
        (Service.PRIMARY_SCHOOL, "Wat Kor"),
    )
)


async def run(url: str, token: str, folder: Path) -> None:
    settings = Settings(
        bot_token=SecretStr(token),
        database_url=f"sqlite:///{folder / 'samleng.sqlite3'}",
        keys=folder / "keys",
        api_url=url,
    )
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    theirs = await telegram_clock(settings)
    store = await open_store(settings, sure=theirs.sure)
    try:
        await store.run(invite, int(token.partition(":")[0]), (COMMUNE,), places_of(COMMUNE), "benchmark", None)
        command = OpenSession(COMMUNE, (), POINTS, Closing.SEVEN_DAYS)
        found = await store.run(open_session, int(token.partition(":")[0]), 1, None, command)
        print(found.payload, flush=True)
        await serve(settings, store, "receptionist", stop, theirs)
    finally:
        store.close()


if __name__ == "__main__":
    set_up_logs(logging.WARNING)
    asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())
    asyncio.run(run(sys.argv[1], sys.argv[2], Path(sys.argv[3])))
