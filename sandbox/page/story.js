/**
 * The guided story: one sentence at a time, and a ring around where to tap. It sees only what the phones show.
 *
 * A step, as the cast gives it:
 *   phone   "citizen" | "facilitator" | "group": where it happens
 *   say     {en, km}: one sentence
 *   begin?  where to tap while nothing is asked on that phone:
 *           {open: link | "invitation"} opens it there when the step begins · {command: "/open"} in the menu ·
 *           {scan: phone} the button under a link · {crowd: N} · {bot: true} add the bot to the group · {pinned: true}
 *   choose? which of several plain answers to ring, from 0; ✅, scores and toggles come first by themselves
 *   until   when it has happened:
 *           {answered: true} something was asked on that phone, and nothing is asked any more ·
 *           {link: "s-"} a new link with such a payload is shown there · {opened: phone} that phone has opened a link ·
 *           {crowd: true} a crowd has finished · {bot: true} a bot is in the group · {pinned: true} a new message is
 *           pinned there · {posted: phone} the bot has written something there that asks for no tap ·
 *           {read: true} the reader says so
 */

import { fill, h, icon } from "./dom.js";
import { linksOf } from "./links.js";
import { asks, nextTap, screen } from "./signs.js";
import { state } from "./state.js";
import { pick, t } from "./words.js";

const SETTLED_MS = 450;
const COMING_MS = 5000;

export class Story {
  constructor(page) {
    this.page = page;
    this.steps = [];
    this.at = -1;
    this.ringed = null;
    this.node = h("aside.story", { hidden: true, "aria-labelledby": "story-say" });
  }

  get step() {
    return this.steps[this.at] ?? null;
  }

  begin(steps) {
    this.steps = steps;
    this.enter(0);
  }

  end() {
    this.at = -1;
    this.ring(null);
    this.draw();
    this.page.drawn();
  }

  enter(number) {
    this.at = number;
    this.since = null;
    if (!this.step) return this.end();
    document.querySelector("dialog[open]")?.close();
    const phone = this.phone();
    this.before = this.facts();
    this.asked = 0;
    this.runs = this.page.crowd.runs;
    this.page.front(this.step.phone);
    const open = this.step.begin?.open;
    const link = open === "invitation" ? state.cast.invitation : open;
    if (link && phone.person) phone.link(link);
    if (this.step.phone === "group" && state.cast.group) this.page.showGroup(state.cast.group);
    this.draw();
    return this.look();
  }

  phone(key = this.step.phone) {
    return this.page.phones.find((phone) => phone.key === key);
  }

  messages(key = this.step.phone) {
    return this.phone(key).seen?.messages ?? [];
  }

  facts() {
    const messages = this.messages(this.step.until?.posted);
    return {
      links: new Set(messages.flatMap(linksOf).map((link) => link.link)),
      pinned: new Set(messages.filter((message) => message.pinned).map((message) => message.id)),
      newest: messages.at(-1)?.id ?? 0,
    };
  }

  /** Called after every redraw: has it happened? If not, where to tap? */
  look() {
    if (!this.step) return;
    const phone = this.phone();
    if (!phone.pending && asks(screen(this.messages()))) this.asked = performance.now();
    if (this.happened()) {
      // What is shown for an instant, between a message that goes and one that comes, has not happened.
      this.since ??= performance.now();
      if (performance.now() - this.since >= SETTLED_MS) return void this.enter(this.at + 1);
      setTimeout(() => this.look(), SETTLED_MS);
    } else this.since = null;
    this.ring(this.target());
  }

