/** Keeps the page up to date: one long poll, the world when it changed, redraws at most ten times a second. */

import { get } from "./api.js";
import { takeWorld } from "./state.js";

const REDRAW_MS = 100;
const WAIT = 25;

/**
 * @param {{views: function(Array), calls: function(Array), world: function(), drawn: function(), lost: function(boolean)}} told
 */
export async function follow(told) {
  let since = 0;
  let worldAt = 0;
  for (;;) {
    try {
      const events = await get("events", since ? { since, wait: WAIT } : {});
      if (events.world || !worldAt || events.seq < since) {
        takeWorld(await get("world"));
        worldAt = Date.now();
        told.world();
      }
      since = events.seq;
      told.views(events.views);
      told.calls(events.calls);
      told.lost(false);
      await pause(REDRAW_MS);
    } catch {
      told.lost(true);
      since = 0;
      await pause(1500);
    }
  }
}

/** Runs `draw` soon, and not oftener than REDRAW_MS however often it is asked for. */
export function throttled(draw) {
  let due = null;
  let last = 0;
  return () => {
    if (due !== null) return;
    due = setTimeout(() => {
      due = null;
      last = performance.now();
      draw();
    }, Math.max(0, last + REDRAW_MS - performance.now()));
  };
}

export const pause = (ms) => new Promise((done) => setTimeout(done, ms));
