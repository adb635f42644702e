"""The whole path while Telegram, or the line to it, fails in each way that the stand-in knows."""

import pytest
from insisting import all_score, ask_to_close, post

from sandbox.faults import KINDS
from storage.results.digests import releases_of

CITIZENS = 10
CHANCE = 0.06
"""Of each call, or update; and for the first time at once."""


@pytest.mark.fault(
    "429 in one chat",
    "5xx",
    "a hang",
    "a lost request",
    "a lost answer",
    "a doubled update",
    "updates out of order",
    holds="each ballot is counted once, and the digest is posted",
)
@pytest.mark.parametrize("kind", KINDS)
async def test_each_fault_is_survived(people, house, kind: str) -> None:
    """Nothing that was acknowledged is lost, nothing is counted twice, and the digest is posted."""
    facilitator = await house.facilitator(people)
    group = await house.group(people, facilitator)
    link = await house.open_session(facilitator)
    citizens = await people.add_many(CITIZENS)
    methods = {} if kind.endswith("update") else {"methods": ["sendMessage", "editMessageText", "answerCallbackQuery"]}
    fault = await people.fault(kind, chance=CHANCE, seed=7, **methods)
    await all_score(citizens, link, [])
    await ask_to_close(facilitator)
    digest = await post(facilitator, group.id)
    await people.no_fault(fault)
    assert f"People who scored: {CITIZENS}" in digest
    (release,) = await house.store.run(releases_of, 1)
    assert release.ballots == CITIZENS
    assert {figure.median for figure in release.figures} == {4.5}
