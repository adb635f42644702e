/** The foot of a phone: START, or a line to write in, with the menu of commands. */

import { get, post } from "./api.js";
import { fill, h, icon } from "./dom.js";
import { tried } from "./sheet.js";
import { state, where } from "./state.js";
import { current, t } from "./words.js";

export class Composer {
  constructor(phone) {
    this.phone = phone;
    this.looks = "";
    this.menu = null;
    this.node = h("footer.composer", {});
    document.addEventListener("pointerdown", (event) => this.menu && !this.node.contains(event.target) && this.close());
  }

  reset() {
    this.looks = "";
    this.close();
  }

  draw() {
    const looks = `${this.mode()} ${current()}`;
    if (looks === this.looks) return;
    this.looks = looks;
    this.close();
    this.node.hidden = this.mode() === "none";
    fill(this.node, this[this.mode()]?.() ?? []);
  }

  mode() {
    const phone = this.phone;
    if (!phone.person || !phone.place) return "none";
    if (phone.place.group) return "line";
    if (phone.pending || !phone.seen?.messages.length) return phone.pending || phone.seen !== undefined ? "start" : "none";
    return phone.seen.blocked ? "unblock" : "line";
  }

  start() {
    return h("button.start", { type: "button", data: { ring: "start" }, on: { click: () => this.phone.start() } }, t("start"));
  }

  unblock() {
    const unblock = () => tried(() => post("faults", { person: this.phone.person, ...where(this.phone.place), blocked: false }));
    return h("button.start.quiet", { type: "button", on: { click: unblock } }, t("unblock"));
  }

  line() {
    const input = h("input", { type: "text", placeholder: t("write"), "aria-label": t("write"), maxlength: 4096, autocomplete: "off", enterkeyhint: "send", dir: "auto" });
    const send = (event) => {
      event.preventDefault();
      const text = input.value.trim();
      if (!text) return;
      input.value = "";
      this.phone.say(text);
    };
    return [
      h("button.round.menu", { type: "button", "aria-label": t("menu"), title: t("menu"), "aria-expanded": "false", data: { ring: "menu" }, on: { click: () => this.toggle() } }, icon("menu")),
      h("form.line", { on: { submit: send } }, input,
        h("button.round", { type: "button", "aria-label": t("attach"), title: t("attach"), on: { click: () => this.phone.say(undefined, { photo: true }) } }, icon("clip")),
        h("button.round.send", { type: "submit", "aria-label": t("send") }, icon("send"))),
    ];
  }

  async toggle() {
    if (this.menu) return this.close();
    const phone = this.phone;
    const commands = await tried(() => get("commands", { person: phone.person, ...where(phone.place), ...this.groupBot() }));
    if (!commands) return null;
    const pick = (command) => {
      this.close();
      phone.say(`/${command}${phone.place.group ? this.suffix() : ""}`);
    };
    this.menu = h("div.commands", { role: "menu", "aria-label": t("menu") }, commands.commands.length
      ? commands.commands.map((one) => h("button", { type: "button", role: "menuitem", data: { ring: `/${one.command}` }, on: { click: () => pick(one.command) } },
        h("span", { dir: "auto" }, one.description), h("code", {}, `/${one.command}`)))
      : h("p.empty", {}, t("no.commands")));
    this.menu.addEventListener("keydown", (event) => this.key(event));
    this.node.prepend(this.menu);
    this.node.querySelector(".menu")?.setAttribute("aria-expanded", "true");
    this.menu.querySelector("button")?.focus();
    phone.page.drawn();
    return null;
  }

  key(event) {
    const rows = [...this.menu.querySelectorAll("button")];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") this.close(true);
    else if (step) rows.at((rows.indexOf(document.activeElement) + step) % rows.length)?.focus();
    else return;
    event.preventDefault();
  }

  close(focus = false) {
    this.menu?.remove();
    this.menu = null;
    const button = this.node.querySelector(".menu");
    button?.setAttribute("aria-expanded", "false");
    if (focus) button?.focus();
  }

  groupBot() {
    const member = this.firstBot();
    return member ? { bot: member.id } : {};
  }

  suffix() {
    const bot = state.bots.get(this.firstBot()?.id);
    return bot ? `@${bot.username}` : "";
  }

  firstBot() {
    return this.phone.place.group ? state.groups.get(this.phone.place.group)?.members.find((member) => member.bot) : null;
  }
}
