"""Control of the stand-in by outside programs: JSON at `/_sandbox/`.

Bodies of POST are JSON objects; GET takes its values from the query string. What goes well answers 200 with a
JSON object; what can't be done answers 400 with {"error": one sentence}. `?` marks what may be left out.
`bot` (an id or a user name), left out, is the first bot that called the Bot API; before that there is none.
`chat` is a group's id; left out, it is the person's private chat with the bot.

POST /_sandbox/people {first_name?, language_code?, username?}
    → {id, first_name, language_code, username}
    {…, count: N} → {people: [N such objects]}

POST /_sandbox/groups {title, members: [person ids, the owner first], type?: "group" | "supergroup"}
    → {id, type, title}
POST /_sandbox/groups/ID {action, by?: person id (the owner), …} → {id, type, title} after the action
    "add_bot"            bot?, rights?: {name: bool} (as administrator), payload? (also says /start@bot PAYLOAD)
    "remove_bot"         bot?
    "add", "remove"      person (removed `by` themselves: they left)
    "rename"             title
    "promote", "demote"  person? (the bot), rights?: {name: bool} (promote: all)
    "restrict"           person? (the bot), rights: {name: bool}; supergroups only; {} lifts it
    "migrate"            becomes a supergroup → its new {id, type, title}
    "delete"

POST /_sandbox/say {person, chat?, bot?, text?, photo?: true, sticker?: true, reply_to?: message id}
    → {message, update, seq}: the message's id, the update's (null: the bot does not hear it), the chat's number
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
    → {seq, shown, chat: {id, type, title}, blocked, messages: [newest last], toasts: [newest last]}
    message: {id, date, from: {id, name, bot}, text, entities, buttons: [[{text, data? | url?, style?}]],
              edited, protected, pinned, reply_to?, photo?, sticker?, service?: as in the Bot API}
    toast:   {seq, query, text, alert}, this person's only
    `seq` rises with every change in the chat, `shown` is its value when a message last changed. With since and
    wait it answers as soon as seq is greater than since, after wait seconds at the latest.

POST /_sandbox/faults {person, blocked: true | false, bot?} → {blocked}
    {redeliver: update id | "last", bot?} → {update}: the next poll hands a confirmed update out again

GET /_sandbox/calls [?since=N]
    → {calls: [{number, bot, method, parameters, error}], counts: {method: N}, errors: {method: N}}
"""

from sandbox.control.control import Control

__all__ = ["Control"]
