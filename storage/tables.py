"""The tables that rooms share. Times are in UTC; everything of Telegram's carries the id of its bot."""

from datetime import UTC, datetime

import sqlalchemy as sa

metadata = sa.MetaData()

TOOK_PART = {"erased": "who took part"}
"""The `info` of a table whose rows tell that somebody took part, and are erased in time; what they say is sealed."""


class Time(sa.TypeDecorator[datetime]):
    """A moment in UTC, kept as whole microseconds since 1970: the same order and bytes on every database."""

    impl = sa.BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> int | None:  # noqa: ARG002
        return None if value is None else round(value.timestamp() * 1_000_000)

    def process_result_value(self, value: int | None, dialect: sa.Dialect) -> datetime | None:  # noqa: ARG002
        return None if value is None else datetime.fromtimestamp(value / 1_000_000, UTC)


def id_column() -> sa.Column[int]:
    return sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True)


person = sa.Table(
    "person",
    metadata,
    sa.Column("bot", sa.BigInteger, primary_key=True),
    sa.Column("id", sa.BigInteger, primary_key=True),
    sa.Column("language", sa.String(16), nullable=False),
    sa.Column("blocked", sa.Boolean, nullable=False, default=False),
    sqlite_with_rowid=False,
)

dialogue = sa.Table(
    "dialogue",
    metadata,
    sa.Column("id", sa.String(11), primary_key=True),
    sa.Column("bot", sa.BigInteger, nullable=False),
    sa.Column("person", sa.BigInteger, nullable=False),
    sa.Column("flow", sa.String(24), nullable=False),
    sa.Column("session", sa.BigInteger, sa.ForeignKey("session.id"), index=True),
    sa.Column("aside", sa.String(80)),
    sa.Column("body", sa.LargeBinary, nullable=False, comment="about and answers, sealed where there is a session"),
    sa.Column("screen", sa.BigInteger),
    sa.Column("turn", sa.Integer, nullable=False),
    sa.Column("seen_on", sa.Integer, nullable=False, index=True, comment="hours since 1970"),
    sa.UniqueConstraint("bot", "person"),
    sqlite_with_rowid=False,
    info=TOOK_PART,
)

ended_dialogue = sa.Table(
    "ended_dialogue",
    metadata,
    sa.Column("id", sa.String(11), primary_key=True),
    sa.Column("turn", sa.Integer, nullable=False),
    sa.Column("entry", sa.String(48), nullable=False),
    sa.Column("session", sa.BigInteger, index=True),
    sa.Column("ended_on", sa.Integer, nullable=False, index=True, comment="hours since 1970"),
    info=TOOK_PART,
)

doomed_key = sa.Table(
    "doomed_key",
    metadata,
    sa.Column("name", sa.String(16), primary_key=True),
)

key_folder = sa.Table(
    "key_folder",
    metadata,
    sa.Column("database", sa.String(16), primary_key=True, comment="with which its folder of keys is marked"),
)

seen_update = sa.Table(
    "seen_update",
    metadata,
    sa.Column("bot", sa.BigInteger, primary_key=True),
    sa.Column("update_id", sa.BigInteger, primary_key=True),
    sa.Column("seen_on", sa.Integer, nullable=False, index=True, comment="hours since 1970"),
)


gazetteer = sa.Table(
    "gazetteer",
    metadata,
    sa.Column("code", sa.String(8), primary_key=True),
    sa.Column("km", sa.Text, nullable=False),
    sa.Column("en", sa.Text, nullable=False),
    sa.Column("kind", sa.String(8), nullable=False),
    sa.Column("source", sa.Text, nullable=False),
)
"""Official lists, whole provinces, that an operator laid over the places that come with the program."""

place = sa.Table(
    "place",
    metadata,
    sa.Column("code", sa.String(8), primary_key=True),
    sa.Column("km", sa.Text, nullable=False),
    sa.Column("en", sa.Text, nullable=False),
    sa.Column("kind", sa.String(8), nullable=False, comment="khum or sangkat, srok, krong or khan"),
    sa.Column("source", sa.Text, nullable=False),
)

