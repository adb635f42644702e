"""How the rooms of the house look, in the order of the rooms."""

from bot.drawing.arrival import DRAWS as ARRIVAL
from bot.drawing.groups import DRAWS as GROUPS
from bot.drawing.results.room import DRAWS as RESULTS
from bot.drawing.roles.room import DRAWS as ROLES
from bot.drawing.scoring.room import DRAWS as SCORING
from bot.drawing.sessions.room import DRAWS as SESSIONS

DRAWS = (ARRIVAL, SCORING, SESSIONS, GROUPS, RESULTS, ROLES)