  happened() {
    const until = this.step.until ?? {};
    const phone = this.phone();
    if (until.answered) return this.asked > 0 && !phone.pending && Boolean(phone.seen) && !asks(screen(this.messages()));
    if (until.link) return this.messages().flatMap(linksOf).some((link) => link.start?.startsWith(until.link) && !this.before.links.has(link.link));
    if (until.opened) return Boolean(this.phone(until.opened).pending?.start) || asks(screen(this.messages(until.opened)));
    if (until.crowd) return this.page.crowd.runs > this.runs;
    if (until.bot) return Boolean(state.groups.get(phone.place?.group)?.members.some((member) => member.bot));
    if (until.pinned) return this.messages().some((message) => message.pinned && !this.before.pinned.has(message.id));
    if (until.posted) return this.messages(until.posted).some((message) => message.id > this.before.newest && message.from.bot && !message.service && message.buttons.flat().every((button) => button.url));
    return false;
  }

  target() {
    const open = document.querySelector("dialog[open]");
    const within = (ring) => document.querySelector(`[data-ring="${CSS.escape(ring)}"]`);
    const begin = this.step.begin ?? {};
    if (begin.crowd && this.page.crowd.running) return null;
    if (begin.crowd) return open ? within("crowd-go") : within("crowd");
    if (begin.scan && open) return within(`scan-${begin.scan}`);
    if (begin.bot && open) return within("add-bot");
    const phone = this.phone();
    const on = (ring) => phone.node.querySelector(`[data-ring="${CSS.escape(ring)}"]`);
    if (phone.pending || on("start")) return on("start");
    const now = screen(this.messages());
    const newest = this.messages().at(-1);
    if (newest && !newest.from.bot && !newest.service && phone.place?.bot) return null;
    if (asks(now) && !begin.scan && !begin.pinned) return this.key(phone, now);
    if (begin.command && this.asked && performance.now() - this.asked < COMING_MS) {
      // All was answered a moment ago: what comes of it is on its way.
      clearTimeout(this.again);
      this.again = setTimeout(() => this.look(), COMING_MS);
      return null;
    }
    if (begin.command) return on(begin.command) ?? on("menu");
    if (begin.scan) return [...phone.node.querySelectorAll('[data-ring="hand"]')].at(-1);
    if (begin.bot) return on("members");
    if (begin.pinned) return phone.messages.find(this.messages().findLast((message) => message.pinned)?.id)?.querySelector(".bubble");
    return null;
  }

  key(phone, message) {
    const tap = nextTap(message, this.step.choose);
    const row = tap && phone.messages.find(message.id)?.querySelectorAll(".keys-row")[tap.row];
    return row && tap.column !== undefined ? row.children[tap.column] : row;
  }

  ring(node) {
    if (node === this.ringed && node?.classList.contains("ringed")) return;
    for (const old of document.querySelectorAll(".ringed")) {
      old.classList.remove("ringed");
      old.removeAttribute("aria-describedby");
    }
    this.ringed = node ?? null;
    if (!node) return;
    const used = (foot) => foot.contains(node) || foot.contains(document.activeElement);
    for (const phone of this.page.phones) if (!used(phone.composer.node)) phone.composer.close();
    node.classList.add("ringed");
    node.setAttribute("aria-describedby", "story-say");
    if (node.closest(".scroll")) node.scrollIntoView({ block: this.step.begin?.pinned ? "start" : "nearest" });
  }

  draw() {
    this.node.hidden = !this.step;
    if (!this.step) return;
    const last = this.at === this.steps.length - 1;
    const show = () => (this.ringed?.matches("button,a") ? this.ringed : this.ringed?.querySelector("button"))?.focus();
    fill(
      this.node,
      h("div.story-at", {}, h("span.story-count", {}, `${this.at + 1}/${this.steps.length}`), h("span.chip", {}, t(`phone.${this.step.phone}`))),
      h("p", { id: "story-say", role: "status" }, pick(this.step.say)),
      h("div.story-acts", {},
        last
          ? h("button.act.main", { type: "button", on: { click: () => this.end() } }, icon("check"), t("finish"))
          : [
            h("button.act", { type: "button", on: { click: show } }, t("show.me")),
            h("button.act", { type: "button", on: { click: () => this.enter(this.at + 1) } }, t("skip")),
            h("button.act", { type: "button", on: { click: () => this.end() } }, t("end")),
          ]),
    );
  }
}
