/** Lines of a list, each about one thing. The whole line can be pressed, and not its words alone. */

import type { Button } from '../kit/buttons.ts';
import type { TextRun } from '../kit/text-links.ts';

export type ListRow = {
  readonly type: 'Container';
  readonly spacing: 'Small';
  readonly separator: true;
  readonly items: readonly object[];
  readonly selectAction?: Button;
};

type Row = {
  readonly subject: readonly TextRun[];
  readonly details: readonly TextRun[];
  /** What a press on the line does. */
  readonly opens?: Button;
  /** What else may be done to it. */
  readonly buttons?: readonly Button[];
};

/** How the words look of a line that opens something. */
export const OPENING = { color: 'Accent' } as const;

export function listRow({ subject, details, opens, buttons = [] }: Row): ListRow {
  return {
    type: 'Container',
    spacing: 'Small',
    separator: true,
    items: [
      { type: 'RichTextBlock', inlines: subject },
      { type: 'RichTextBlock', spacing: 'None', inlines: details },
      ...(buttons.length === 0 ? [] : [{ type: 'ActionSet', spacing: 'Small', actions: buttons }]),
    ],
    ...(opens ? { selectAction: opens } : {}),
  };
}
