/** Makes the typed desk of files that have passed every check. */

import type { Desk, Organisation, Person, Queue, Service } from '../domain/desk.ts';
import type { PersonId } from '../domain/ticket.ts';
import type { DeskEntries } from './desk-schema.ts';

/** @throws Error when a person is named whom people.yaml does not define: the references were not checked */
export function buildDesk(entries: DeskEntries): Desk {
  const settings = entries['desk.yaml'];
  const people = mapOf(entries['people.yaml'], (key, { entraId, ...person }): Person => {
    return present({ id: entraId, key, ...person });
  });
  const personId = (key: string): PersonId => {
    const person = people.get(key);
    if (person === undefined) throw new Error(`The person "${key}" is named, but was not checked.`);
    return person.id;
  };
  const inCharge = ({
    responsible,
    owner,
  }: {
    responsible?: string | undefined;
    owner?: string | undefined;
  }) => ({
    ...(responsible !== undefined && { responsible: personId(responsible) }),
    ...(owner !== undefined && { owner: personId(owner) }),
  });

  return {
    ...present(settings),
    areas: mapOf(entries['areas.yaml'], (id, name) => ({ id, name })),
    organisations: mapOf(
      entries['organisations.yaml'],
      (id, organisation): Organisation => present({ id, ...organisation }),
    ),
    people: new Map([...people.values()].map((person) => [person.id, person])),
    queues: mapOf(entries['queues.yaml'], (id, { responsible, ...queue }): Queue => {
      return present({ id, ...queue, ...inCharge({ responsible }) });
    }),
    services: new Map(
      Object.entries(entries['services.yaml']).flatMap(([module, services]) =>
        Object.entries(services).map(([id, service]) => [id, serviceOf(id, module, service)] as const),
      ),
    ),
    rules: entries['rules.yaml'].map(({ rule, when, queue, responsible, owner, priority }) => ({
      id: rule,
      when: present(when),
      ...(queue !== undefined && { queue }),
      ...inCharge({ responsible, owner }),
      ...(priority !== undefined && { priority }),
    })),
    calendars: mapOf(entries['calendars.yaml'], (id, { timeZone = settings.timeZone, ...calendar }) =>
      present({ id, timeZone, ...calendar }),
    ),
    agreements: mapOf(entries['deadlines.yaml'].agreements, (id, { name }) => ({ id, name })),
    deadlines: entries['deadlines.yaml'].policies.map((policy) => present(policy)),
    escalation: Object.entries(entries['deadlines.yaml'].escalation).map(([id, level]) => ({ id, ...level })),
    templates: Object.entries(entries['templates.yaml']).map(([id, template]) =>
      present({ id, ...template }),
    ),
  };
}

function serviceOf(
  id: string,
  module: string,
  { fields, ...service }: DeskEntries['services.yaml'][string][string],
): Service {
  return present({
    id,
    module,
    ...service,
    fields: Object.entries(fields).map(([fieldId, field]) => present({ id: fieldId, ...field })),
  });
}

function mapOf<Entry, Result>(
  entries: Readonly<Record<string, Entry>>,
  make: (id: string, entry: Entry) => Result,
): ReadonlyMap<string, Result> {
  return new Map(Object.entries(entries).map(([id, entry]) => [id, make(id, entry)]));
}

type Present<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** Without the keys whose value is undefined: the domain's types have an optional key absent, not undefined. */
function present<T extends object>(entry: T): Present<T> {
  return Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined)) as Present<T>;
}
