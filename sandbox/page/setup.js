/** People and groups come into the world. */

import { post } from "./api.js";
import { h } from "./dom.js";
import { action, field, sheet, tried } from "./sheet.js";
import { state } from "./state.js";
import { t } from "./words.js";

let reload = async () => {};
export const afterSetup = (run) => (reload = run);

const LANGUAGES = { km: "ខ្មែរ", en: "English", fr: "Français", vi: "Tiếng Việt", th: "ไทย", zh: "中文" };
const OFFERED = 60;

/** @param {function(Object)} [then] what to do with the person added */
export function addPerson(then) {
  const name = h("input", { type: "text", maxlength: 64, dir: "auto", autocomplete: "off" });
  const language = h("select", {}, Object.entries(LANGUAGES).map(([code, label]) => h("option", { value: code }, label)));
  sheet(t("add.person"), (close) => {
    const add = async (event) => {
      event.preventDefault();
      const person = await tried(() => post("people", { first_name: name.value.trim() || null, language_code: language.value }));
      if (!person) return;
      await reload();
      close();
      then?.(person);
    };
    return h("form.form", { on: { submit: add } }, field(t("name"), name), field(t("app.language"), language), h("button.act.main", { type: "submit" }, t("add")));
  });
}

/** @param {function(Object)} [then] what to do with the group added */
export function addGroup(then) {
  const people = state.world.people.slice(-OFFERED);
  const title = h("input", { type: "text", maxlength: 128, required: true, dir: "auto", autocomplete: "off" });
  const boxes = people.map((person) => h("input", { type: "checkbox", value: person.id }));
  const larger = h("input", { type: "checkbox", checked: true });
  sheet(t("add.group"), (close) => {
    const add = async (event) => {
      event.preventDefault();
      const members = boxes.filter((box) => box.checked).map((box) => Number(box.value));
      const group = await tried(() => post("groups", { title: title.value.trim(), members, type: larger.checked ? "supergroup" : "group" }));
      if (!group) return;
      await reload();
      close();
      then?.(group, members[0]);
    };
    return h(
      "form.form", { on: { submit: add } },
      field(t("title.of.group"), title),
      h("fieldset", {}, h("legend", {}, t("members.first")), people.map((person, i) => h("label.check", {}, boxes[i], h("span", { dir: "auto" }, person.first_name)))),
      h("label.check", {}, larger, t("supergroup")),
      h("button.act.main", { type: "submit" }, t("add")),
    );
  });
}

/** Three people and a group, for a stand-in where nobody is yet. */
export async function quick() {
  const add = (first_name) => post("people", { first_name, language_code: "km" });
  const [citizen, facilitator] = [await add("សុភា Sophea"), await add("ដារ៉ា Dara")];
  const group = await post("groups", { title: "ក្រុមឃុំ · Commune group", members: [facilitator.id, citizen.id], type: "supergroup" });
  await reload();
  return { citizen: citizen.id, facilitator: facilitator.id, group: group.id };
}

/** The menu of what can be set up. */
export function setupMenu(page) {
  sheet(t("setup"), (close) => {
    const then = (run) => () => {
      close();
      run();
    };
    return [
      action(t("add.person"), then(() => addPerson((person) => page.phones[0].show(person.id, page.firstPlace(person.id))))),
      action(t("add.group"), then(() => addGroup((group, owner) => page.phones[2].show(owner, { group: group.id })))),
      state.world.people.length ? null : action(t("quick"), then(() => page.quick()), { kind: "main" }),
    ];
  });
}
