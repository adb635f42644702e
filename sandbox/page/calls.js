/** What the server saw: calls of the Bot API, newest first. */

import { fill, h } from "./dom.js";
import { throttled } from "./live.js";
import { chatName } from "./state.js";
import { current, t } from "./words.js";

const KEPT = 300;
const SHOWN = 80;
const POLLS = new Set(["getUpdates"]);
const GISTS = ["text", "caption", "action", "title", "url", "offset"];

export class Calls {
  constructor() {
    this.kept = [];
    this.total = 0;
    this.rows = new Map();
    this.polls = false;
    this.held = false;
    this.list = h("ol.calls", {});
    this.count = h("span.quiet", {});
    this.tools = h("div.tools", {});
    this.node = h("div.panel-page", {}, this.tools, this.list);
    this.draw = throttled(() => this.drawNow());
    this.speak();
  }

  speak() {
    const toggle = (label, key) => {
      const button = h("button.pill", { type: "button", "aria-pressed": String(this[key]) }, label);
      button.addEventListener("click", () => {
        this[key] = !this[key];
        button.setAttribute("aria-pressed", String(this[key]));
        this.drawNow(true);
      });
      return button;
    };
    fill(this.tools, toggle(t("polls"), "polls"), toggle(t("hold"), "held"), this.count);
    this.rows.clear();
    this.drawNow(true);
  }

  take(calls) {
    if (!calls.length) return;
    // Numbers that begin again: it is another stand-in, at the same address.
    if (calls.at(-1).number < this.total) this.forget();
    const newest = this.kept.at(-1)?.number ?? 0;
    const fresh = calls[0].number <= newest ? calls.filter((call) => call.number > newest) : calls;
    this.total = Math.max(this.total, calls.at(-1).number);
    this.kept.push(...fresh);
    if (this.kept.length > KEPT) this.kept.splice(0, this.kept.length - KEPT);
    this.draw();
  }

  forget() {
    this.kept = [];
    this.rows.clear();
    this.total = 0;
  }

  drawNow(force = false) {
    this.count.textContent = t("n.calls", { n: this.total.toLocaleString(current()) });
    if (this.held && !force) return;
    const shown = this.kept.filter((call) => this.polls || !POLLS.has(call.method)).slice(-SHOWN).reverse();
    const rows = new Map(shown.map((call) => [call.number, this.rows.get(call.number) ?? row(call)]));
    this.rows = rows;
    const top = this.list.scrollTop;
    fill(this.list, [...rows.values()]);
    this.list.scrollTop = top;
  }
}

function row(call) {
  const given = call.parameters ?? {};
  const gist = GISTS.map((key) => given[key]).find((value) => value !== undefined && value !== null) ?? "";
  const body = h("pre", { tabindex: "0" });
  const details = h(
    "details", {},
    h("summary", {},
      h("code", { class: `method ${kind(call.method)}` }, call.method),
      given.chat_id !== undefined ? h("span.to", { dir: "auto" }, chatName(Number(given.chat_id))) : null,
      h("span.gist", { dir: "auto" }, String(gist).replace(/<[^>]+>/g, "").slice(0, 80)),
      call.error ? h("strong.failed", {}, call.error) : null),
    body,
  );
  details.addEventListener("toggle", () => {
    if (details.open && !body.textContent) body.textContent = JSON.stringify(plain(given), null, 1);
  });
  return h(call.error ? "li.call.refused" : "li.call", {}, details);
}

/** Parameters that came as JSON in a form are read, so that they can be read. */
function plain(given) {
  return Object.fromEntries(Object.entries(given).map(([key, value]) => {
    if (typeof value !== "string" || !/^[[{]/.test(value)) return [key, value];
    try {
      return [key, JSON.parse(value)];
    } catch {
      return [key, value];
    }
  }));
}

const kind = (method) => /^(send|edit|delete|answer|pin|get|set)/.exec(method)?.[1] ?? "other";
