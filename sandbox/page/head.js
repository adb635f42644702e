/** The head of a phone: which chat it is, what the bot does there just now, and what is pinned. */

import { summary } from "./bubble.js";
import { fill, h, icon } from "./dom.js";
import { initial, state, tint } from "./state.js";
import { current, t } from "./words.js";

export function drawHead(phone) {
  const { title, line, id } = described(phone);
  const looks = JSON.stringify([title, line, current(), phone.place]);
  if (looks === phone.headLooks) return;
  phone.headLooks = looks;
  if (!phone.place) return void fill(phone.head, h("div.chat-title", {}, h("strong", {}, t("chats"))));
  const about = t(phone.place.group ? "members" : "about");
  fill(
    phone.head,
    h("button.round", { type: "button", "aria-label": t("back"), on: { click: () => phone.show(phone.person, null) } }, icon("back")),
    h(`span.avatar.tint-${tint(id)}`, { "aria-hidden": "true" }, initial(title)),
    h("div.chat-title", {}, h("strong", { dir: "auto" }, title), h("span", {}, line)),
    h("button.round", { type: "button", "aria-label": about, title: about, data: { ring: "members" }, on: { click: () => phone.about() } }, icon(phone.place.group ? "people" : "more")),
  );
}

/** What the head says of the chat shown. */
export function described(phone) {
  if (!phone.place) return { title: t("chats"), line: "", id: 0 };
  const doing = phone.seen?.doing ? t("typing") : null;
  if (phone.place.group) {
    const group = state.groups.get(phone.place.group);
    return { title: group?.title ?? "", line: doing ?? t("n.members", { n: group?.members.length ?? 0 }), id: phone.place.group };
  }
  const bot = state.bots.get(phone.place.bot);
  return { title: bot?.first_name ?? "", line: doing ?? `${t("bot")} · @${bot?.username ?? ""}`, id: phone.place.bot };
}

export function drawPin(phone) {
  const pinned = phone.place ? phone.seen?.messages.filter((message) => message.pinned).at(-1) : null;
  const looks = pinned ? `${pinned.id} ${summary(pinned)} ${current()}` : "";
  if (looks === phone.pinLooks) return;
  phone.pinLooks = looks;
  phone.pin.hidden = !pinned;
  if (!pinned) return;
  const go = () => {
    const node = phone.messages.find(pinned.id);
    node?.scrollIntoView({ block: "start", behavior: "smooth" });
    node?.classList.add("flash");
  };
  const said = h("span", {}, h("strong", {}, t("pinned")), h("span", { dir: "auto" }, summary(pinned)));
  fill(phone.pin, h("button.pin-bar", { type: "button", on: { click: go } }, icon("pin"), said));
}
