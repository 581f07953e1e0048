/** The card templates, wherever in `src/cards` they lie beside their view. */

import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type CardTemplate, cardTemplate } from '../../src/cards/kit/render.ts';

const CARDS = join(import.meta.dirname, '..', '..', 'src', 'cards');
const ENDING = '.template.json';

export type FoundTemplate = {
  readonly name: string;
  readonly folder: string;
  /** Part of a form, and no card by itself. */
  readonly isField: boolean;
  readonly json: unknown;
  readonly template: CardTemplate<object>;
};

export function templates(): readonly FoundTemplate[] {
  return readdirSync(CARDS, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(ENDING))
    .sort()
    .map((path) => {
      const name = basename(path, ENDING);
      const folder = dirname(join(CARDS, path));
      return {
        ...{ name, folder, isField: name.endsWith('-field') },
        json: JSON.parse(readFileSync(join(CARDS, path), 'utf8')),
        template: cardTemplate<object>(folder, name),
      };
    });
}

/** Where a template's sample data lie. */
export function samplePath({ folder, name }: Pick<FoundTemplate, 'folder' | 'name'>): string {
  return join(folder, `${name}.sample.json`);
}

export function sampleOf(found: Pick<FoundTemplate, 'folder' | 'name'>): object {
  return JSON.parse(readFileSync(samplePath(found), 'utf8'));
}