point = sa.Table(
    "point",
    metadata,
    id_column(),
    sa.Column("commune", sa.String(6), sa.ForeignKey("place.code"), nullable=False),
    sa.Column("service", sa.String(8), nullable=False),
    sa.Column("km", sa.Text, nullable=False),
    sa.Column("en", sa.Text, nullable=False),
    sa.UniqueConstraint("commune", "service", "km"),
)

card = sa.Table(
    "card",
    metadata,
    sa.Column("key", sa.String(24), primary_key=True),
    sa.Column("version", sa.String(24), primary_key=True),
    sa.Column("hash", sa.String(64), primary_key=True),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("number", sa.Integer, nullable=False, comment="rises with each that is added"),
)

role = sa.Table(
    "role",
    metadata,
    sa.Column("bot", sa.BigInteger, primary_key=True),
    sa.Column("person", sa.BigInteger, primary_key=True),
    sa.Column("commune", sa.String(6), sa.ForeignKey("place.code"), primary_key=True),
    sa.Column("role", sa.String(16), primary_key=True),
    sa.Column("partner", sa.Text),
    sa.Column("name", sa.Text, comment="as whoever invited them wrote it"),
    sa.Column("trained", sa.Boolean, nullable=False, default=False, server_default=sa.false()),
    sa.Index("role_commune", "bot", "commune"),
)


group_chat = sa.Table(
    "group_chat",
    metadata,
    sa.Column("bot", sa.BigInteger, primary_key=True),
    sa.Column("chat", sa.BigInteger, primary_key=True),
    sa.Column("kind", sa.String(12), nullable=False, comment="group or supergroup"),
    sa.Column("commune", sa.String(6), sa.ForeignKey("place.code"), nullable=False),
    sa.Column("active", sa.Boolean, nullable=False, default=True),
    sa.Column("language", sa.String(16), nullable=False, default="both", server_default="both"),
    sa.Column("topic", sa.BigInteger, comment="where digests go; null for the only or general one"),
)


_COUNTS_KEPT = sa.text("counts_key IS NOT NULL")

session = sa.Table(
    "session",
    metadata,
    id_column(),
    sa.Column("bot", sa.BigInteger, nullable=False),
    sa.Column("place", sa.String(8), nullable=False),
    sa.Column("commune", sa.String(6), nullable=False, server_default="", comment="the place's"),
    sa.Column("location", sa.Text, nullable=False, comment="names as they were at opening"),
    sa.Column("round", sa.String(8), nullable=False),
    sa.Column("state", sa.String(12), nullable=False),
    sa.Column("payload", sa.String(24), nullable=False, unique=True),
    sa.Column("code", sa.String(8), nullable=False, index=True),
    sa.Column("opened_by", sa.BigInteger, nullable=False),
    sa.Column("screen_chat", sa.BigInteger),
    sa.Column("screen", sa.BigInteger, comment="the message in that chat on which it is shown"),
    sa.Column("opens_at", Time, comment="when one that is planned opens; null for all others"),
    sa.Column("closes_at", Time, nullable=False),
    sa.Column("closed_at", Time),
    sa.Column(
        "key",
        sa.String(16),
        index=True,
        comment="the name of its key's file; null for one merged or planned",
    ),
    sa.Column("counts_key", sa.String(16), comment="of the key of its counts, while they are kept"),
    sa.Column("last_call", sa.Boolean, nullable=False, default=False),
    sa.Column("remind_at", Time, comment="when groups are reminded of its end; null where they were, or are not to be"),
    sa.Column("sealed", sa.Boolean, nullable=False, default=False),
    sa.Column("turn", sa.Integer, nullable=False, default=0, server_default="0"),
    sa.Column("turnout", sa.Text, nullable=False, default="[]", comment="bands as they were counted last"),
    sa.Column("turnout_at", Time, comment="when that was"),
    sa.Column(
        "uncounted",
        sa.Integer,
        nullable=False,
        default=0,
        server_default="0",
        comment="1: ballots have come in since; 2: they are being counted",
    ),
    sa.Column("looked_at", sa.Boolean, nullable=False, default=False, server_default=sa.false()),
    sa.Column(
        "apart",
        sa.Boolean,
        nullable=False,
        default=False,
        server_default=sa.false(),
        comment="it is put together with no other: a backup was put back after it",
    ),
    sa.Column(
        "compares",
        sa.Boolean,
        nullable=False,
        default=True,
        server_default=sa.true(),
        comment="people are asked how a service is beside last year",
    ),
    sa.Column("shown_on", sa.Date, comment="the day in Phnom Penh on which groups see it; null: soon after closing"),
    sa.Column("villages", sa.Text, comment="ids of the sessions that were merged; null for one that people scored in"),
    sa.Index("session_place", "bot", "place", "round"),
    sa.Index("session_commune", "bot", "commune", "round"),
    sa.Index("session_state", "bot", "state", "closes_at"),
    sa.Index("session_unseen", "bot", "sealed", "looked_at"),
    sa.Index("session_planned", "bot", "opens_at"),
    sa.Index("session_remind", "bot", "remind_at"),
    sa.Index("session_uncounted", "bot", "uncounted"),
    sa.Index("session_counts", "closed_at", sqlite_where=_COUNTS_KEPT, postgresql_where=_COUNTS_KEPT),
    sqlite_autoincrement=True,
)

