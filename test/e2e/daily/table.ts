/** The table of docs/daily-work.md, made of what was counted. */

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OTRS, type Task, type TaskName } from './otrs.ts';
import { REMEDIES } from './remedies.ts';

const DOCUMENT = join(import.meta.dirname, '../../../docs/daily-work.md');

/** What one task cost. */
export type Measured = {
  /** Names of what was pressed or chosen, in order. */
  readonly presses: readonly string[];
  /** Fields that were typed into or chosen from. */
  readonly fields: readonly string[];
};

export function documentOf(measured: Readonly<Partial<Record<TaskName, Measured>>>): string {
  const rows = (Object.keys(OTRS) as TaskName[]).map((name) => row(OTRS[name], measured[name]));
  return `# The daily work, counted

Agents who know OTRS 6 do in Sportello what they did there, with no more clicks and no more fields to fill in. This table is
written by \`test/e2e/daily-work.test.ts\`, which does each task in a browser and fails where one costs more:
\`SPORTELLO_TABLE=1 npm run test:e2e\` writes it anew.

A click is a click, the Enter key, or a choice in a drop-down, listened to in the page; typing is not counted. Each task
begins at the open ticket where it does not say otherwise: there at its page, here at its card in the office’s channel. “From
anywhere” is any page of OTRS, and here the chat with Sportello, where the dashboard is one word away and stays. Fields are
here those that somebody types into or chooses from; in OTRS those that it marks as required, some of which it may have
filled in. Where OTRS lets some clicks be left out, Sportello is held against the smaller number, or else the table says why
not. OTRS’s numbers were counted from the manuals of two bodies that run it.

| Task | In Sportello | Clicks here | in OTRS | Fields here | in OTRS |
| --- | --- | --- | --- | --- | --- |
${rows.join('\n')}

## What people complained of

| Task | In OTRS | In Sportello |
| --- | --- | --- |
${complaints(measured).join('\n')}
`;
}

function row({ name: title, clicks, fields, onPurpose }: Task, measured: Measured | undefined): string {
  const cells = measured
    ? [
        way(measured),
        `${measured.presses.length}${onPurpose === undefined ? '' : ` (${onPurpose})`}`,
        said(clicks),
        listed(measured.fields),
        listed(fields),
      ]
    : ['**not yet**', '–', said(clicks), '–', listed(fields)];
  return `| ${[title, ...cells].join(' | ')} |`;
}

function way({ presses }: Measured): string {
  return presses
    .map((press) =>
      press
        .replace(/\d{16}/g, '(number)')
        .replace(WHEN, '')
        .replaceAll('|', '/'),
    )
    .join(' → ');
}

/** What another run would say differently. */
const WHEN = /, \p{L}+ \d+ \p{L}+ \d+:\d+/u;

function said([least, most]: Task['clicks']): string {
  if (most === Number.POSITIVE_INFINITY) return `${least} or more`;
  return least === most ? `${least}` : `${least}–${most}`;
}

function listed(fields: readonly string[]): string {
  return fields.length === 0 ? '0' : `${fields.length}: ${fields.join(', ')}`;
}

function complaints(measured: Readonly<Partial<Record<TaskName, Measured>>>): string[] {
  const remedies: Readonly<Partial<Record<TaskName, string>>> = REMEDIES;
  return (Object.keys(OTRS) as TaskName[]).flatMap((name) => {
    const task: Task = OTRS[name];
    if (task.complaint === undefined) return [];
    const remedy = name in measured ? remedies[name] : 'Not yet.';
    return [`| ${task.name} | ${task.complaint} | ${remedy} |`];
  });
}

export async function writeDocument(text: string): Promise<void> {
  await writeFile(DOCUMENT, text);
}

export function readDocument(): Promise<string> {
  return readFile(DOCUMENT, 'utf8');
}
