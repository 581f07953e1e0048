/** Words in a text that do something when they are pressed: quieter than a button, and many fit onto a card. */

import type { Button, LinkButton } from './buttons.ts';
import type { Color } from './context.ts';

export type TextRun = {
  readonly type: 'TextRun';
  readonly text: string;
  readonly size?: 'Small';
  readonly weight?: 'Bolder';
  readonly color?: Color;
  readonly isSubtle?: true;
  readonly selectAction?: LinkButton | Button;
};
type Look = Omit<TextRun, 'type' | 'text' | 'selectAction'>;

/** One line of a text. */
export type TextLine = { readonly inlines: readonly TextRun[] };

export function run(text: string, look: Look = {}): TextRun {
  return { type: 'TextRun', text, ...look };
}

/** @param text what stands in the line, where the action has a shorter name */
export function textLink(action: LinkButton | Button, look: Look = {}, text = action.title): TextRun {
  return { ...run(text, look), selectAction: action };
}

/** With a dot between each two. */
export function dotted(runs: readonly TextRun[]): TextRun[] {
  return runs.flatMap((one, index) => (index === 0 ? [one] : [run('\u2002·\u2002', { size: 'Small' }), one]));
}
