/** Text with entities as nodes. Offsets count UTF-16 units, which is how strings are counted here. */

import { h } from "./dom.js";

const TAGS = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  code: "code",
  pre: "pre",
  blockquote: "blockquote",
  expandable_blockquote: "blockquote",
};
const SAFE = /^(https?:|tg:)/i;

/**
 * @param {string} text
 * @param {Array} entities as the Bot API writes them
 * @param {{link: function(string), command: function(string)}} tapped what a tap on a link or a command does
 */
export function rich(text, entities, tapped) {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return piece(text, 0, text.length, sorted, tapped);
}

function piece(text, from, to, entities, tapped) {
  const nodes = [];
  let at = from;
  for (let i = 0; i < entities.length; i += 1) {
    const entity = entities[i];
    const start = Math.max(entity.offset, at);
    const end = Math.min(entity.offset + entity.length, to);
    if (end <= start) continue;
    if (start > at) nodes.push(text.slice(at, start));
    const within = entities.slice(i + 1).filter((other) => other.offset < end && other.offset + other.length > start);
    nodes.push(wrapped(text.slice(start, end), entity, piece(text, start, end, within, tapped), tapped));
    at = end;
  }
  if (at < to) nodes.push(text.slice(at, to));
  return nodes;
}

function wrapped(said, entity, children, tapped) {
  switch (entity.type) {
    case "text_link":
      return link(entity.url, children, tapped);
    case "url":
      return link(/^[a-z]+:/i.test(said) ? said : `https://${said}`, children, tapped);
    case "mention":
      return link(`https://t.me/${said.slice(1)}`, children, tapped);
    case "bot_command":
      return h("button.command", { type: "button", on: { click: () => tapped.command(said) } }, children);
    case "spoiler":
      return h("button.spoiler", { type: "button", on: { click: (e) => e.currentTarget.classList.add("open") } }, children);
    default:
      return TAGS[entity.type] ? h(TAGS[entity.type], {}, children) : h("span", {}, children);
  }
}

function link(url, children, tapped) {
  if (!SAFE.test(url)) return h("span", {}, children);
  const open = (event) => {
    event.preventDefault();
    tapped.link(url);
  };
  return h("a", { href: url, rel: "noopener noreferrer", on: { click: open } }, children);
}
