import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { z } from 'zod';
import { loadDesk } from '../../src/config/desk.ts';
import { innerSchema } from '../../src/config/desk-issues.ts';
import type { DeskFileName } from '../../src/config/desk-names.ts';
import { DESK_FILES } from '../../src/config/desk-names.ts';
import { formatDeskProblems } from '../../src/config/desk-problem.ts';
import { deskSchemas } from '../../src/config/desk-schema.ts';
import { TEMPLATE_PLACEHOLDERS, TICKET_TYPES } from '../../src/domain/desk.ts';

const page = await readFile(new URL('../../docs/configure.md', import.meta.url), 'utf8');
const sections = new Map(
  page
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const [heading = '', ...lines] = section.split('\n');
      return [heading, lines.join('\n')];
    }),
);
const schemas = deskSchemas({});

/** Keys below a schema, those of groups inside as `team.name`, with whether they are needed. */
function keys(schema: z.ZodTypeAny, prefix = ''): string[] {
  const inner = innerSchema(schema);
  if (inner instanceof z.ZodRecord || inner instanceof z.ZodArray) return keys(inner.element, prefix);
  if (!(inner instanceof z.ZodObject)) return [];
  return Object.entries(inner.shape as z.ZodRawShape).flatMap(([key, value]) => {
    // Days of the week and the two languages are no keys of their own.
    const below = key === 'hours' || isLocalText(value) ? [] : keys(value, `${prefix}${key}.`);
    return [`${prefix}${key}${value.isOptional() ? '' : ' (needed)'}`, ...below];
  });
}

function isLocalText(schema: z.ZodTypeAny): boolean {
  const inner = innerSchema(schema);
  return inner instanceof z.ZodObject && 'it' in inner.shape;
}

function documented(file: string): string[] {
  return [...(sections.get(file) ?? '').matchAll(/^\| `([\w.]+)` *\| *(yes)? *\|/gm)].map(
    ([, key, needed]) => `${key}${needed ? ' (needed)' : ''}`,
  );
}

for (const file of DESK_FILES)
  test(`A5 docs/configure.md describes the keys of ${file}, and no others`, () => {
    assert.ok(sections.has(file), `no section on ${file}`);
    assert.deepEqual(documented(file), keys(schemas[file as DeskFileName]));
  });

test('A5 docs/configure.md names every type of ticket and every placeholder', () => {
  for (const type of TICKET_TYPES) assert.match(sections.get('rules.yaml') ?? '', new RegExp(`\`${type}\``));
  for (const name of TEMPLATE_PLACEHOLDERS)
    assert.ok(sections.get('templates.yaml')?.includes(`\`{${name}}\``), name);
});

test('A5 the examples of docs/configure.md together are a desk', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'desk-'));
  try {
    for (const file of DESK_FILES) {
      const example = /```yaml\n(.*?)```/s.exec(sections.get(file) ?? '');
      await writeFile(join(directory, file), example?.[1] ?? '');
    }
    const loaded = await loadDesk(directory);
    assert.ok(loaded.ok, loaded.ok ? '' : formatDeskProblems(loaded.problems));
  } finally {
    await rm(directory, { recursive: true });
  }
});
