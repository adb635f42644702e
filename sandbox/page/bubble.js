/** One message as a phone shows it. */

import { h, icon } from "./dom.js";
import { keyboard } from "./keyboard.js";
import { linksOf } from "./links.js";
import { rich } from "./rich.js";
import { state, tint } from "./state.js";
import { current, t } from "./words.js";

/**
 * @param {Object} message as `/_sandbox/seen` gives it
 * @param {{me: number, group: boolean, replied: ?Object, doing: Object}} about `doing`: what taps do
 */
export function bubble(message, about) {
  if (message.service) return h("li.service", { data: { id: message.id } }, h("span", {}, serviceLine(message)));
  const mine = message.from.id === about.me;
  const doing = about.doing;
  const links = linksOf(message);
  const body = h(
    "div.bubble",
    {},
    about.group && !mine ? h(`div.from.tint-${tint(message.from.id)}`, {}, message.from.name, message.from.bot ? h("span.badge", {}, t("bot")) : null) : null,
    about.replied ? replied(about.replied) : null,
    message.file ? attachment(message) : bare(message),
    message.text ? h("div.text", { dir: "auto" }, rich(message.text, message.entities ?? [], doing)) : null,
    h(
      "div.meta",
      {},
      message.protected ? h("span.protected", { title: t("protected") }, icon("lock"), h("span.unseen", {}, t("protected"))) : null,
      message.edited ? h("span", {}, t("edited")) : null,
      h("time", {}, clock(message.date)),
    ),
  );
  const hand = links.length
    ? h("button.hand", { type: "button", data: { ring: "hand" }, on: { click: () => doing.hand(links) } }, icon("share"), h("span", {}, t("scan")))
    : null;
  return h(
    mine ? "li.message.mine" : "li.message",
    { data: { id: message.id } },
    body,
    hand,
    message.buttons?.length ? keyboard(message.buttons, (button, node) => doing.tap(message, button, node)) : null,
  );
}

/** The first words of a message, for a pin, a reply or a list. */
export function summary(message) {
  if (!message) return "";
  if (message.service) return serviceLine(message);
  const text = (message.text ?? "").replace(/\s+/g, " ").trim();
  return text || message.file?.name || t(message.document ? "document" : message.sticker ? "sticker" : "photo");
}

export const clock = (seconds) =>
  new Date(seconds * 1000).toLocaleTimeString(current() === "km" ? "km-KH" : "en-GB", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

function attachment(message) {
  const file = message.file;
  const url = file.url?.startsWith("/_sandbox/file/") ? file.url : null;
  if (file.kind === "photo" && url) {
    const picture = h("img.photo", { src: url, alt: t("photo"), loading: "lazy", width: file.width, height: file.height });
    return h("a.photo-link", { href: url, target: "_blank", rel: "noopener" }, picture);
  }
  if (file.kind === "sticker") return h("div.sticker", {}, "👍");
  return h(
    "a.document",
    { href: url, download: file.name ?? "document" },
    h("span.document-icon", {}, icon("file")),
    h("span.document-name", {}, h("strong", { dir: "auto" }, file.name ?? t("document")), h("span", {}, size(file.size))),
  );
}

function bare(message) {
  if (message.photo) return h("div.photo.empty", { role: "img", "aria-label": t("photo") }, "🖼");
  if (message.sticker) return h("div.sticker", {}, "👍");
  return message.document ? h("div.document", {}, icon("file"), t("document")) : null;
}

const replied = (message) =>
  h(`div.replied.tint-${tint(message.from.id)}`, {}, h("strong", { dir: "auto" }, message.from.name), h("span", { dir: "auto" }, summary(message)));

function size(bytes) {
  if (!bytes) return "";
  return bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000))} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

function serviceLine(message) {
  const { service, from } = message;
  const who = from.name;
  const named = (user) => user?.first_name ?? "";
  if (service.new_chat_members) {
    const added = service.new_chat_members;
    return added.length === 1 && added[0].id === from.id
      ? t("s.joined", { who })
      : t("s.added", { who, whom: added.map(named).join(", ") });
  }
  if (service.left_chat_member) {
    const whom = named(service.left_chat_member);
    return service.left_chat_member.id === from.id ? t("s.left", { who }) : t("s.removed", { who, whom });
  }
  if (service.new_chat_title) return t("s.title", { who, title: service.new_chat_title });
  if (service.pinned_message) return t("s.pinned", { who });
  if (service.migrate_to_chat_id || service.migrate_from_chat_id) return t("s.migrated");
  if (service.group_chat_created) return t("s.created", { who });
  return t("s.other", { who, what: Object.keys(service)[0] ?? "" });
}

/** Who a person is, for a label: the name that the world knows. */
export const nameOf = (id) => state.people.get(id)?.first_name ?? state.bots.get(id)?.first_name ?? String(id);
