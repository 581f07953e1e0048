/** What must be true of the desk as a whole. Works on what is written, so that it also speaks where an entry is faulty. */

import type { Findings } from './desk-findings.ts';
import { findings } from './desk-findings.ts';
import { entryAt } from './desk-issues.ts';
import type { DeskFileName, DeskSources } from './desk-names.ts';
import { asFlag, asList, asMap, asTexts, serviceEntries } from './desk-names.ts';
import type { DeskProblem, KeyPath } from './desk-problem.ts';
import { unreachable } from './desk-reach.ts';
import { checkGeneralChannels, checkTeams } from './desk-teams.ts';
import type { DeskFile, RawMap } from './desk-yaml.ts';

/** @param found problems found so far: what they put in doubt is not reported a second time */
export function inconsistencies(sources: DeskSources, found: readonly DeskProblem[]): DeskProblem[] {
  const on = findings(sources, found);
  checkUnique(on, 'people.yaml', 'entraId', 'object id', 'Write each person once, with their own id.');
  checkUnique(
    on,
    'people.yaml',
    'email',
    'e-mail address',
    'Write each person once, with their own address.',
  );
  checkUnique(on, 'queues.yaml', 'channel', 'channel', 'Give each queue a channel of its own.');
  checkTeams(on);
  checkGeneralChannels(on);
  checkOnlyQueue(on, 'raw', 'takes what no rule fits');
  checkOnlyQueue(on, 'contactCentre', 'is the contact centre');
  checkAdministrator(on);
  checkAgents(on);
  checkServiceNames(on);
  checkRules(on);
  checkDeadlines(on);
  return [...on.problems];
}

/** Each value of a key may occur once among the entries of a file; capitals make no difference. */
function checkUnique(on: Findings, name: DeskFileName, key: string, what: string, remedy: string): void {
  on.onFile(name, (file, raw) => {
    const first = new Map<string, string>();
    for (const [entry, value] of Object.entries(raw)) {
      const written = asMap(value)[key];
      if (typeof written !== 'string' || on.faulty(file, [entry, key])) continue;
      const earlier = first.get(written.toLowerCase());
      if (earlier === undefined) first.set(written.toLowerCase(), entry);
      else {
        const { line } = file.placeOfKey([earlier, key]);
        on.report(file, [entry, key], `has the same ${what} as "${earlier}" on line ${line}. ${remedy}`);
      }
    }
  });
}

function checkOnlyQueue(on: Findings, key: string, purpose: string): void {
  on.onFile('queues.yaml', (file, queues) => {
    if (on.doubtful('queues.yaml', key)) return;
    const marked = Object.keys(queues).filter((queue) => isTrue(queues, queue, key));
    if (marked.length === 0)
      on.report(file, [], `has no queue with ${key}: true. Write it on the one queue that ${purpose}.`);
    for (const queue of marked.slice(1))
      on.report(
        file,
        [queue, key],
        `has ${key}: true, as "${marked[0]}" has already. Keep it on the one queue that ${purpose}.`,
      );
  });
}

function checkAdministrator(on: Findings): void {
  on.onFile('people.yaml', (file, people) => {
    if (on.doubtful('people.yaml', 'administrator')) return;
    if (!Object.keys(people).some((person) => isTrue(people, person, 'administrator')))
      on.report(file, [], 'names no administrator. Write administrator: true for at least one person.');
  });
}

function checkAgents(on: Findings): void {
  if (on.doubtful('people.yaml', 'agentOf')) return;
  on.onFile('people.yaml', (_, people) => {
    const worked = new Set(Object.values(people).flatMap((person) => asTexts(asMap(person).agentOf)));
    on.onFile('queues.yaml', (file, queues) => {
      for (const queue of Object.keys(queues))
        if (!worked.has(queue))
          on.report(
            file,
            [queue],
            `has no agent. Write agentOf: ${queue} for at least one person in people.yaml.`,
          );
    });
  });
}

