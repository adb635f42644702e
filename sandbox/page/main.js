/** The page: three phones, what the server saw, and what they share. */

import { get, post } from "./api.js";
import { Calls } from "./calls.js";
import { Crowd } from "./crowd.js";
import { fill, h, icon } from "./dom.js";
import { Faults } from "./faults.js";
import { follow, throttled } from "./live.js";
import { Phone } from "./phone.js";
import { addPerson, afterSetup, quick, setupMenu } from "./setup.js";
import { groupsOf, isMember, state, takeWorld } from "./state.js";
import { Story } from "./story.js";
import { isDark, startTheme, turnTheme } from "./theme.js";
import { current, languages, pick, preferred, speak, t, whenSpoken } from "./words.js";

const KEYS = ["citizen", "facilitator", "group"];

class Page {
  constructor() {
    this.phones = KEYS.map((key) => new Phone(key, this));
    this.calls = new Calls();
    this.faults = new Faults();
    this.crowd = new Crowd(this);
    this.story = new Story(this);
    this.tab = KEYS[0];
    this.drawn = throttled(() => this.story.look());
    this.bar = h("header.bar", {});
    this.lost = h("p.lost", { role: "alert", hidden: true });
    this.server = h("section.phone.server", { id: "phone-server", "data-key": "server", "aria-labelledby": "title-server" });
    this.tabs = h("nav.tabs", { role: "tablist" });
    this.node = h("main.stage", {}, this.phones.map((phone) => phone.node), this.server);
    document.body.append(this.bar, this.story.node, this.crowd.node, this.lost, this.node, this.tabs);
    afterSetup(() => this.reload());
    whenSpoken(() => this.draw());
  }

  async start() {
    await speak(preferred());
    startTheme(() => this.drawBar());
    await this.reload();
    await this.take(await get("cast"));
    this.drawBar();
    this.welcome();
    follow({
      views: (views) => this.phones.filter((phone) => phone.concerns(views)).forEach((phone) => phone.refresh()),
      calls: (calls) => this.calls.take(calls),
      world: () => this.arrived(),
      lost: (lost) => (this.lost.hidden = !lost),
      drawn: () => this.drawn(),
    });
  }

  async reload() {
    takeWorld(await get("world"));
    this.phones.forEach((phone) => phone.check());
  }

  /** The world changed: there may be a first bot, or another cast. */
  async arrived() {
    this.phones.forEach((phone) => phone.check());
    const cast = await get("cast").catch(() => this.given);
    if (JSON.stringify(cast) !== JSON.stringify(this.given)) {
      await this.take(cast);
      this.drawBar();
      this.welcome();
    } else if (this.phones.every((phone) => !phone.person)) this.seat();
    this.drawn();
  }

  /** Takes the cast that was given; where each page can have one of its own, that one, kept when the page is read again. */
  async take(given) {
    this.given = given;
    const own = JSON.parse(sessionStorage.getItem("samleng.cast") ?? "null");
    state.cast = given;
    if (given.again && own?.of === given.invitation) state.cast = own.cast;
    else if (given.again) await this.castAnew();
  }

  /** People, a group and an invitation of this page's own: nobody else's story is played on them. */
  async castAnew() {
    const cast = { ...this.given, ...(await post("cast/new")) };
    sessionStorage.setItem("samleng.cast", JSON.stringify({ of: this.given.invitation, cast }));
    state.cast = cast;
    takeWorld(await get("world"));
  }

  /** Seats everybody; a cast that was not seen before begins anew, with its story. */
  welcome() {
    const { invitation, story } = state.cast;
    const known = sessionStorage.getItem("samleng.told") === (invitation ?? "");
    if (!known) sessionStorage.removeItem("samleng.phones");
    this.seat();
    if (!known && invitation && story?.length !== 0) this.tell();
  }

  /** Who holds which phone: as it was, as the cast says, or whoever is there. */
  seat() {
    const { cast } = state;
    const people = state.world.people.map((person) => person.id);
    const kept = JSON.parse(sessionStorage.getItem("samleng.phones") ?? "{}");
    const group = state.groups.get(cast.group) ?? state.world.groups.find((one) => !one.gone && !one.upgraded_to);
    const member = cast.member ?? cast.facilitator ?? group?.members.find((one) => !one.bot)?.id;
    const usual = {
      citizen: [cast.citizen ?? people[0], this.firstPlace()],
      facilitator: [cast.facilitator ?? people[1] ?? people[0], this.firstPlace()],
      group: [member ?? people[0], group ? { group: group.id } : null],
    };
    for (const phone of this.phones) {
      const [person, place] = state.people.has(kept[phone.key]?.person) ? [kept[phone.key].person, kept[phone.key].place] : usual[phone.key];
      if (person) phone.show(person, place);
    }
  }

  keep() {
    const shown = this.phones.map((phone) => [phone.key, { person: phone.person, place: phone.place }]);
    sessionStorage.setItem("samleng.phones", JSON.stringify(Object.fromEntries(shown)));
  }

