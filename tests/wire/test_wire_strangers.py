"""Who has no right to something tries it all the same: nothing of anybody else's changes, and nothing is told."""

from village import answers, arrive, citizen, close, forge, of_bot, others, rows, score, score_all, still, tell, told
from waiting import CEILING

ONLY_FACILITATORS = "មានតែអ្នកសម្របសម្រួល"


async def busy(people, house):
    """A facilitator with an open session of eight ballots, and a citizen who is half-way through."""
    dara = await house.facilitator(people)
    link = await house.open_session(dara)
    await score_all(people, link, 8)
    midway = await citizen(people)
    await score(midway, link, stop=4)
    return dara, link, midway


async def test_commands_of_facilitators(people, house):
    """Who is no facilitator can neither open nor close nor see what is open, also in the middle of scoring."""
    _, _, midway = await busy(people, house)
    stranger = await citizen(people)
    before = others(house, stranger.id)
    for command in ("/open", "/close", "/sessions", "/open@samleng_demo_bot"):
        assert ONLY_FACILITATORS in (await tell(stranger, command)).text
    assert others(house, stranger.id) == before
    given = answers(house, midway)
    for command in ("/open", "/close", "/sessions"):
        await tell(midway, command)
    assert answers(house, midway) == given


async def test_a_stranger_does_not_lose_the_welcome(people, house):
    """A citizen at the first question who says /close keeps that question's conversation."""
    dara = await house.facilitator(people)
    link = await house.open_session(dara)
    rithy = await citizen(people)
    await arrive(rithy, link)
    for command in ("/open", "/close", "/sessions"):
        await tell(rithy, command)
        assert rows(house, "SELECT flow FROM dialogue WHERE person = ?", rithy.id) == [("join",)]


async def test_forged_taps(telegram, people, house):
    """Whatever a tap carries, it is answered, and whatever belongs to somebody else stays as it is."""
    _, link, midway = await busy(people, house)
    payload = link.partition("=")[2]
    ((dialogue, turn),) = rows(house, "SELECT id, turn FROM dialogue WHERE person = ?", midway.id)
    stranger = await citizen(people)
    await tell(stranger, "/start")
    before = others(house, stranger.id)
    forged = (
        *(f"d:{dialogue}:{turn}:{value}" for value in ("5", "<", "@en", "!leave", "!look", "yes", "")),
        *(f"e:{name}:1" for name in ("close", "post", "session", "closed", "later", "pass", "open", "thanks", "leave")),
        *(f"l:en:{name}:1" for name in ("close", "post", "session", "pass")),
        *(f"e:{name}:{'9' * 50}" for name in ("close", "post", "session")),
        *(f"e:{name}:១" for name in ("close", "post", "session")),
        *(f"e:{name}:garbage" for name in ("join", "another", "correct", "thanks", "link", "invitation", "session")),
        *("", " ", ":", "::::", "d", "d:", "e:", "l:", "l:xx:hello", "l:en:", "d::0:5", "d:x:-1:5", "d:x:១:5"),
        *("x" * 64, "d:" + "9" * 62, f"d:x:{'9' * 56}:5", "'; DROP TABLE ballot; --", "<b>", "\u202e😀"),
        f"e:thanks:{payload}:garbage",
        f"l:en:thanks:{payload}:",
    )
    for data in forged:
        await forge(telegram, stranger, data)
    await still(telegram, house)
    assert others(house, stranger.id) == before
    assert rows(house, "SELECT state FROM session") == [("open",)]
    assert [secret for secret in (payload, "or more", "គ្រឿងឡើងទៅ") if secret in told(telegram, stranger)] == []


async def test_forged_taps_on_a_closed_session(telegram, people, house):
    """Nobody but its facilitator sees what a closed session gave before the group does, or posts it."""
    dara = await house.facilitator(people)
    group = await house.group(people, dara)
    link = await house.open_session(dara)
    await score_all(people, link, 8, 5)
    await close(dara)
    stranger = await citizen(people)
    await tell(stranger, "/start")
    await still(telegram, house)
    before = others(house, stranger.id)
    for data in ("e:session:1", "e:closed:1", "e:later:1", "e:post:1", "l:en:closed:1", "l:en:post:1"):
        await forge(telegram, stranger, data)
    await still(telegram, house)
    assert others(house, stranger.id) == before
    assert len(await of_bot(dara, chat=group.id)) == 1
    assert [secret for secret in ("of 5", "៥ លើ") if secret in told(telegram, stranger)] == []


async def test_forged_values_in_ones_own_conversation(telegram, people, house):
    """A value that no button has is refused with a word; the question stays."""
    _, _, midway = await busy(people, house)
    question = (await midway.screen()).text
    for value in (
        "0",
        "6",
        "-1",
        "5.0",
        "៥",
        "",
        "yes",
        "working_hours",
        "@xx",
        "!",
        "!go_on",
        "!leave:hello",
        "?",
        "x" * 40,
    ):
        ((dialogue, turn),) = rows(house, "SELECT id, turn FROM dialogue WHERE person = ?", midway.id)
        given = answers(house, midway)
        assert (value, await forge(telegram, midway, f"d:{dialogue}:{turn}:{value}")) != (value, None)
        assert (await midway.screen()).text == question
        assert answers(house, midway) == given


async def test_a_facilitator_of_elsewhere(telegram, people, house):
    """A facilitator reaches the sessions of their own communes and no other's, and can't open in another's."""
    await busy(people, house)
    far = await house.facilitator(people, "120101", name="Far")
    before = others(house, far.id)
    assert "/open" in (await tell(far, "/sessions")).text
    assert "/open" in (await tell(far, "/close")).text
    for data in ("e:close:1", "e:post:1", "e:session:1", "e:pass:1", "l:en:session:1"):
        await forge(telegram, far, data)
    await still(telegram, house)
    assert [secret for secret in ("?start=s-", "or more", "គ្រឿងឡើងទៅ") if secret in told(telegram, far)] == []
    screen = await tell(far, "/open")
    ((dialogue, turn),) = rows(house, "SELECT id, turn FROM dialogue WHERE person = ?", far.id)
    await forge(telegram, far, f"d:{dialogue}:{turn}:021001")
    assert (await far.screen()).text == screen.text
    assert others(house, far.id) == before


async def test_old_messages_and_old_turns(telegram, people, house):
    """A tap on what is gone or was answered changes nothing and shows, on one screen, the question that waits."""
    dara = await house.facilitator(people)
    link = await house.open_session(dara)
    rithy = await citizen(people)
    first = await arrive(rithy, link)
    await score(rithy, link, stop=2)
    old = await rithy.screen()
    await tell(rithy, "…")
    now = await rithy.screen()
    await rithy.tap_through(now.rows[0][1])
    question = await rithy.screen()
    kept = answers(house, rithy), rows(house, "SELECT turn FROM dialogue")
    for screen in (first, old, now):
        answered = (await rithy.tap(screen.buttons[0], message=screen.id, stale=True, wait=CEILING)).answer
        assert answered is not None
        await still(telegram, house)
        assert [m.text for m in await of_bot(rithy) if m.rows] == [
            question.text.rpartition("\n\n<")[0] or question.text
        ]
        assert (answers(house, rithy), rows(house, "SELECT turn FROM dialogue")) == kept
