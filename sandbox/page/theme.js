/** Light or dark: as the machine has it, until somebody chooses. */

import { recall, remember } from "./words.js";

const machine = matchMedia("(prefers-color-scheme: dark)");

export const isDark = () => document.documentElement.dataset.theme === "dark";

export function startTheme(changed) {
  const follow = () => {
    document.documentElement.dataset.theme = recall("theme") ?? (machine.matches ? "dark" : "light");
    changed();
  };
  machine.addEventListener("change", follow);
  follow();
}

export function turnTheme() {
  const wanted = isDark() ? "light" : "dark";
  document.documentElement.dataset.theme = wanted;
  remember("theme", wanted);
}
