/** One phone: whose it is, which chat it shows, and what its person does there. */

import { get, post } from "./api.js";
import { chatList } from "./chats.js";
import { Composer } from "./composer.js";
import { fill, h } from "./dom.js";
import { described, drawHead, drawPin } from "./head.js";
import { Messages } from "./messages.js";
import { nameOf, summary } from "./bubble.js";
import { botLink } from "./links.js";
import { handOver, chooseGroup, outside } from "./handing.js";
import { members } from "./members.js";
import { owner } from "./owner.js";
import { notify, sheet, tried, action } from "./sheet.js";
import { botNamed, isMember, samePlace, state, where } from "./state.js";
import { throttled } from "./live.js";
import { current, t } from "./words.js";

const SHOWN = 60;
const NEAR_END = 60;
const TOAST_MS = 3500;
const ANSWER_S = 5;

export class Phone {
  /** @param {string} key "citizen", "facilitator" or "group"; @param {Object} page what phones share */
  constructor(key, page) {
    this.key = key;
    this.page = page;
    this.person = null;
    this.place = null;
    this.pending = null;
    this.seen = null;
    this.loaded = false;
    this.followed = false;
    this.toasted = null;
    this.fetching = false;
    this.messages = new Messages();
    this.composer = new Composer(this);
    this.refresh = throttled(() => this.fetch());
    this.bare = h("p.bare", {});
    this.scroll = h("div.scroll", { tabindex: "0", role: "region" }, this.bare, this.messages.node);
    this.end = true;
    let top = 0;
    this.scroll.addEventListener("scroll", () => {
      // Only who scrolls back leaves the end; what grows beneath does not take them from it.
      if (this.atEnd()) this.end = true;
      else if (this.scroll.scrollTop < top) this.end = false;
      top = this.scroll.scrollTop;
    }, { passive: true });
    const follow = new ResizeObserver(() => this.end && this.toEnd());
    follow.observe(this.scroll);
    follow.observe(this.messages.node);
    this.head = h("header.chat-head", {});
    this.pin = h("div.pin", { hidden: true });
    this.list = h("div.chats", { hidden: true });
    this.toast = h("div.toast", { role: "status", "aria-live": "polite" });
    this.heard = h("div.unseen", { "aria-live": "polite" });
    this.owner = h("div.owner", {});
    this.device = h("div.device", {}, this.head, this.pin, this.scroll, this.list, this.toast, this.composer.node, this.heard);
    this.node = h("section.phone", { id: `phone-${key}`, "data-key": key, "aria-labelledby": `title-${key}` }, this.owner, this.device);
  }

  /** Hand the phone to a person, or open a chat on it. */
  show(person, place, pending = null) {
    const moved = person !== this.person || !samePlace(place, this.place);
    this.person = person;
    this.place = place;
    this.pending = pending;
    if (moved) {
      this.seen = null;
      this.loaded = false;
      this.followed = false;
      this.toasted = null;
      this.messages.clear();
      this.composer.reset();
    }
    this.page.keep();
    this.draw();
    this.refresh();
  }

  /** Whether any of these changed chats is the one shown, or is in the list shown. */
  concerns(views) {
    return views.some((view) =>
      !this.place ? view.people.includes(this.person)
      : this.place.group ? view.chat === this.place.group
      : view.chat === null && view.bot === this.place.bot && view.people.includes(this.person));
  }

  async fetch() {
    if (this.fetching) return void (this.again = true);
    const { person, place } = this;
    if (!person || !place) return this.draw();
    if (place.bot && !this.knows(place.bot)) return this.take(null);
    this.fetching = true;
    try {
      const seen = await get("seen", { person, ...where(place), limit: SHOWN });
      if (person === this.person && samePlace(place, this.place)) this.take(seen);
    } catch {
      // They have not written to each other yet, or the person was removed from the group.
      if (person === this.person && samePlace(place, this.place)) this.take(null);
    }
    this.fetching = false;
    if (this.again) {
      this.again = false;
      this.refresh();
    }
  }

  /** Whether the person has written to the bot, so that there is a chat to look at. */
  knows(bot) {
    return Boolean(state.people.get(this.person)?.bots.some((known) => known.id === bot));
  }

  take(seen) {
    this.seen = seen;
    this.loaded = true;
    this.draw();
    if (!seen) return;
    const newest = seen.toasts.at(-1)?.seq ?? 0;
    if (this.toasted !== null) seen.toasts.filter((toast) => toast.seq > this.toasted).forEach((toast) => this.pop(toast));
    this.toasted = Math.max(newest, this.toasted ?? 0);
    if (seen.doing) setTimeout(() => this.refresh(), Math.min(seen.doing.seconds + 0.1, 6) * 1000);
  }

