/** The buttons under a message. */

import { h } from "./dom.js";
import { t } from "./words.js";

const STYLES = new Set(["success", "danger", "primary"]);

/**
 * @param {Array} rows of {text, data?, url?, style?}
 * @param {function(Object, HTMLElement)} tap
 */
export function keyboard(rows, tap) {
  return h("div.keys", { role: "group", "aria-label": t("buttons") }, rows.map((row) => h("div.keys-row", {}, row.map((button) => key(button, tap)))));
}

function key(button, tap) {
  const style = STYLES.has(button.style) ? `.${button.style}` : "";
  const node = h(
    `button.key${style}`,
    { type: "button", disabled: Boolean(button.disabled), data: { text: button.text } },
    h("span", {}, button.text),
    button.url ? h("span.corner", { "aria-hidden": "true" }, "↗") : null,
  );
  node.addEventListener("click", () => tap(button, node));
  return node;
}
