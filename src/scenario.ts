/** Tells local Teams whom and what to play: the people, the team and the channels of the desk. */

import { readFileSync } from 'node:fs';
import { type Desk, type Person, teamOf, teamsOf } from './domain/desk.ts';
import type { BotCommand, Localized, LocalUser, Scenario } from './local/protocol.ts';

const PACKAGE = new URL('../appPackage/', import.meta.url);

type Manifest = {
  readonly composeExtensions?: readonly {
    readonly commands?: readonly {
      readonly id: string;
      readonly type?: 'query' | 'action';
      readonly title: string;
      readonly description?: string;
      readonly context?: readonly string[];
      readonly initialRun?: boolean;
      readonly parameters?: readonly { readonly name: string; readonly title: string }[];
    }[];
  }[];
};

/** @param appId id under which the bot is known in local Teams */
export function scenarioOf(desk: Desk, appId: string): Scenario {
  const people = [...desk.people.values()];
  return {
    tenantId: desk.tenants[0] ?? '',
    bot: { appId, name: desk.name, commands: commandsOfPackage() },
    users: [...people].sort((a, b) => order(desk, a) - order(desk, b)).map((person) => userOf(desk, person)),
    teams: teamsOf(desk).map((team) => ({
      ...team,
      channels: [...desk.queues.values()]
        .filter((queue) => teamOf(desk, queue).id === team.id)
        .map(({ id, name, channel, channelType }) => ({
          id: channel,
          name,
          ...(channelType ? { type: channelType } : {}),
          members: people
            .filter((person) => person.agentOf.includes(id) || person.supervisorOf.includes(id))
            .map((person) => person.id),
        })),
    })),
  };
}

/** The address that a desk of these people would have. */
export function mailAddressOf(desk: Desk): string {
  const [first] = desk.people.values();
  return `sportello@${first?.email.split('@')[1] ?? 'localhost'}`;
}

/** Staff first, then the agents of the offices, the first level, supervisors and administrators, as the story goes. */
function order(desk: Desk, person: Person): number {
  const firstLevel = person.agentOf.some((id) => {
    const queue = desk.queues.get(id);
    return queue?.contactCentre || queue?.raw;
  });
  return rank(person) + (firstLevel ? 0.5 : 0);
}

function rank({ agentOf, supervisorOf, administrator }: Person): number {
  if (administrator) return 3;
  if (supervisorOf.length) return 2;
  return agentOf.length ? 1 : 0;
}

function userOf(desk: Desk, person: Person): LocalUser {
  const [givenName = '', ...surname] = person.name.split(' ');
  return {
    aadObjectId: person.id,
    name: person.name,
    givenName,
    surname: surname.join(' '),
    email: person.email,
    userPrincipalName: person.email,
    role: roleOf(desk, person),
  };
}

function roleOf(desk: Desk, person: Person): Localized {
  const offices = (ids: readonly string[]) => ids.map((id) => desk.queues.get(id)?.name ?? id).join(', ');
  switch (rank(person)) {
    case 3:
      return { it: 'amministratore', en: 'administrator' };
    case 2:
      return {
        it: `responsabile – ${offices(person.supervisorOf)}`,
        en: `supervisor – ${offices(person.supervisorOf)}`,
      };
    case 1:
      return { it: `operatore – ${offices(person.agentOf)}`, en: `agent – ${offices(person.agentOf)}` };
    default: {
      const bodies = person.organisations.map((id) => desk.organisations.get(id)?.name ?? id).join(', ');
      return { it: bodies, en: bodies };
    }
  }
}

/** The commands of the message extension, as the app package declares them in both languages. */
function commandsOfPackage(): BotCommand[] {
  const read = (file: string): unknown => JSON.parse(readFileSync(new URL(file, PACKAGE), 'utf8'));
  const manifest = read('manifest.json') as Manifest;
  const english = read('en.json') as Readonly<Record<string, string>>;
  return (manifest.composeExtensions ?? []).flatMap(({ commands = [] }, e) =>
    commands.map((command, c) => {
      const at = `composeExtensions[${e}].commands[${c}]`;
      const both = (it: string, key: string): Localized => ({ it, en: english[`${at}.${key}`] ?? it });
      const contexts = (['compose', 'commandBox', 'message'] as const).filter((one) =>
        command.context?.includes(one),
      );
      return {
        id: command.id,
        title: both(command.title, 'title'),
        description: both(command.description ?? '', 'description'),
        type: command.type ?? 'query',
        contexts,
        parameters: (command.parameters ?? []).map(({ name, title }, p) => ({
          name,
          title: both(title, `parameters[${p}].title`),
        })),
        initialRun: command.initialRun ?? false,
      };
    }),
  );
}
