"""The first tables

The previous release must survive this step: add, fill, and drop only what that release no longer reads.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('card',
    sa.Column('key', sa.String(length=24), nullable=False),
    sa.Column('version', sa.String(length=24), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False, comment='rises with each that is added'),
    sa.PrimaryKeyConstraint('key', 'version', 'hash')
    )
    op.create_table('chat_flood',
    sa.Column('bot', sa.BigInteger(), nullable=False),
    sa.Column('chat', sa.BigInteger(), nullable=False),
    sa.Column('until', sa.BigInteger(), nullable=False),
    sa.Column('asked_at', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('bot', 'chat')
    )
    op.create_table('doomed_key',
    sa.Column('name', sa.String(length=16), nullable=False),
    sa.PrimaryKeyConstraint('name')
    )
    op.create_table('ended_dialogue',
    sa.Column('id', sa.String(length=11), nullable=False),
    sa.Column('turn', sa.Integer(), nullable=False),
    sa.Column('entry', sa.String(length=48), nullable=False),
    sa.Column('session', sa.BigInteger(), nullable=True),
    sa.Column('ended_on', sa.Integer(), nullable=False, comment='hours since 1970'),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_ended_dialogue_ended_on'), 'ended_dialogue', ['ended_on'], unique=False)
    op.create_index(op.f('ix_ended_dialogue_session'), 'ended_dialogue', ['session'], unique=False)
    op.create_table('flood',
    sa.Column('bot', sa.BigInteger(), nullable=False),
    sa.Column('until', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('bot')
    )
    op.create_table('group_waiting',
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.Column('bot', sa.BigInteger(), nullable=False),
    sa.Column('chat', sa.BigInteger(), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('person', sa.BigInteger(), server_default='0', nullable=False, comment='who asked, and alone may go on'),
    sa.Column('topic', sa.BigInteger(), nullable=True),
    sa.Column('commune', sa.String(length=6), nullable=True, comment='the one that others must agree to'),
    sa.Column('expires_at', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('hash')
    )
    op.create_table('invitation',
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.Column('bot', sa.BigInteger(), nullable=False),
    sa.Column('role', sa.String(length=16), nullable=False),
    sa.Column('communes', sa.Text(), nullable=False),
    sa.Column('partner', sa.Text(), nullable=True),
    sa.Column('name', sa.Text(), nullable=True, comment='as whoever invites calls the person'),
    sa.Column('expires_at', sa.BigInteger(), nullable=False),
    sa.Column('used', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('hash')
    )
    op.create_table('key_folder',
    sa.Column('database', sa.String(length=16), nullable=False, comment='with which its folder of keys is marked'),
    sa.PrimaryKeyConstraint('database')
    )
    op.create_table('person',
    sa.Column('bot', sa.BigInteger(), nullable=False),
    sa.Column('id', sa.BigInteger(), nullable=False),
    sa.Column('language', sa.String(length=16), nullable=False),
    sa.Column('blocked', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('bot', 'id'),
    sqlite_with_rowid=False
    )
    op.create_table('picture',
    sa.Column('bot', sa.BigInteger(), nullable=False),
    sa.Column('key', sa.String(length=80), nullable=False),
    sa.Column('file_id', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('bot', 'key')
    )
    op.create_table('place',
    sa.Column('code', sa.String(length=8), nullable=False),
    sa.Column('km', sa.Text(), nullable=False),
    sa.Column('en', sa.Text(), nullable=False),
    sa.Column('kind', sa.String(length=8), nullable=False, comment='khum or sangkat, srok, krong or khan'),
    sa.Column('source', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('code')
    )
    op.create_table('post',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('bot', sa.BigInteger(), nullable=False),
    sa.Column('chat', sa.BigInteger(), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('wiping', sa.Boolean(), server_default=sa.false(), nullable=False, comment='it waits for what tells'),
    sa.Column('subject', sa.String(length=16), nullable=True, comment='the kind of thing it is about'),
    sa.Column('subject_id', sa.BigInteger(), nullable=True),
    sa.Column('detail', sa.String(length=80), nullable=False),
    sa.Column('language', sa.String(length=16), nullable=False),
    sa.Column('dedup', sa.String(length=80), nullable=False),
    sa.Column('not_before', sa.BigInteger(), nullable=False),
    sa.Column('replaces', sa.BigInteger(), nullable=True, comment='the message to edit'),
    sa.Column('state', sa.String(length=8), nullable=False),
    sa.Column('claimed_by', sa.String(length=16), nullable=True),
    sa.Column('claimed_until', sa.BigInteger(), nullable=True),
    sa.Column('retry_at', sa.BigInteger(), nullable=True),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('message_id', sa.BigInteger(), nullable=True),
    sa.Column('opened', sa.Text(), nullable=True, comment='JSON: ids of the messages that its pictures come into'),
    sa.Column('error', sa.String(length=48), nullable=True),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('bot', 'chat', 'dedup'),
    sqlite_autoincrement=True
    )
    op.create_index('post_due', 'post', ['bot', 'state', 'wiping', 'not_before', 'id'], unique=False)
    op.create_index('post_settled', 'post', ['state', 'kind', 'not_before'], unique=False)
    op.create_index('post_subject', 'post', ['subject', 'subject_id', 'kind'], unique=False)
    op.create_index('post_waiting', 'post', ['bot', 'chat', 'state', 'id'], unique=False)
    op.create_table('seen_update',
    sa.Column('bot', sa.BigInteger(), nullable=False),
    sa.Column('update_id', sa.BigInteger(), nullable=False),
    sa.Column('seen_on', sa.Integer(), nullable=False, comment='hours since 1970'),
    sa.PrimaryKeyConstraint('bot', 'update_id')
    )
    op.create_index(op.f('ix_seen_update_seen_on'), 'seen_update', ['seen_on'], unique=False)
    op.create_table('session',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('bot', sa.BigInteger(), nullable=False),
    sa.Column('place', sa.String(length=8), nullable=False),
    sa.Column('commune', sa.String(length=6), server_default='', nullable=False, comment="the place's"),
    sa.Column('location', sa.Text(), nullable=False, comment='names as they were at opening'),
    sa.Column('round', sa.String(length=8), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('payload', sa.String(length=24), nullable=False),
    sa.Column('code', sa.String(length=8), nullable=False),
    sa.Column('opened_by', sa.BigInteger(), nullable=False),
    sa.Column('screen_chat', sa.BigInteger(), nullable=True),
    sa.Column('screen', sa.BigInteger(), nullable=True, comment='the message in that chat on which it is shown'),
    sa.Column('opens_at', sa.BigInteger(), nullable=True, comment='when one that is planned opens; null for all others'),
    sa.Column('closes_at', sa.BigInteger(), nullable=False),
    sa.Column('closed_at', sa.BigInteger(), nullable=True),
    sa.Column('key', sa.String(length=16), nullable=True, comment="the name of its key's file; null for one merged or planned"),
    sa.Column('counts_key', sa.String(length=16), nullable=True, comment='of the key of its counts, while they are kept'),
    sa.Column('last_call', sa.Boolean(), nullable=False),
    sa.Column('remind_at', sa.BigInteger(), nullable=True, comment='when groups are reminded of its end; null where they were, or are not to be'),
    sa.Column('sealed', sa.Boolean(), nullable=False),
    sa.Column('turn', sa.Integer(), server_default='0', nullable=False),
    sa.Column('turnout', sa.Text(), nullable=False, comment='bands as they were counted last'),
    sa.Column('turnout_at', sa.BigInteger(), nullable=True, comment='when that was'),
    sa.Column('uncounted', sa.Integer(), server_default='0', nullable=False, comment='1: ballots have come in since; 2: they are being counted'),
    sa.Column('looked_at', sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.Column('apart', sa.Boolean(), server_default=sa.false(), nullable=False, comment='it is put together with no other: a backup was put back after it'),
    sa.Column('compares', sa.Boolean(), server_default=sa.true(), nullable=False, comment='people are asked how a service is beside last year'),
    sa.Column('shown_on', sa.Date(), nullable=True, comment='the day in Phnom Penh on which groups see it; null: soon after closing'),
    sa.Column('villages', sa.Text(), nullable=True, comment='ids of the sessions that were merged; null for one that people scored in'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('payload'),
    sqlite_autoincrement=True
    )
    op.create_index(op.f('ix_session_code'), 'session', ['code'], unique=False)
    op.create_index(op.f('ix_session_key'), 'session', ['key'], unique=False)
    op.create_index('session_counts', 'session', ['closed_at'], unique=False, sqlite_where=sa.text('counts_key IS NOT NULL'), postgresql_where=sa.text('counts_key IS NOT NULL'))
    op.create_index('session_place', 'session', ['bot', 'place', 'round'], unique=False)
    op.create_index('session_state', 'session', ['bot', 'state', 'closes_at'], unique=False)
    op.create_index('session_planned', 'session', ['bot', 'opens_at'], unique=False)
    op.create_index('session_remind', 'session', ['bot', 'remind_at'], unique=False)
    op.create_index('session_uncounted', 'session', ['bot', 'uncounted'], unique=False)
    op.create_index('session_unseen', 'session', ['bot', 'sealed', 'looked_at'], unique=False)
    op.create_index('session_commune', 'session', ['bot', 'commune', 'round'], unique=False)
    op.create_table('wrong_code',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('bot', sa.BigInteger(), nullable=False),
    sa.Column('person', sa.BigInteger(), nullable=False),
    sa.Column('typed_at', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index('wrong_code_person', 'wrong_code', ['bot', 'person'], unique=False)
    op.create_table('ballot',
    sa.Column('owner', sa.LargeBinary(length=32), nullable=False),
    sa.Column('session', sa.BigInteger(), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['session'], ['session.id'], ),
    sa.PrimaryKeyConstraint('owner'),
    sqlite_with_rowid=False
    )
    op.create_index(op.f('ix_ballot_session'), 'ballot', ['session'], unique=False)
    op.create_table('counts',
    sa.Column('session', sa.BigInteger(), nullable=False),
    sa.Column('point', sa.BigInteger(), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['session'], ['session.id'], ),
    sa.PrimaryKeyConstraint('session', 'point')
    )
    op.create_table('dialogue',
    sa.Column('id', sa.String(length=11), nullable=False),
    sa.Column('bot', sa.BigInteger(), nullable=False),
    sa.Column('person', sa.BigInteger(), nullable=False),
    sa.Column('flow', sa.String(length=24), nullable=False),
    sa.Column('session', sa.BigInteger(), nullable=True),
    sa.Column('aside', sa.String(length=80), nullable=True),
    sa.Column('body', sa.LargeBinary(), nullable=False, comment='about and answers, sealed where there is a session'),
    sa.Column('screen', sa.BigInteger(), nullable=True),
    sa.Column('turn', sa.Integer(), nullable=False),
    sa.Column('seen_on', sa.Integer(), nullable=False, comment='hours since 1970'),
    sa.ForeignKeyConstraint(['session'], ['session.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('bot', 'person'),
    sqlite_with_rowid=False
    )
    op.create_index(op.f('ix_dialogue_seen_on'), 'dialogue', ['seen_on'], unique=False)
    op.create_index(op.f('ix_dialogue_session'), 'dialogue', ['session'], unique=False)
    op.create_table('role',
    sa.Column('bot', sa.BigInteger(), nullable=False),
    sa.Column('person', sa.BigInteger(), nullable=False),
    sa.Column('commune', sa.String(length=6), nullable=False),
    sa.Column('role', sa.String(length=16), nullable=False),
    sa.Column('partner', sa.Text(), nullable=True),
    sa.Column('name', sa.Text(), nullable=True, comment='as whoever invited them wrote it'),
    sa.Column('trained', sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.ForeignKeyConstraint(['commune'], ['place.code'], ),
    sa.PrimaryKeyConstraint('bot', 'person', 'commune', 'role')
    )
    op.create_index('role_commune', 'role', ['bot', 'commune'], unique=False)
    op.create_table('audit',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('bot', sa.BigInteger(), nullable=False),
    sa.Column('person', sa.BigInteger(), nullable=True, comment='who did it; null once they are forgotten'),
    sa.Column('partner', sa.Text(), nullable=True, comment='for whom they worked there then'),
    sa.Column('act', sa.String(length=40), nullable=False, comment='the command'),
    sa.Column('commune', sa.String(length=6), nullable=False, comment='empty where it was about none'),
    sa.Column('session', sa.BigInteger(), nullable=False, comment='0 where it was about none'),
    sa.Column('detail', sa.String(length=24), server_default='', nullable=False, comment='a code that the command gives'),
    sa.Column('day', sa.Date(), nullable=False, comment='in Phnom Penh'),
    sa.Column('at', sa.BigInteger(), nullable=True, comment='for opening and closing alone'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('bot', 'person', 'act', 'commune', 'session', 'day'),
    sqlite_autoincrement=True
    )
    op.create_index('audit_commune', 'audit', ['bot', 'commune', 'day'], unique=False)
    op.create_table('gazetteer',
    sa.Column('code', sa.String(length=8), nullable=False),
    sa.Column('km', sa.Text(), nullable=False),
    sa.Column('en', sa.Text(), nullable=False),
    sa.Column('kind', sa.String(length=8), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('code')
    )
    op.create_table('group_chat',
    sa.Column('bot', sa.BigInteger(), nullable=False),
    sa.Column('chat', sa.BigInteger(), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False, comment='group or supergroup'),
    sa.Column('commune', sa.String(length=6), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('language', sa.String(length=16), server_default='both', nullable=False),
    sa.Column('topic', sa.BigInteger(), nullable=True, comment='where digests go; null for the only or general one'),
    sa.ForeignKeyConstraint(['commune'], ['place.code'], ),
    sa.PrimaryKeyConstraint('bot', 'chat')
    )
    op.create_table('point',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('commune', sa.String(length=6), nullable=False),
    sa.Column('service', sa.String(length=8), nullable=False),
    sa.Column('km', sa.Text(), nullable=False),
    sa.Column('en', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['commune'], ['place.code'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('commune', 'service', 'km')
    )
    op.create_table('attendance',
    sa.Column('session', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('total', sa.Integer(), nullable=False),
    sa.Column('women', sa.Integer(), nullable=True),
    sa.Column('youth', sa.Integer(), nullable=True),
    sa.Column('minority', sa.Integer(), nullable=True),
    sa.Column('id_poor', sa.Integer(), nullable=True),
    sa.Column('disability', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['session'], ['session.id'], ),
    sa.PrimaryKeyConstraint('session')
    )
    op.create_table('nudge',
    sa.Column('mark', sa.LargeBinary(length=32), nullable=False),
    sa.Column('session', sa.BigInteger(), nullable=False),
    sa.Column('bot', sa.BigInteger(), nullable=False),
    sa.Column('at', sa.BigInteger(), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['session'], ['session.id'], ),
    sa.PrimaryKeyConstraint('mark'),
    sqlite_with_rowid=False
    )
    op.create_index('nudge_due', 'nudge', ['bot', 'at'], unique=False)
    op.create_index(op.f('ix_nudge_session'), 'nudge', ['session'], unique=False)
    op.create_table('release',
    sa.Column('session', sa.BigInteger(), nullable=False),
    sa.Column('point', sa.BigInteger(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['session'], ['session.id'], ),
    sa.PrimaryKeyConstraint('session', 'point', 'version')
    )
    op.create_table('session_point',
    sa.Column('session', sa.BigInteger(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('point', sa.BigInteger(), nullable=False),
    sa.Column('km', sa.Text(), nullable=False),
    sa.Column('en', sa.Text(), nullable=False),
    sa.Column('card', sa.String(length=24), nullable=False),
    sa.Column('version', sa.String(length=24), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.Column('criteria', sa.Text(), nullable=False, comment='keys of those asked, in order'),
    sa.ForeignKeyConstraint(['card', 'version', 'hash'], ['card.key', 'card.version', 'card.hash'], ),
    sa.ForeignKeyConstraint(['point'], ['point.id'], ),
    sa.ForeignKeyConstraint(['session'], ['session.id'], ),
    sa.PrimaryKeyConstraint('session', 'position'),
    sa.UniqueConstraint('session', 'point')
    )
