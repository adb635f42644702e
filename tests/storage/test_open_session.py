"""Opening a session."""

from dataclasses import replace
from pathlib import Path

import pytest
from made import BOT, COMMUNE, FACILITATOR, new_store, with_session

from conversations.sessions.open_session import OpenSession
from scorecard.payload import CODE_BYTES
from scorecard.session import Closing
from storage.sessions.open_session import open_session
from storage.unit import Unit


@pytest.mark.parametrize("taken", [99, 100])
async def test_a_code_that_is_free_is_looked_for_and_not_for_ever(tmp_path: Path, taken: int) -> None:
    """Chance gives the code of another session again and again: the hundredth is taken; else that alone fails."""
    store = new_store(tmp_path)
    held = await with_session(store)
    codes = iter([held.session.code] * taken + ["00000007"] * 2)

    def another(unit: Unit) -> str:
        def draw(number: int) -> bytes:
            return int(next(codes)).to_bytes(CODE_BYTES) if number == CODE_BYTES else unit.draw(number)

        command = OpenSession(COMMUNE, (1,), (), Closing.ONE_HOUR)
        return open_session(replace(unit, draw=draw), BOT, FACILITATOR, None, command).session.code

    if taken < 100:
        assert await store.run(another) == "00000007"
    else:
        with pytest.raises(RuntimeError, match="no code is free"):
            await store.run(another)
    store.close()
