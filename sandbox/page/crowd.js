/** Many simulated people answer while one watches. */

import { get, post } from "./api.js";
import { h } from "./dom.js";
import { pause } from "./live.js";
import { field, sheet, tried } from "./sheet.js";
import { linksOf } from "./links.js";
import { t } from "./words.js";

const LOOK_MS = 400;
const OVER_MS = 6000;

export class Crowd {
  constructor(page) {
    this.page = page;
    this.runs = 0;
    this.running = false;
    this.bar = h("progress", { max: 1, value: 0 });
    this.line = h("span", { role: "status" });
    this.watch = h("button.pill", { type: "button" }, t("watch.one"));
    this.stop = h("button.round.small", { type: "button", "aria-label": t("close"), on: { click: () => (this.node.hidden = true) } }, "✕");
    this.node = h("div.crowd", { hidden: true }, this.bar, this.line, this.watch, this.stop);
  }

  /** Ask how many, and by which link they come. */
  ask(wanted = 20) {
    const count = h("input", { type: "number", min: 1, max: 1000, value: wanted, required: true });
    const link = h("input", { type: "url", value: this.newestLink(), required: true, dir: "ltr", placeholder: "https://t.me/…?start=…" });
    const speed = h("select", {}, [["1", "slow"], ["0.4", "brisk"], ["0", "fast"]].map(([value, name]) => h("option", { value, selected: name === "brisk" }, t(`speed.${name}`))));
    sheet(t("crowd"), (close) => {
      const go = async (event) => {
        event.preventDefault();
        const seed = Math.floor(Math.random() * 1_000_000);
        const given = { link: link.value.trim(), count: Number(count.value), think: Number(speed.value), seed };
        const play = await tried(() => post("play", given));
        if (!play) return;
        this.running = true;
        close();
        this.follow(play);
      };
      return [
        h("p.quiet", {}, t("crowd.why")),
        h("form.form", { on: { submit: go } }, field(t("how.many"), count), field(t("by.link"), link), field(t("speed"), speed),
          h("button.act.main", { type: "submit", data: { ring: "crowd-go" } }, t("crowd.go"))),
      ];
    });
    this.page.drawn();
  }

  async follow({ play, people }) {
    this.node.hidden = false;
    this.running = true;
    this.watch.textContent = t("watch.one");
    this.watch.onclick = () => {
      this.page.front("citizen");
      this.page.phones[0].show(people[Math.floor(Math.random() * Math.min(people.length, 20))], this.page.firstPlace());
    };
    let failures = 0;
    for (;;) {
      try {
        const now = await get("play", { play });
        this.bar.max = now.count;
        this.bar.value = now.done;
        this.line.textContent = t("crowd.now", { done: now.done, count: now.count, finished: now.finished })
          + (now.errors.length ? ` · ${t("crowd.errors", { n: now.errors.length })}` : "");
        this.line.title = now.errors.join("\n");
        if (now.over) break;
      } catch {
        failures += 1;
        if (failures > 20) break;
      }
      await pause(LOOK_MS);
    }
    this.running = false;
    this.runs += 1;
    this.page.drawn();
    await pause(OVER_MS);
    if (!this.running) this.node.hidden = true;
  }

  /** The newest link with a payload that any phone shows. */
  newestLink() {
    for (const key of ["facilitator", "group", "citizen"]) {
      const phone = this.page.phones.find((one) => one.key === key);
      const links = (phone.seen?.messages ?? []).flatMap(linksOf).filter((link) => link.start && !link.start.startsWith("i-"));
      if (links.length) return links.at(-1).link;
    }
    return "";
  }
}

