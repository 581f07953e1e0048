/** A desk in a hurry: what takes hours elsewhere is due within seconds. */

import type { Desk } from '../../src/domain/desk.ts';

const HOURS = 1 / 3_600;

export function hurried(desk: Desk): Desk {
  return {
    ...desk,
    deadlines: [
      { deadline: 'firstResponse', hours: 12 * HOURS },
      { deadline: 'solution', hours: 30 * HOURS },
    ],
    unclaimedAfterHours: 6 * HOURS,
  };
}
