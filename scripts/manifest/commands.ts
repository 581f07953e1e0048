/** The commands of the bot and of its message extension. */

import { type Manifest, type ManifestRule, repeated } from './rule.ts';

/** Microsoft: “create a command menu”: ten for each scope. The schema would take twelve. */
const MOST_COMMANDS = 10;

type CommandList = NonNullable<NonNullable<Manifest['bots']>[number]['commandLists']>[number];

/** A list for each scope, of scopes that the bot has, with titles that can be told apart. */
export const botCommands: ManifestRule = ({ bots = [] }) =>
  bots.flatMap(({ scopes, commandLists = [], isNotificationOnly }) => [
    ...(isNotificationOnly
      ? ['bots[0].isNotificationOnly is true, but people write to Sportello: make it false or remove it.']
      : []),
    ...repeated(commandLists.flatMap((list) => list.scopes.map(String))).map(
      (scope) =>
        `the scope “${scope}” stands in two command lists: Teams shows one for each scope, so join them.`,
    ),
    ...commandLists.flatMap((list, at) => listProblems(list, at, scopes)),
  ]);

function listProblems({ scopes, commands }: CommandList, at: number, known: readonly string[]): string[] {
  const where = `bots[0].commandLists[${at}]`;
  const strange = scopes.filter((scope) => !known.includes(scope));
  return [
    ...(scopes.length === 0 ? [`${where} has no scope, so nobody sees it: name one.`] : []),
    ...strange.map(
      (scope) => `${where} is for “${scope}”, a scope that the bot does not have: take another.`,
    ),
    ...(commands.length === 0 ? [`${where} has no commands: add one, or remove the list.`] : []),
    ...(commands.length > MOST_COMMANDS
      ? [`${where} has ${commands.length} commands, and Teams shows ${MOST_COMMANDS}: take some out.`]
      : []),
  ];
}

/** Microsoft: “define message extension commands”, as far as its schema does not say it. */
export const extensionCommands: ManifestRule = ({ composeExtensions = [] }) =>
  composeExtensions.flatMap(({ commands = [] }) => [
    ...(commands.length === 0
      ? ['composeExtensions[0] has no commands: add one, or remove the extension.']
      : []),
    ...repeated(commands.map(({ id }) => id)).map(
      (id) => `two commands of the message extension have the id “${id}”: the bot could not tell them apart.`,
    ),
    ...commands.flatMap(({ id, type = 'query', fetchTask, parameters = [], taskInfo, context = [] }) => {
      const where = `the command “${id}” of the message extension`;
      const names = repeated(parameters.map(({ name }) => name));
      return [
        ...names.map((name) => `${where} has two parameters named “${name}”: rename one.`),
        ...(type === 'query' && parameters.length === 0
          ? [`${where} searches and has no parameter: add one to type the words into.`]
          : []),
        ...(type === 'query' && context.map(String).includes('message')
          ? [`${where} searches, so it cannot be offered on a message: remove “message” from its context.`]
          : []),
        ...(type === 'action' && !fetchTask && parameters.length === 0 && taskInfo === undefined
          ? [`${where} opens nothing: set fetchTask to true.`]
          : []),
        ...parameters
          .filter(({ inputType, choices = [] }) => inputType === 'choiceset' && choices.length === 0)
          .map(({ name }) => `${where} offers a choice in “${name}” and names none: add choices.`),
      ];
    }),
  ]);
