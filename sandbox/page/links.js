/** Links to bots of this stand-in, as Telegram's phones read them. */

/** @returns {{bot: string, start: ?string, startgroup: ?string, link: string}|null} null: some other link */
export function botLink(url) {
  let parts;
  try {
    parts = new URL(url);
  } catch {
    return null;
  }
  if (parts.protocol === "tg:" && parts.host === "resolve") {
    const bot = parts.searchParams.get("domain");
    return bot ? read(bot, parts.searchParams) : null;
  }
  if (!["t.me", "telegram.me"].includes(parts.hostname)) return null;
  const bot = parts.pathname.split("/")[1];
  return bot && parts.pathname.split("/").length === 2 ? read(bot, parts.searchParams) : null;
}

function read(bot, given) {
  const query = given.toString();
  return {
    bot,
    start: given.get("start"),
    startgroup: given.get("startgroup"),
    link: `https://t.me/${bot}${query ? `?${query}` : ""}`,
  };
}

/** All links to bots in a message: in its text, behind its words, on its buttons. */
export function linksOf(message) {
  const urls = [...(message.text ?? "").matchAll(/https?:\/\/t\.me\/[\w?=&%+-]+/g)].map((found) => found[0]);
  for (const entity of message.entities ?? []) if (entity.url) urls.push(entity.url);
  for (const button of (message.buttons ?? []).flat()) if (button.url) urls.push(button.url);
  const found = new Map();
  for (const url of urls) {
    const link = botLink(url);
    if (link && (link.start || link.startgroup !== null)) found.set(link.link, link);
  }
  return [...found.values()];
}
