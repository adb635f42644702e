/**
 * What the page knows: the world, and which chat each phone shows. No nodes, no fetching.
 *
 * @typedef {{bot: number}|{group: number}} Place a private chat with a bot, or a group
 * @typedef {{key: string, person: ?number, place: ?Place, pending: ?Object}} Shown
 *   `pending`: a link that was tapped and waits for START
 */

export const state = {
  world: { bots: [], people: [], groups: [] },
  cast: {},
  people: new Map(),
  groups: new Map(),
  bots: new Map(),
};

export function takeWorld(world) {
  state.world = world;
  state.people = new Map(world.people.map((person) => [person.id, person]));
  state.groups = new Map(world.groups.map((group) => [group.id, group]));
  state.bots = new Map(world.bots.map((bot) => [bot.id, bot]));
}

export const botNamed = (name) => state.world.bots.find((bot) => bot.username.toLowerCase() === name.toLowerCase());

export const isMember = (group, id) => group.members.some((member) => member.id === id);

/** The groups that a person is in and that are still there, newest first. */
export const groupsOf = (person) =>
  state.world.groups.filter((group) => !group.gone && !group.upgraded_to && isMember(group, person)).reverse();

export const samePlace = (a, b) => a?.bot === b?.bot && a?.group === b?.group;

/** How the control is told of a place. */
export const where = (place) => (place?.group ? { chat: place.group } : { bot: place?.bot });

/** A name for a chat id of the Bot API. */
export function chatName(id) {
  return state.groups.get(id)?.title ?? state.people.get(id)?.first_name ?? String(id ?? "");
}

/** One of seven colours, always the same for the same id. */
export const tint = (id) => Math.abs(Number(id)) % 7;

/** The first sign of a name, for a round picture. */
export const initial = (name) => [...new Intl.Segmenter().segment((name ?? "").trim() || "?")][0].segment;
