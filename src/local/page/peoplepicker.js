// @ts-check
/**
 * The people picker (Microsoft's documentation, “People Picker in Adaptive Cards”): a choice set that names a data set of
 * people offers, after its own choices, whom Teams finds there, by name and with the Entra object id as value. Teams shows
 * them while somebody types; here they stand in the list, as there are few.
 */

/** @typedef {{ title: string, value: string }} Choice */
/** @typedef {{ everybody: readonly Choice[], conversation: readonly Choice[] }} People */

/**
 * @param {import('./person.js').Person} person
 * @param {string} conversation
 * @returns {People}
 */
export function peopleFor(person, conversation) {
  const users = person.session()?.users ?? [];
  const members = new Set(person.conversations.get(conversation)?.members ?? []);
  const everybody = users.map(({ name, aadObjectId }) => ({ title: name, value: aadObjectId }));
  return { everybody, conversation: everybody.filter(({ value }) => members.has(value)) };
}

/**
 * @param {unknown} json a card
 * @param {People} people
 * @returns {unknown} the card, with those people among its choices
 */
export function withPeople(json, people) {
  if (Array.isArray(json)) return json.map((one) => withPeople(one, people));
  if (typeof json !== 'object' || json === null) return json;
  const element = /** @type {Record<string, unknown>} */ (json);
  const inner = Object.fromEntries(
    Object.entries(element).map(([key, value]) => [key, key === 'data' ? value : withPeople(value, people)]),
  );
  const query = /** @type {{ type?: unknown, dataset?: unknown } | undefined} */ (element['choices.data']);
  if (element.type !== 'Input.ChoiceSet' || query?.type !== 'Data.Query') return inner;
  const own = /** @type {Choice[]} */ (Array.isArray(element.choices) ? element.choices : []);
  const known = new Set(own.map(({ value }) => value));
  const [dataset, scope] = String(query.dataset).split('?');
  if (dataset !== 'graph.microsoft.com/users') return inner;
  const found = scope === 'scope=currentContext' ? people.conversation : people.everybody;
  return { ...inner, choices: [...own, ...found.filter(({ value }) => !known.has(value))] };
}
