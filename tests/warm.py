"""What a bot imports and reads, once for all that are forked from here, so that each begins at once (forked.py)."""

import gc

import alembic.command
import alembic.runtime.migration
import alembic.script
import certificates
import psycopg
import uvloop

import bot.drawing.drawer
import bot.run
import bot.telegram.by_aiogram
import bot.telegram.by_ptb
import bot.telegram.courier
import bot.telegram.desk
import bot.telegram.receptionist
import bot.telegram.screens
import storage.rooms
import storage.sealing
from files.cards import shipped_cards
from wording.catalogue import Wording, languages

__all__ = ["alembic", "bot", "certificates", "psycopg", "storage", "uvloop"]

shipped_cards()
for _language in languages():
    Wording(_language).plain("Send")
gc.freeze()
