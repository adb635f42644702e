/** Above a phone: whose it is, and in which language their Telegram speaks. */

import { post } from "./api.js";
import { fill, h } from "./dom.js";
import { addPerson } from "./setup.js";
import { tried } from "./sheet.js";
import { state } from "./state.js";
import { current, t } from "./words.js";

const OFFERED = 60;
const APP_LANGUAGES = ["km", "en", "fr", "vi", "th", "zh"];

export function owner(phone) {
  const person = state.people.get(phone.person);
  const others = state.world.people.slice(-OFFERED);
  if (person && !others.includes(person)) others.unshift(person);
  const looks = JSON.stringify([current(), phone.person, others.map((one) => [one.id, one.first_name]), person?.language_code]);
  if (looks === phone.ownerLooks) return;
  phone.ownerLooks = looks;
  const who = h("select.who", { "aria-label": t("whose") }, [
    person ? null : h("option", { value: "" }, t("nobody")),
    others.map((one) => h("option", { value: one.id, selected: one.id === phone.person }, one.first_name.slice(0, 40))),
    h("option", { value: "new" }, `＋ ${t("add.person")}`),
  ]);
  who.addEventListener("change", () => {
    if (who.value === "new") {
      phone.ownerLooks = "";
      owner(phone);
      addPerson((added) => phone.show(added.id, phone.page.firstPlace(added.id)));
    } else phone.show(Number(who.value), phone.page.samePlaceFor(phone, Number(who.value)));
  });
  fill(phone.owner, h("h2", { id: `title-${phone.key}` }, t(`phone.${phone.key}`)), who, person ? speaks(person) : null);
}

function speaks(person) {
  const codes = APP_LANGUAGES.includes(person.language_code ?? "km") ? APP_LANGUAGES : [person.language_code, ...APP_LANGUAGES];
  const select = h("select.speaks", { "aria-label": t("app.language"), title: t("app.language") }, [
    person.language_code ? null : h("option", { value: "", selected: true }, "–"),
    codes.map((code) => h("option", { value: code, selected: code === person.language_code }, code)),
  ]);
  select.addEventListener("change", () => tried(() => post(`people/${person.id}`, { language_code: select.value })));
  return select;
}
