/** Links: shown to another phone, as a QR code is; opened for a group; or leading outside. */

import { post } from "./api.js";
import { h } from "./dom.js";
import { action, sheet, tried } from "./sheet.js";
import { nameOf } from "./bubble.js";
import { groupsOf } from "./state.js";
import { t } from "./words.js";

/** Let another phone scan what this one shows. */
export function handOver(phone, links) {
  const others = phone.page.phones.filter((other) => other !== phone);
  sheet(t("scan.title"), (close) => links.map((link) => [
    h("p.link", {}, h("code", {}, link.link)),
    others.map((other) => {
      const name = `${t(`phone.${other.key}`)} – ${other.person ? nameOf(other.person) : t("nobody")}`;
      const scan = async () => {
        close();
        phone.page.front(other.key);
        if (!other.person) await phone.page.addTo(other);
        other.link(link.link);
      };
      return action(name, scan, { ring: `scan-${other.key}` });
    }),
  ]));
  phone.page.drawn();
}

/** A ?startgroup= link: which of the person's groups shall the bot come into? */
export function chooseGroup(phone, link, bot) {
  const groups = groupsOf(phone.person).filter((group) => !group.members.some((member) => member.id === bot.id));
  sheet(t("choose.group"), (close) => groups.length
    ? groups.map((group) => action(group.title, async () => {
      close();
      const added = await tried(() => post("open", { person: phone.person, link: link.link, chat: group.id }));
      if (added) phone.show(phone.person, { group: group.id });
    }))
    : h("p.quiet", {}, t("no.group")));
}

/** A link that leads away from this machine: only the person may follow it. */
export function outside(url) {
  sheet(t("outside"), (close) => [
    h("p.link", {}, h("code", { dir: "ltr" }, url)),
    h("p.quiet", {}, t("outside.why")),
    /^https?:\/\//i.test(url) ? h("a.act", { href: url, target: "_blank", rel: "noopener noreferrer", on: { click: close } }, t("outside.go")) : null,
  ]);
}