  firstPlace() {
    const bot = state.world.bots[0];
    return bot ? { bot: bot.id } : null;
  }

  /** Where a phone goes on when another person takes it: the same chat, if they are in it. */
  samePlaceFor(phone, person) {
    if (!phone.place?.group) return phone.place ?? this.firstPlace();
    const group = state.groups.get(phone.place.group);
    if (group && isMember(group, person)) return phone.place;
    const own = groupsOf(person)[0];
    return own ? { group: own.id } : null;
  }

  showGroup(id) {
    const group = state.groups.get(state.groups.get(id)?.upgraded_to ?? id);
    const phone = this.phones[2];
    if (group && isMember(group, phone.person)) phone.show(phone.person, { group: group.id });
  }

  addTo(phone) {
    return new Promise((done) => addPerson((person) => {
      phone.show(person.id, this.firstPlace());
      done();
    }));
  }

  async quick() {
    const { citizen, facilitator, group } = await quick();
    this.phones[0].show(citizen, this.firstPlace());
    this.phones[1].show(facilitator, this.firstPlace());
    this.phones[2].show(facilitator, { group });
  }

  /** Tells the story; told before, it begins with new people. */
  async tell() {
    const told = sessionStorage.getItem("samleng.told");
    if (told !== null && told === state.cast.invitation && this.given.again) {
      this.story.end();
      await this.castAnew();
      sessionStorage.removeItem("samleng.phones");
      this.seat();
    }
    sessionStorage.setItem("samleng.told", state.cast.invitation ?? "");
    const steps = state.cast.story ?? (await (await fetch("/page/story.json")).json());
    this.story.begin(steps);
  }

  /** On a narrow screen: the one phone that is shown. */
  front(key) {
    this.tab = key;
    this.drawTabs();
  }

  draw() {
    this.drawBar();
    this.drawServer();
    this.drawTabs();
    this.lost.textContent = t("lost");
    this.phones.forEach((phone) => phone.draw());
    this.story.draw();
  }

  drawBar() {
    const again = (run) => ({ click: () => { run(); this.draw(); } });
    const tools = [
      state.cast.invitation || state.cast.story ? h("button.tool", { type: "button", on: { click: () => this.tell() } }, icon("spark"), h("span", {}, t("story"))) : null,
      h("button.tool", { type: "button", data: { ring: "crowd" }, on: { click: () => this.crowd.ask(this.story.step?.begin?.crowd) } }, icon("people"), h("span", {}, t("crowd"))),
      h("button.tool", { type: "button", on: { click: () => setupMenu(this) } }, icon("add"), h("span", {}, t("setup"))),
      h("div.speak", { role: "group", "aria-label": t("page.language") }, Object.entries(languages).map(([code, name]) =>
        h("button", { type: "button", lang: code, "aria-pressed": String(code === current()), on: { click: () => speak(code) } }, name))),
      h("button.round", { type: "button", "aria-label": t(isDark() ? "light" : "dark"), title: t(isDark() ? "light" : "dark"), on: again(turnTheme) }, icon(isDark() ? "sun" : "moon")),
    ];
    fill(this.bar, h("h1", {}, h("img", { src: "/page/icon.svg", alt: "", width: 28, height: 28 }), h("span", {}, pick(state.cast.title) || t("name.of.page"))), h("div.bar-tools", {}, tools));
  }

  drawServer() {
    const turn = (page) => () => {
      this.calls.node.hidden = page !== "calls";
      this.faults.node.hidden = page !== "faults";
      if (page === "faults") this.faults.look();
      this.drawServer();
    };
    const tab = (page, node) => h("button", { type: "button", "aria-pressed": String(!node.hidden), on: { click: turn(page) } }, t(`server.${page}`));
    if (this.spoken !== current()) {
      this.spoken = current();
      this.calls.speak();
      this.faults.speak();
    }
    fill(this.server, h("div.owner", {}, h("h2", { id: "title-server" }, t("phone.server")), h("div.speak", {}, tab("calls", this.calls.node), tab("faults", this.faults.node))),
      h("div.device.panel", {}, this.calls.node, this.faults.node));
  }

  drawTabs() {
    const turn = (key) => (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const keys = [...KEYS, "server"];
      this.front(keys.at((keys.indexOf(key) + step) % keys.length));
      this.tabs.querySelector('[aria-selected="true"]').focus();
    };
    this.tabs.setAttribute("aria-label", t("phones"));
    fill(this.tabs, [...KEYS, "server"].map((key) => h("button", {
      type: "button", role: "tab", id: `tab-${key}`, "aria-selected": String(key === this.tab), "aria-controls": `phone-${key}`, tabindex: key === this.tab ? "0" : "-1",
      on: { click: () => this.front(key), keydown: turn(key) },
    }, t(`tab.${key}`))));
    for (const node of this.node.children) node.classList.toggle("front", node.dataset.key === this.tab);
  }
}

new Page().start();
