/** Dialogs: something to choose or fill in. The browser keeps the focus inside and closes on Escape. */

import { fill, h, icon } from "./dom.js";
import { t } from "./words.js";

/**
 * @param {string} title
 * @param {(close: function()) => Array} content
 * @returns {HTMLDialogElement}
 */
export function sheet(title, content, { wide = false } = {}) {
  const dialog = h(wide ? "dialog.sheet.wide" : "dialog.sheet", { "aria-label": title });
  const close = () => dialog.close();
  fill(
    dialog,
    h("header", {}, h("h2", {}, title), h("button.round", { type: "button", "aria-label": t("close"), on: { click: close } }, icon("close"))),
    h("div.sheet-body", {}, content(close)),
  );
  dialog.addEventListener("click", (event) => event.target === dialog && close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

export const field = (label, control) => h("label.field", {}, h("span", {}, label), control);

export const action = (label, run, { kind = "", ring = null } = {}) =>
  h(`button.act${kind ? `.${kind}` : ""}`, { type: "button", data: ring ? { ring } : {}, on: { click: run } }, label);

/** Runs what may be refused, and says why if it is. */
export async function tried(run, say = notify) {
  try {
    return await run();
  } catch (error) {
    say(error.message);
    return null;
  }
}

/** A line at the foot of the page, for a moment. */
export function notify(text) {
  const line = h("div.notice", { role: "alert" }, text);
  (document.querySelector("dialog[open]:last-of-type") ?? document.body).append(line);
  setTimeout(() => line.remove(), 5000);
}
