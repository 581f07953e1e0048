/** Texts that people read in Teams, in the manifest and in each language file. Their lengths the schemas know. */

import { type Manifest, repeated } from './rule.ts';

/** A text by its key in a language file, such as `bots[0].commandLists[0].commands[0].title`. */
export type Texts = ReadonlyMap<string, string>;

/** All texts of the manifest that a language file has to translate, by their keys there. */
export function textsOf(manifest: Manifest): Texts {
  const texts = new Map<string, string>();
  const add = (key: string, text: string | undefined) => {
    if (text !== undefined) texts.set(key, text);
  };
  add('name.short', manifest.name.short);
  add('name.full', manifest.name.full);
  add('description.short', manifest.description.short);
  add('description.full', manifest.description.full);
  for (const [t, tab] of (manifest.staticTabs ?? []).entries()) add(`staticTabs[${t}].name`, tab.name);
  for (const [b, bot] of (manifest.bots ?? []).entries()) {
    for (const [l, list] of (bot.commandLists ?? []).entries()) {
      for (const [c, command] of list.commands.entries()) {
        const prefix = `bots[${b}].commandLists[${l}].commands[${c}]`;
        add(`${prefix}.title`, command.title);
        add(`${prefix}.description`, command.description);
      }
    }
  }
  for (const [e, extension] of (manifest.composeExtensions ?? []).entries()) {
    for (const [c, command] of (extension.commands ?? []).entries()) {
      const prefix = `composeExtensions[${e}].commands[${c}]`;
      add(`${prefix}.title`, command.title);
      add(`${prefix}.description`, command.description);
      add(`${prefix}.taskInfo.title`, command.taskInfo?.title);
      for (const [p, parameter] of (command.parameters ?? []).entries()) {
        add(`${prefix}.parameters[${p}].title`, parameter.title);
        add(`${prefix}.parameters[${p}].description`, parameter.description);
        add(`${prefix}.parameters[${p}].value`, parameter.value);
        for (const [o, choice] of (parameter.choices ?? []).entries())
          add(`${prefix}.parameters[${p}].choices[${o}].title`, choice.title);
      }
    }
  }
  return texts;
}

/** Words in braces, brackets or signs that somebody was to replace. Those of the Agents Toolkit are filled before. */
const LEFT_OPEN = /\{\{|\}\}|\$\{|\$\(|<<|>>|%[A-Z][A-Z_-]+%|\bTODO\b|\bFIXME\b|\blorem ipsum\b/i;

/** @returns the path of each text of parsed JSON in which a placeholder is left, with the text */
export function placeholdersLeft(content: unknown, path = ''): (readonly [path: string, text: string])[] {
  if (typeof content === 'string') return LEFT_OPEN.test(content) ? [[path, content]] : [];
  if (typeof content !== 'object' || content === null) return [];
  return Object.entries(content).flatMap(([key, value]) =>
    placeholdersLeft(
      value,
      Array.isArray(content) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`,
    ),
  );
}

/** Microsoft, “App manifest”, name and description; and that titles of one menu can be told apart. */
export function textProblems(texts: Texts): string[] {
  const problems: string[] = [];
  for (const [key, text] of texts) {
    if (text.trim() === '') problems.push(`“${key}” is empty: write it.`);
    else if (text !== text.trim()) problems.push(`“${key}” begins or ends with a blank: remove it.`);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    if (/[\u0000-\u0009\u000b-\u001f\u007f]/.test(text))
      problems.push(`“${key}” has a control character in it: remove it.`);
  }
  const said = (key: string) => (texts.get(key) ?? '').trim().toLowerCase();
  if (said('name.full') !== '' && said('name.short') === said('name.full'))
    problems.push('“name.short” and “name.full” are the same: let the full one say more, or leave it out.');
  if (said('description.short') !== '' && said('description.full').includes(said('description.short')))
    problems.push('“description.full” repeats “description.short”: let it say something else.');
  problems.push(...sameTitles(texts));
  return problems;
}

/** Commands of the same menu with the same title: of one list of the bot, or of the message extension. */
function sameTitles(texts: Texts): string[] {
  const menus = new Map<string, string[]>();
  for (const [key, text] of texts) {
    const menu = /^(.*\.commands)\[\d+\]\.title$/.exec(key)?.[1];
    if (menu !== undefined) menus.set(menu, [...(menus.get(menu) ?? []), text]);
  }
  return [...menus].flatMap(([menu, titles]) =>
    repeated(titles).map(
      (title) => `two of “${menu}” are titled “${title}”: people could not tell them apart.`,
    ),
  );
}
