/** The list of messages of one chat: only what changed is drawn anew. */

import { h } from "./dom.js";
import { bubble } from "./bubble.js";

/** A list that keeps a node for each message and compares what is to be shown with what is. */
export class Messages {
  constructor() {
    this.node = h("ol.messages", {});
    this.shown = new Map();
  }

  /** Everything goes: another chat is shown. */
  clear() {
    this.node.replaceChildren();
    this.shown.clear();
  }

  /**
   * @param {Array} messages oldest first
   * @param {Object} about as for `bubble`
   * @param {boolean} followed whether the chat was shown before, so that what is new came just now
   * @returns {Array} messages by others that are new or edited
   */
  show(messages, about, followed) {
    const first = !followed;
    const byId = new Map(messages.map((message) => [message.id, message]));
    for (const [id, known] of this.shown) {
      if (!byId.has(id)) {
        known.node.remove();
        this.shown.delete(id);
      }
    }
    const news = [];
    let before = null;
    for (const message of messages) {
      const replied = message.reply_to ? (byId.get(message.reply_to) ?? null) : null;
      const looks = JSON.stringify([message, replied && [replied.text, replied.id], about.me, about.words]);
      const known = this.shown.get(message.id);
      let node = known?.node;
      if (known?.looks !== looks) {
        node = bubble(message, { ...about, replied });
        if (known) {
          const edited = known.text !== message.text || message.buttons?.length !== known.buttons;
          const focus = known.node.contains(document.activeElement);
          known.node.replaceWith(node);
          if (edited) node.classList.add("flash");
          if (focus) (node.querySelector(".key") ?? node).focus({ preventScroll: true });
        } else if (!first) node.classList.add("fresh");
        if (!first && message.from.id !== about.me && known?.text !== message.text) news.push(message);
        this.shown.set(message.id, { node, looks, text: message.text, buttons: message.buttons?.length });
      }
      const place = before ? before.nextSibling : this.node.firstChild;
      if (place !== node) this.node.insertBefore(node, place);
      before = node;
    }
    return news;
  }

  find(id) {
    return this.shown.get(id)?.node ?? null;
  }
}
