/** The statements of a search. They differ with what is asked for; a test reads the plan of each kind. */

import type { Whose } from '../../app/ports/finding.ts';
import { WORD_FIELDS } from '../../domain/ticket-index.ts';
import type { Visibility, WordCondition } from '../../domain/ticket-query.ts';
import { all, type Conditions, type Search, type Value, visibility } from './conditions.ts';
import type { Slice } from './slices.ts';

export type Select = { readonly sql: string; readonly values: readonly Value[] };

/** Ids of the lowest and the highest ticket. */
export const ENDS: Select = {
  sql: `SELECT id FROM (SELECT id FROM attributes ORDER BY id LIMIT 1)
    UNION ALL SELECT id FROM (SELECT id FROM attributes ORDER BY id DESC LIMIT 1)`,
  values: [],
};

/** Ids of the newest tickets that the search finds, before that id. */
export function findStatement(search: Search, before: number, limit: number): Select {
  const { where, values } = all([
    search.lead ?? NONE,
    search.rest,
    { where: ['a.id < ?'], values: [before] },
  ]);
  return {
    sql: `SELECT a.id FROM ${attributes(search)} WHERE ${where.join(' AND ')} ORDER BY a.id DESC LIMIT ?`,
    values: [...values, limit],
  };
}

/** The same of those that have the words, among the tickets of a slice. */
export function wordsStatement(
  words: readonly WordCondition[],
  { code, ids }: Slice,
  { lead, rest }: Search,
  before: number,
  limit: number,
): Select {
  const { where, values } = all([
    { where: ['w.words MATCH ?'], values: [words.map((word) => matchOf(word, code)).join(' AND ')] },
    { where: ['w.rowid < ?'], values: [before] },
    ids ? { where: ['+w.rowid IN (SELECT value FROM json_each(?))'], values: [JSON.stringify(ids)] } : NONE,
    // The lead too: it may have found too many to be a list of ids.
    ids || !lead ? NONE : lead,
    rest,
  ]);
  return {
    sql: `SELECT w.rowid AS id FROM words w CROSS JOIN attributes a ON a.id = w.rowid
      WHERE ${where.join(' AND ')} ORDER BY w.rowid DESC LIMIT ?`,
    values: [...values, limit],
  };
}

export function countStatement(search: Search, atMost: number): Select {
  const { where, values } = all([{ where: ['true'], values: [] }, search.lead ?? NONE, search.rest]);
  return {
    sql: `SELECT count(*) AS n FROM (SELECT 1 FROM ${attributes(search)} WHERE ${where.join(' AND ')} LIMIT ?)`,
    values: [...values, atMost],
  };
}

/** Ids of the tickets that fit these conditions, in whatever order they are met. */
export function idsStatement(lead: NonNullable<Search['lead']>, limit: number): Select {
  return {
    sql: `SELECT a.id FROM ${attributes({ lead })} WHERE ${lead.where.join(' AND ')} LIMIT ?`,
    values: [...lead.values, limit],
  };
}

export function bodiesStatement(ids: readonly number[]): Select {
  return {
    sql: 'SELECT id, body FROM tickets WHERE id IN (SELECT value FROM json_each(?))',
    values: [JSON.stringify(ids)],
  };
}

export function openStatement(visibleTo: Visibility | undefined, { owner, responsible }: Whose = {}): Select {
  const { where, values } = all([
    { where: ['a.open = 1'], values: [] },
    owner === undefined ? NONE : { where: ['a.owner = ?'], values: [owner] },
    responsible === undefined ? NONE : { where: ['a.responsible = ?'], values: [responsible] },
    visibility(visibleTo),
  ]);
  return {
    sql: `SELECT a.queue, a.state, count(*) AS n FROM attributes a INDEXED BY attributes_states
      WHERE ${where.join(' AND ')} GROUP BY a.queue, a.state ORDER BY a.queue, a.state`,
    values,
  };
}

const NONE: Conditions = { where: [], values: [] };

function attributes({ lead }: Pick<Search, 'lead'>): string {
  return lead?.index === undefined ? 'attributes a' : `attributes a INDEXED BY ${lead.index}`;
}

/** In the language of FTS5. Words are letters and digits, so quotes hold them. */
function matchOf({ prefix, fields }: WordCondition, code: string): string {
  const everywhere = fields.length === WORD_FIELDS.length;
  return `${everywhere ? '' : `{${fields.join(' ')}} : `}"${code}${prefix}" *`;
}
