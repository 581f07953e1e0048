/** Where a new ticket goes (R1): ordered rules, the first whose conditions all hold decides, and says why (R5). */

import {
  type Desk,
  type Queue,
  type Rule,
  type RuleConditions,
  rawQueueOf,
  type TicketType,
} from './desk.ts';
import type {
  OrganisationId,
  PersonId,
  PersonRef,
  RoutingOutcome,
  RoutingReason,
  ServiceId,
} from './ticket.ts';
import { findTerm, wordsOf } from './words.ts';

/** What a rule may ask about. */
export type RoutingFacts = {
  readonly service: ServiceId;
  readonly type: TicketType;
  readonly organisation?: OrganisationId;
  readonly subject: string;
  readonly text: string;
  /** The requester's address; rules ask for its domain. */
  readonly email?: string;
};

/** Whether a rule or an agent (I14) said where it goes; otherwise it waits in the raw queue. */
export function isPlaced({ rule, because }: RoutingReason): boolean {
  return rule !== undefined || because.some(({ condition }) => condition === 'chosen');
}

/** What a rule may set: it also knows whether any rule matched; if none did, the administrators are to be told (R2). */
export type Routing = RoutingOutcome & { readonly unmatched: boolean };

type Met = RoutingReason['because'][number];

/**
 * Routes by the desk's rules; one that names no queue means the service's own. Where no rule matches the ticket goes to
 * the raw queue. A responsible that the rule does
 * not name is the queue's own; an owner or responsible who has left the desk is left out.
 *
 * `reason.because` lists the conditions that held in the order of `RuleConditions`, each with the id that it met, or
 * the words of the text, or the domain. `always` stands for a rule without conditions.
 *
 * @throws Error when the desk has no raw queue, or a rule names a queue that it has not: the configuration was not
 * checked
 */
export function route(desk: Desk, facts: RoutingFacts): Routing {
  const words = [wordsOf(facts.subject), wordsOf(facts.text)];
  for (const rule of desk.rules) {
    const because = conditionsMet(rule.when, desk, facts, words);
    if (because !== undefined) {
      return matched(desk, rule, facts, because);
    }
  }
  return outcome(desk, rawQueueOf(desk), {}, { because: [] }, true);
}

function matched(desk: Desk, rule: Rule, facts: RoutingFacts, because: readonly Met[]): Routing {
  const id = rule.queue ?? desk.services.get(facts.service)?.queue;
  const queue = id === undefined ? undefined : desk.queues.get(id);
  if (!queue) throw new Error(`Rule "${rule.id}" leads to the queue "${id}", which the desk does not have.`);
  const reasons: readonly Met[] =
    rule.queue === undefined ? [...because, { condition: 'serviceQueue', value: queue.id }] : because;
  return outcome(desk, queue, rule, { rule: rule.id, because: reasons }, false);
}

/** What each of the rule's conditions met, or undefined when one does not hold. */
function conditionsMet(
  when: RuleConditions,
  desk: Desk,
  facts: RoutingFacts,
  words: readonly (readonly string[])[],
): readonly Met[] | undefined {
  const organisation =
    facts.organisation === undefined ? undefined : desk.organisations.get(facts.organisation);
  const checks: readonly (readonly [Met['condition'], string | undefined])[] = [
    ...asked('service', when.service, facts.service),
    ...asked('type', when.type, facts.type),
    ...asked('organisation', when.organisation, facts.organisation),
    ...asked('area', when.area, organisation?.area),
    ...(when.words === undefined ? [] : [['words', firstTerm(words, when.words)] as const]),
    ...asked(
      'domain',
      when.domain?.map((domain) => domain.toLowerCase()),
      domainOf(facts.email),
    ),
  ];
  if (checks.length === 0) return [{ condition: 'always', value: '' }];
  const met: Met[] = [];
  for (const [condition, value] of checks) {
    if (value === undefined) return undefined;
    met.push({ condition, value });
  }
  return met;
}

/** The check of one condition: nothing when the rule does not ask, otherwise the value it met, if it did. */
function asked(
  condition: Met['condition'],
  wanted: readonly string[] | undefined,
  value: string | undefined,
): readonly (readonly [Met['condition'], string | undefined])[] {
  if (wanted === undefined) return [];
  return [[condition, value !== undefined && wanted.includes(value) ? value : undefined]];
}

/** The first of the terms that stands in one of the texts. */
function firstTerm(texts: readonly (readonly string[])[], terms: readonly string[]): string | undefined {
  for (const term of terms) {
    for (const words of texts) {
      const met = findTerm(words, term);
      if (met !== undefined) return met;
    }
  }
  return undefined;
}

/** What follows the last @, in lower case. A subdomain is a domain of its own. */
function domainOf(email: string | undefined): string | undefined {
  const at = email?.lastIndexOf('@') ?? -1;
  return at < 0 ? undefined : email?.slice(at + 1).toLowerCase();
}

function outcome(
  desk: Desk,
  queue: Queue,
  rule: Pick<Rule, 'responsible' | 'owner' | 'priority'>,
  reason: RoutingReason,
  unmatched: boolean,
): Routing {
  const responsible = personRef(desk, rule.responsible) ?? personRef(desk, queue.responsible);
  const owner = personRef(desk, rule.owner);
  return {
    queue: queue.id,
    ...(responsible && { responsible }),
    ...(owner && { owner }),
    ...(rule.priority !== undefined && { priority: rule.priority }),
    reason,
    unmatched,
  };
}

function personRef(desk: Desk, id: PersonId | undefined): PersonRef | undefined {
  const person = id === undefined ? undefined : desk.people.get(id);
  return person && { id: person.id, name: person.name };
}