session_point = sa.Table(
    "session_point",
    metadata,
    sa.Column("session", sa.BigInteger, sa.ForeignKey("session.id"), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("point", sa.BigInteger, sa.ForeignKey("point.id"), nullable=False),
    sa.Column("km", sa.Text, nullable=False),
    sa.Column("en", sa.Text, nullable=False),
    sa.Column("card", sa.String(24), nullable=False),
    sa.Column("version", sa.String(24), nullable=False),
    sa.Column("hash", sa.String(64), nullable=False),
    sa.Column("criteria", sa.Text, nullable=False, comment="keys of those asked, in order"),
    sa.UniqueConstraint("session", "point"),
    sa.ForeignKeyConstraint(["card", "version", "hash"], ["card.key", "card.version", "card.hash"]),
)


post = sa.Table(
    "post",
    metadata,
    id_column(),
    sa.Column("bot", sa.BigInteger, nullable=False),
    sa.Column("chat", sa.BigInteger, nullable=False),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("wiping", sa.Boolean, nullable=False, server_default=sa.false(), comment="it waits for what tells"),
    sa.Column("subject", sa.String(16), comment="the kind of thing it is about"),
    sa.Column("subject_id", sa.BigInteger),
    sa.Column("detail", sa.String(80), nullable=False, default=""),
    sa.Column("language", sa.String(16), nullable=False),
    sa.Column("dedup", sa.String(80), nullable=False),
    sa.Column("not_before", Time, nullable=False),
    sa.Column("replaces", sa.BigInteger, comment="the message to edit"),
    sa.Column("state", sa.String(8), nullable=False, default="waiting"),
    sa.Column("claimed_by", sa.String(16)),
    sa.Column("claimed_until", Time),
    sa.Column("retry_at", Time),
    sa.Column("attempts", sa.Integer, nullable=False, default=0),
    sa.Column("message_id", sa.BigInteger),
    sa.Column("opened", sa.Text, comment="JSON: ids of the messages that its pictures come into"),
    sa.Column("error", sa.String(48)),
    sa.UniqueConstraint("bot", "chat", "dedup"),
    sa.Index("post_due", "bot", "state", "wiping", "not_before", "id"),
    sa.Index("post_waiting", "bot", "chat", "state", "id"),
    sa.Index("post_subject", "subject", "subject_id", "kind"),
    sa.Index("post_settled", "state", "kind", "not_before"),
    sqlite_autoincrement=True,
)

picture = sa.Table(
    "picture",
    metadata,
    sa.Column("bot", sa.BigInteger, primary_key=True),
    sa.Column("key", sa.String(80), primary_key=True),
    sa.Column("file_id", sa.Text, nullable=False),
)

flood = sa.Table(
    "flood",
    metadata,
    sa.Column("bot", sa.BigInteger, primary_key=True),
    sa.Column("until", Time, nullable=False),
)

chat_flood = sa.Table(
    "chat_flood",
    metadata,
    sa.Column("bot", sa.BigInteger, primary_key=True),
    sa.Column("chat", sa.BigInteger, primary_key=True),
    sa.Column("until", Time, nullable=False),
    sa.Column("asked_at", Time, nullable=False),
)
