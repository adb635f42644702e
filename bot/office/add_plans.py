"""Plans the sessions that a partner's file names."""

from datetime import UTC, datetime
from pathlib import Path

from bot.office.places_in_use import make_communes_known, places_in_use
from bot.open_store import open_store
from bot.settings import Settings, bot_id, database_name
from bot.trouble import database_troubles
from files.faults import FaultyFileError
from files.places import Gazetteer
from files.plans import PlannedRow, read_plans
from storage.sessions.plan_all import AllPlanned, Planning, faults_of, plan_all
from storage.unit import Unit


async def add_plans(settings: Settings, file: Path) -> AllPlanned:
    """Plan the sessions in an .xlsx or .csv file: all of them, or none.

    Raises FaultyFileError, having planned nothing, with every fault found in the file; Trouble as `open_store` does.
    """
    in_use = places_in_use(settings)
    rows = read_plans(file, in_use, datetime.now(UTC))
    store = await open_store(settings)
    try:
        with database_troubles(database_name(settings)):
            return await store.run(_plan, bot_id(settings), rows, in_use)
    finally:
        store.close()


def _plan(unit: Unit, bot: int, rows: tuple[PlannedRow, ...], in_use: Gazetteer) -> AllPlanned:
    make_communes_known(unit, in_use, sorted({row.place[:6] for row in rows}))
    plannings = [Planning(row.place, row.services, row.opens_at, row.closing, row.facilitator) for row in rows]
    faults = [rows[number].fault(*fault) for number, fault in sorted(faults_of(unit, bot, plannings).items())]
    if faults:
        raise FaultyFileError(faults)
    return plan_all(unit, bot, plannings)
