/** The list of a person's chats: bots and groups. */

import { h } from "./dom.js";
import { action } from "./sheet.js";
import { groupsOf, initial, state, tint } from "./state.js";
import { t } from "./words.js";

export function chatList(phone) {
  if (!phone.person) {
    const quick = state.world.people.length ? null : action(t("quick"), () => phone.page.quick(), { kind: "main" });
    return h("div.empty", {}, h("p", {}, t("nobody.here")), phone.key === "citizen" ? quick : null);
  }
  const groups = groupsOf(phone.person);
  const rows = [
    ...state.world.bots.map((bot) => row(phone, bot.first_name, `@${bot.username}`, bot.id, { bot: bot.id })),
    ...groups.map((group) => row(phone, group.title, t("n.members", { n: group.members.length }), group.id, { group: group.id })),
  ];
  return [
    rows.length ? h("ul", { "aria-label": t("chats") }, rows) : null,
    state.world.bots.length ? null : h("p.empty", {}, t("no.bot")),
  ];
}

const row = (phone, title, line, id, place) =>
  h("li", {}, h("button.chat-row", { type: "button", on: { click: () => phone.show(phone.person, place) } },
    h(`span.avatar.tint-${tint(id)}`, { "aria-hidden": "true" }, initial(title)),
    h("span.chat-title", {}, h("strong", { dir: "auto" }, title), h("span", {}, line))));
