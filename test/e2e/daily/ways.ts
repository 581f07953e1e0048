/** How each task is done in Sportello. What is missing here cannot be done yet, and the table says so. */

import { CALLING } from './calling.ts';
import { CHOOSING } from './choosing.ts';
import { FINDING } from './finding.ts';
import { LINKING } from './linking.ts';
import { MAILING } from './mailing.ts';
import type { Way } from './office.ts';
import type { TaskName } from './otrs.ts';
import { PASSING } from './passing.ts';
import { READING } from './reading.ts';
import { WORKING } from './working.ts';

export const WAYS: Readonly<Partial<Record<TaskName, Way>>> = {
  ...WORKING,
  ...PASSING,
  ...LINKING,
  ...READING,
  ...FINDING,
  ...CALLING,
  ...CHOOSING,
  ...MAILING,
};
