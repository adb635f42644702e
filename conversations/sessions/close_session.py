from conversations.commands import CloseSession
from conversations.engine import Flow
from conversations.facts import CloseFacts
from conversations.prompts import CALL, CloseNow, HowToClose, WhichSession


def close_session(facts: CloseFacts) -> Flow:
    """A facilitator closes a session, now or with a last call."""
    by_id = {str(session.id): session for session in facts.sessions}
    asked = str(facts.asked)
    if asked not in by_id:
        one = len(by_id) == 1
        asked = next(iter(by_id)) if one else str((yield WhichSession(sessions=facts.sessions, options=tuple(by_id))))
    session = by_id[asked]
    how = yield HowToClose(session=session, turnout=facts.turnout[session.id])
    yield CloseNow(session=session, last_call=how == CALL)
    return CloseSession(session.id, last_call=how == CALL)
