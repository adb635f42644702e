/** A group's members and what they may do; who comes and who goes. */

import { post } from "./api.js";
import { fill, h, icon } from "./dom.js";
import { initial, state, tint } from "./state.js";
import { action, sheet, tried } from "./sheet.js";
import { t } from "./words.js";

const RIGHTS = ["can_pin_messages", "can_delete_messages", "can_restrict_members", "can_invite_users", "can_change_info", "can_promote_members"];
const LIMITS = ["can_send_messages", "can_send_photos", "can_send_documents", "can_pin_messages"];

/** Opens the sheet; it is drawn anew after each change. */
export function members(phone) {
  const id = () => state.groups.get(phone.place.group)?.upgraded_to ?? phone.place.group;
  const body = h("div.members", {});
  const group = () => state.groups.get(id());
  const act = async (action_, given = {}) => {
    await tried(() => post(`groups/${id()}`, { action: action_, by: phone.person, ...given }));
    await phone.page.reload();
    if (body.isConnected && group()) fill(body, content(group(), act));
    phone.page.drawn();
  };
  const dialog = sheet(group().title, () => [body]);
  fill(body, content(group(), act));
  phone.page.drawn();
  return dialog;
}

function content(group, act) {
  const inside = new Set(group.members.map((member) => member.id));
  const bots = state.world.bots.filter((bot) => !inside.has(bot.id));
  const people = state.world.people.filter((person) => !inside.has(person.id)).slice(-40);
  const title = h("input", { type: "text", value: group.title, maxlength: 128, dir: "auto", "aria-label": t("title.of.group") });
  const rename = () => title.value.trim() && act("rename", { title: title.value.trim() });
  return [
    bots.map((bot) => h("div.offer", {},
      h("span", {}, t("add.bot", { bot: bot.first_name })),
      action(t("as.member"), () => act("add_bot", { bot: bot.id })),
      action(t("as.admin"), () => act("add_bot", { bot: bot.id, rights: { can_pin_messages: true } }), { kind: "main", ring: "add-bot" }))),
    h("ul.member-list", {}, group.members.map((member) => h("li", {}, row(group, member, act)))),
    people.length ? adder(people, act) : null,
    h("div.offer", {}, title, action(t("rename"), rename)),
    h("div.acts", {},
      group.type === "group" ? action(t("migrate"), () => act("migrate")) : null),
  ];
}

function row(group, member, act) {
  const who = member.bot ? { bot: member.id } : { person: member.id };
  const admin = member.status === "administrator";
  const owner = member.status === "creator";
  const rights = admin ? RIGHTS : LIMITS;
  const change = (right, on) => act(admin ? "promote" : "restrict", { ...who, rights: { ...member.rights, [right]: on } });
  const box = (right) => {
    const on = admin ? Boolean(member.rights?.[right]) : (member.rights?.[right] ?? true);
    const input = h("input", { type: "checkbox", checked: on });
    input.addEventListener("change", () => change(right, input.checked));
    return h("label", {}, input, t(`r.${right}`));
  };
  return [
    h(`span.avatar.small.tint-${tint(member.id)}`, { "aria-hidden": "true" }, initial(member.name)),
    h("details", { name: "member" },
      h("summary", {}, h("strong", { dir: "auto" }, member.name), h("span", {}, t(`st.${member.status}`) + (member.bot ? ` · ${t("bot")}` : ""))),
      owner ? h("p.quiet", {}, t("owner.all")) : h("div.rights", {},
        admin || group.type === "supergroup" ? rights.map(box) : null,
        h("div.acts", {},
          action(t(admin ? "demote" : "promote"), () => act(admin ? "demote" : "promote", who)),
          action(t("remove"), () => act(member.bot ? "remove_bot" : "remove", who), { kind: "danger" })))),
  ];
}

function adder(people, act) {
  const select = h("select", { "aria-label": t("add.person") }, people.map((person) => h("option", { value: person.id }, person.first_name)));
  return h("div.offer", {}, h("span", {}, t("add.person")), select, action([icon("add"), t("add")], () => act("add", { person: Number(select.value) })));
}