  draw() {
    owner(this);
    const inChat = Boolean(this.person && this.place);
    this.list.hidden = inChat;
    this.scroll.hidden = !inChat;
    drawHead(this);
    drawPin(this);
    if (inChat) this.drawMessages();
    else fill(this.list, chatList(this));
    this.composer.draw();
    this.page.drawn();
  }

  drawMessages() {
    const end = this.end;
    const empty = this.messages.shown.size === 0;
    const doing = {
      tap: (message, button, node) => this.tap(message, button, node),
      link: (url) => this.link(url),
      command: (text) => this.say(text),
      hand: (links) => handOver(this, links),
    };
    const news = this.messages.show(this.seen?.messages ?? [], { me: this.person, group: Boolean(this.place.group), words: current(), doing }, this.followed);
    this.followed = this.loaded;
    this.bare.hidden = this.messages.shown.size > 0;
    this.bare.textContent = t("no.messages");
    this.scroll.setAttribute("aria-label", described(this).title);
    if (end || empty) this.toEnd();
    if (news.length) this.heard.textContent = news.slice(-3).map((message) => `${message.from.name}: ${summary(message)}`).join(". ");
  }

  atEnd() {
    return this.scroll.scrollHeight - this.scroll.scrollTop - this.scroll.clientHeight < NEAR_END;
  }

  toEnd() {
    this.end = true;
    this.scroll.scrollTop = this.scroll.scrollHeight;
  }

  async tap(message, button, node) {
    if (button.url) return this.link(button.url);
    if (button.data === undefined) return notify(t("no.such.button"));
    node.classList.add("busy");
    node.setAttribute("aria-busy", "true");
    try {
      // Stale: as a phone does that has not seen the edit yet.
      await post("tap", { person: this.person, ...where(this.place), message: message.id, data: button.data, wait: ANSWER_S, stale: true });
    } catch (error) {
      if (node.isConnected) notify(error.message);
    } finally {
      node.classList.remove("busy");
      node.removeAttribute("aria-busy");
      this.refresh();
    }
    return null;
  }

  say(text, more = {}) {
    return tried(() => post("say", { person: this.person, ...where(this.place), text, ...more }));
  }

  /** What a phone does with a link that is tapped on it. */
  link(url) {
    const link = botLink(url);
    const bot = link && botNamed(link.bot);
    if (!bot) return outside(url);
    if (link.startgroup !== null) return chooseGroup(this, link, bot);
    return this.show(this.person, { bot: bot.id }, link.start || !this.knows(bot.id) ? link : null);
  }

  async start() {
    const link = this.pending?.link ?? `https://t.me/${state.bots.get(this.place.bot)?.username}`;
    this.pending = null;
    await tried(() => post("open", { person: this.person, link }));
    if (!this.knows(this.place.bot)) await this.page.reload();
    this.refresh();
  }

  pop(toast) {
    if (toast.alert) return void sheet(described(this).title, (close) => [h("p", { dir: "auto" }, toast.text), action(t("ok"), close, { kind: "main" })]);
    if (!toast.text) return;
    this.toast.textContent = toast.text;
    this.toast.classList.add("open");
    clearTimeout(this.toastTimer);
    this.toastTimer = setTimeout(() => this.toast.classList.remove("open"), TOAST_MS);
  }

  about() {
    if (this.place.group) return members(this);
    const blocked = Boolean(this.seen?.blocked);
    const known = this.seen || this.knows(this.place.bot);
    const turn = (close) => tried(() => post("faults", { person: this.person, ...where(this.place), blocked: !blocked })).then(close);
    const save = async (close) => {
      const told = await tried(() => get("transcript", { person: this.person, ...where(this.place) }));
      if (told) download(`${nameOf(this.person)}.txt`, told.text);
      close();
    };
    return sheet(described(this).title, (close) => [
      h("p.quiet", {}, t(blocked ? "is.blocked" : "about.bot", { who: nameOf(this.person) })),
      known ? action(t(blocked ? "unblock" : "block"), () => turn(close), { kind: blocked ? "" : "danger" }) : null,
      known ? action(t("transcript"), () => save(close)) : null,
    ]);
  }

  /** A chat that is no more for this person is left. */
  check() {
    if (this.person && !state.people.has(this.person)) return this.show(null, null);
    const group = this.place?.group ? state.groups.get(this.place.group) : null;
    if (group?.upgraded_to) return this.show(this.person, { group: group.upgraded_to });
    if (this.place?.group && (!group || group.gone || !isMember(group, this.person))) return this.show(this.person, null);
    this.draw();
    return this.refresh();
  }
}

function download(name, text) {
  const url = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  h("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