function checkServiceNames(on: Findings): void {
  on.onFile('services.yaml', (file, raw) => {
    const first = new Map<string, string>();
    for (const { module, id } of serviceEntries(raw)) {
      const earlier = first.get(id);
      if (earlier === undefined) first.set(id, module);
      else {
        const { line } = file.placeOfKey([earlier, id]);
        on.report(
          file,
          [module, id],
          `stands under "${earlier}" as well, on line ${line}. Remove one, or give it another name.`,
        );
      }
    }
  });
}

function checkRules(on: Findings): void {
  on.onFile('rules.yaml', (file) => {
    const rules = asList(file.raw).map(asMap);
    const first = new Map<string, number>();
    for (const [index, rule] of rules.entries()) {
      checkOwner(on, file, index, rule);
      if (typeof rule.rule !== 'string' || rule.rule === '') continue;
      const earlier = first.get(rule.rule);
      if (earlier === undefined) first.set(rule.rule, index);
      else {
        const { line } = file.placeOfKey([earlier]);
        on.report(
          file,
          [index],
          `has the same name as the rule on line ${line}. Give one of them another name.`,
        );
      }
    }
    const conditions = rules.map(({ when }) => asMap(when));
    checkReachable(on, file, [], conditions);
  });
}

/** Who is given tickets must be able to work them. */
function checkOwner(on: Findings, file: DeskFile, index: number, { owner, queue }: RawMap): void {
  if (typeof owner !== 'string') return;
  if (queue === undefined) {
    on.report(
      file,
      [index, 'owner'],
      `names the owner "${owner}" and no queue. Write the queue as well, so that its tickets go where the owner works.`,
    );
    return;
  }
  if (typeof queue !== 'string') return;
  if (on.faulty(file, [index, 'owner']) || on.faulty(file, [index, 'queue'])) return;
  if (on.doubtful('people.yaml', 'agentOf')) return;
  on.onFile('people.yaml', (_, people) => {
    if (asTexts(asMap(people[owner]).agentOf).includes(queue)) return;
    on.report(
      file,
      [index, 'owner'],
      `gives its tickets to "${owner}", who is no agent of the queue "${queue}". Name one of its agents, or add ${queue} to the agentOf of ${owner} in people.yaml.`,
    );
  });
}

function checkDeadlines(on: Findings): void {
  on.onFile('deadlines.yaml', (file, { policies, escalation }) => {
    const conditions = asList(policies).map((policy) => {
      const { hours: _, ...when } = asMap(policy);
      return when;
    });
    checkReachable(on, file, ['policies'], conditions);

    let before: { level: string; at: number } | undefined;
    for (const [level, value] of Object.entries(asMap(escalation))) {
      const at = Number(asMap(value).at);
      if (on.faulty(file, ['escalation', level]) || Number.isNaN(at)) continue;
      if (before === undefined || at > before.at) before = { level, at };
      else
        on.report(
          file,
          ['escalation', level, 'at'],
          `comes at ${at}, not after the level "${before.level}" at ${before.at}. Order the levels by their share, each later than the one before.`,
        );
    }
  });
}

/** Of the entries of a list the first that fits applies: none may be left nothing by an earlier one. */
function checkReachable(on: Findings, file: DeskFile, list: KeyPath, conditions: readonly RawMap[]): void {
  const sound = conditions.map((when, index) => (on.faulty(file, [...list, index]) ? undefined : when));
  for (const { index, by } of unreachable(sound)) {
    const earlier = entryAt(file, [...list, by]).label;
    const { line } = file.placeOfKey([...list, by]);
    const always = Object.keys(conditions[by] ?? {}).length === 0;
    const why = always ? 'has no conditions and takes everything' : 'already takes all that this one would';
    on.report(
      file,
      [...list, index],
      `can never apply, because ${earlier} on line ${line} ${why}. Move this one above it, or remove it.`,
    );
  }
}

function isTrue(raw: RawMap, entry: string, key: string): boolean {
  const written = asMap(raw[entry])[key];
  return typeof written === 'string' && asFlag(written) === true;
}
