"""Control of the stand-in by outside programs: JSON at `/_sandbox/`.

Bodies of POST are JSON objects; GET takes its values from the query string. What goes well answers 200 with a
JSON object; what can't be done answers 400 with {"error": one sentence}. `?` marks what may be left out.
`bot` (an id or a user name), left out, is the first bot that called the Bot API; before that there is none.
`chat` is a group's id; left out, it is the person's private chat with the bot.

POST /_sandbox/bots {id: what its token begins with, username?, first_name?} → {id, username, first_name}
    a bot exists from its first call on; so it does before, with names of your choice
POST /_sandbox/people {first_name?, language_code?, username?}
    → {id, first_name, language_code, username}
    {…, count: N} → {people: [N such objects]}
POST /_sandbox/people/ID {first_name?, language_code?} → the person, changed

POST /_sandbox/groups {title, members: [person ids, the owner first], type?: "group" | "supergroup"}
    → {id, type, title}
POST /_sandbox/groups/ID {action, by?: person id (the owner), …} → {id, type, title} after the action
    "add_bot"            bot?, rights?: {name: bool} (as administrator), payload? (also says /start@bot PAYLOAD)
    "remove_bot"         bot?
    "add", "remove"      person (removed `by` themselves: they left)
    "rename"             title
    "promote", "demote"  person? (the bot), rights?: {name: bool} (promote: all)
    "restrict"           person? (the bot), rights: {name: bool}; supergroups only; {} lifts it
    "topic"              title: the supergroup gets a topic → … topics: [{id, name, closed}]
    "close_topic"        topic: its id; a closed one is opened again. Who manages topics writes to it all the same
    "delete_topic"       topic, with what stands in it
    "migrate"            becomes a supergroup → its new {id, type, title}
    "delete"

POST /_sandbox/say {person, chat?, bot?, text?, photo?: true, sticker?: true, reply_to?: message id,
                    topic?: of the group, hidden?: a link under the whole text}
    → {message, update, seq}: the message's id, the update's (null: the bot does not hear it), the chat's number
POST /_sandbox/forward {person, message: its id, chat? (where it stands), to?: a group's id, bot?} → as say
    as sending it on: of its buttons the links alone go along, and what is protected stays where it is
POST /_sandbox/open {person, link, chat? (for startgroup)} → as say; for startgroup as groups
    as tapping https://t.me/BOT?start=PAYLOAD or ?startgroup=PAYLOAD[&admin=right+right], and START; unblocks
POST /_sandbox/tap {person, data or button (its text), message? (the newest that has it), chat?, bot?,
                    stale?: true, wait?: seconds, until?: "answer" | "change"}
    → {query, update, message: id}; for a button with a link {…, url} and nothing else happens
    with wait → also {answer: {text?, url?, alert} | null, changed: bool, seen: as below}
    `until` is what to wait for: the bot's answer (if left out), or a change: the message was edited or deleted, or
    the bot sent another one. With stale a button can be tapped that only an earlier version of the message had, or
    a message that was deleted.

GET /_sandbox/seen ?person=ID[&chat=ID][&bot=…][&since=SEQ][&wait=SECONDS][&limit=N]
    → {seq, shown, chat: {id, type, title}, doing, blocked, messages: [newest last], toasts: [newest last]}
    doing: {action: "typing" | …, seconds: left} | null, what the bot says that it does; `seq` does not count it
    message: {id, date, from: {id, name, bot}, text, entities, buttons: [[{text, data? | url?, style?}]],
              edited, protected, pinned, topic?, reply_to?, forward_origin?: true,
              service?: as in the Bot API (of a pinned message its number),
              photo? | document? | sticker?: true, file?: {kind, url, name, mime, size, width?, height?}}
              with a file, text and entities are the caption's
    toast:   {seq, query, text, alert}, this person's only
    `seq` rises with every change in the chat, `shown` is its value when a message last changed. With since and
    wait it answers as soon as seq is greater than since, after wait seconds at the latest.

GET /_sandbox/file/UNIQUE → the bytes of a file that was sent; a document only as a download

GET /_sandbox/commands ?person=ID[&chat=ID][&bot=…] → {commands: [{command, description}]}, the menu on that phone
GET /_sandbox/transcript ?person=ID[&chat=ID][&bot=…] → {text}: what this person saw and did, from the beginning

POST /_sandbox/faults {kind, …} → the fault, with its id
    on calls:   "delay" (seconds?), "lost_request", "lost_reply" (carried out, unanswered), "reset",
                "revoked" (the token), "too_many" (seconds?: to wait), "server_error" (code?: 500 | 502 | 503 | 504);
                methods?: [names] (all)
    on updates: "duplicate_update", "late_update" (the next one overtakes it); updates?: [kinds] (all)
    on both:    bot?, times?: N (then it is gone; without end), chance?: 0–1 (1), seed?: integer (0)
    {clear: id | "all"} → as GET
    {person, blocked: true | false, bot?} → {blocked}
    {redeliver: update id | "last", bot?} → {update}: a confirmed update is handed out again
    a lost administrator's right is an action of a group: promote with fewer rights, or demote
GET /_sandbox/faults → {faults: [those that are on, with how often each struck], blocked: [{person, bot}], limits}

POST /_sandbox/clock {ahead: seconds} → {now, ahead}: so much time passes at once
GET /_sandbox/clock → {now, ahead}
POST /_sandbox/limits {on: true | false} → {limits}: whether a bot may send 30 messages a second, 20 a minute in a group

GET /_sandbox/world
    → {seq, now, ahead, limits, bots: [{id, username, first_name}],
       people: [{id, first_name, username, language_code, bots: [{id, blocked}]}],
       groups: [{id, type, title, topics, gone, upgraded_to, members: [{id, name, bot, status, rights}]}]}
GET /_sandbox/events [?since=SEQ][&wait=SECONDS]
    → {seq, views: [{chat: group | null, bot: of a private chat | null, people: [who sees it]}],
       calls: [the newest 200 at most, as below], world: true if anything of the above changed}
    what changed after `since`; with wait it answers at the first change, or empty after wait seconds
GET /_sandbox/calls [?since=N]
    → {calls: [{number, bot, method, parameters, error}], counts: {method: N}, errors: {method: N}}
"""

from sandbox.control.control import Control

__all__ = ["Control"]
