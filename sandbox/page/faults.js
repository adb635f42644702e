/** What shall go wrong between Telegram and the bot. */

import { get, post } from "./api.js";
import { fill, h } from "./dom.js";
import { action, field, tried } from "./sheet.js";
import { t } from "./words.js";

const KINDS = ["delay", "lost_request", "lost_reply", "reset", "too_many", "server_error", "duplicate_update", "late_update"];
const TIMED = new Set(["delay", "too_many"]);
const OF_UPDATES = new Set(["duplicate_update", "late_update"]);

export class Faults {
  constructor() {
    this.active = h("ul.faults", {});
    this.form = h("form.form", { on: { submit: (event) => this.add(event) } });
    this.node = h("div.panel-page", { hidden: true }, this.form, this.active);
    this.speak();
  }

  speak() {
    this.kind = h("select", {}, KINDS.map((kind) => h("option", { value: kind }, t(`f.${kind}`))));
    this.times = h("input", { type: "number", min: 1, max: 1000, value: 3 });
    this.seconds = h("input", { type: "number", min: 0, max: 60, step: 0.5, value: 2 });
    this.methods = h("input", { type: "text", placeholder: "sendMessage, editMessageText", autocomplete: "off", spellcheck: "false" });
    fill(this.form, h("p.quiet", {}, t("faults.why")), field(t("fault"), this.kind), field(t("times"), this.times), field(t("seconds"), this.seconds),
      field(t("methods"), this.methods), h("button.act.main", { type: "submit" }, t("fault.go")));
  }

  async add(event) {
    event.preventDefault();
    const kind = this.kind.value;
    const methods = this.methods.value.split(/[\s,]+/).filter(Boolean);
    await tried(() => post("faults", {
      kind,
      times: Number(this.times.value),
      seconds: TIMED.has(kind) ? Number(this.seconds.value) : null,
      methods: methods.length && !OF_UPDATES.has(kind) ? methods : null,
    }));
    this.look();
  }

  /** Ask which are under way. */
  async look() {
    const { faults } = await get("faults").catch(() => ({ faults: [] }));
    const clear = (id) => async () => {
      await tried(() => post("faults", { clear: id }));
      this.look();
    };
    fill(this.active, faults.map((fault) => h("li", {},
      h("span", {}, t(`f.${fault.kind}`), fault.times !== null && fault.times !== undefined ? ` × ${fault.times}` : ""),
      action(t("clear"), clear(fault.id)))));
  }
}
