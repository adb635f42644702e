/** What the page itself says, in the language chosen; numbers and names put in for {marks}. */

const LANGUAGES = { en: "English", km: "ខ្មែរ" };
const listeners = new Set();
let words = {};
let fallback = {};
let language = "en";

export const languages = LANGUAGES;
export const current = () => language;

/** Read the language's words and tell everybody. */
export async function speak(wanted) {
  language = wanted in LANGUAGES ? wanted : "en";
  if (!Object.keys(fallback).length) fallback = await read("en");
  words = language === "en" ? fallback : await read(language);
  remember("language", language);
  document.documentElement.lang = language;
  document.title = t("title");
  for (const run of listeners) run();
}

/** The language remembered, or asked for in the address (?lang=km), or the browser's. */
export function preferred() {
  const asked = new URLSearchParams(location.search).get("lang");
  const known = asked ?? recall("language") ?? navigator.language.slice(0, 2);
  return known in LANGUAGES ? known : "en";
}

export const whenSpoken = (run) => listeners.add(run);

export function t(key, given = {}) {
  const said = words[key] ?? fallback[key] ?? key;
  return said.replace(/\{(\w+)\}/g, (mark, name) => given[name] ?? mark);
}

/** One text out of {en, km}: the language's own, or English, or any. */
export const pick = (texts) =>
  typeof texts === "string" ? texts : (texts?.[language] ?? texts?.en ?? Object.values(texts ?? {})[0] ?? "");

export function remember(name, value) {
  try {
    localStorage.setItem(`samleng.${name}`, value);
  } catch {
    // A browser that keeps nothing for us is one where nothing is kept.
  }
}

export function recall(name) {
  try {
    return localStorage.getItem(`samleng.${name}`);
  } catch {
    return null;
  }
}

const read = async (name) => (await fetch(`/page/${name}.json`)).json();
