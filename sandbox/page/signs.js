/**
 * What the buttons of a message mean, by the signs that they begin with: ✅ goes on or sends, ⬅ goes back, ✖ leaves,
 * ⏭ skips, ☐ and ☑ are toggles, ➕ adds, and five buttons in a row that end in the figures 1 to 5 are scores.
 */

const GO_ON = "✅";
const WAYS_OUT = ["⬅", "✖"];
const SIGNS = [GO_ON, ...WAYS_OUT, "⏭", "☐", "☑", "➕"];
const begins = (button, signs) => signs.some((sign) => button.text.startsWith(sign));

/** The bot's newest message with buttons, or else its newest one. */
export function screen(messages) {
  const ofBot = messages.filter((message) => message.from.bot && !message.service);
  return ofBot.findLast((message) => message.buttons.length) ?? ofBot.at(-1) ?? null;
}

/** Whether something is asked: it can be gone on with, taken back or left. */
export const asks = (message) => Boolean(message) && message.buttons.flat().some((button) => begins(button, [GO_ON, ...WAYS_OUT]));

/**
 * Where to tap next: {row} for any button of a row, or {row, column}.
 * @param {number} choose which one of several plain answers, from 0
 */
export function nextTap(message, choose = 0) {
  const rows = message.buttons;
  const scores = rows.findIndex((row) => row.length === 5 && row.every((button, i) => digit(button.text) === i + 1));
  if (scores >= 0) return { row: scores };
  const all = rows.flatMap((row, r) => row.map((button, c) => ({ button, row: r, column: c })));
  const toggles = all.filter(({ button }) => begins(button, ["☐", "☑"]));
  if (toggles.length && !toggles.some(({ button }) => begins(button, ["☑"]))) return toggles[0];
  const goOn = all.find(({ button }) => begins(button, [GO_ON]));
  if (goOn) return goOn;
  const plain = all.filter(({ button, row }) => !begins(button, SIGNS) && !rows[row].some((other) => begins(other, WAYS_OUT)));
  return plain[Math.min(choose, plain.length - 1)] ?? all.find(({ button }) => begins(button, ["⏭"])) ?? null;
}

/** The figure that a text ends with, Latin or Khmer; 0 for none. */
function digit(text) {
  const last = text.codePointAt(text.length - 1);
  if (last >= 0x31 && last <= 0x39) return last - 0x30;
  return last >= 0x17e1 && last <= 0x17e9 ? last - 0x17e0 : 0;
}
