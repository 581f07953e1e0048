/** What an outdated card or dialog may still do: what it adds stands beside the rest, what it overwrites is asked again. */

import { describe, test } from 'node:test';
import type { Command } from '../../src/domain/commands.ts';
import { actor, given, type Someone } from '../support/decision.ts';
import { PERSON } from '../support/desk.ts';
import { aTicket, MORNING } from '../support/tickets.ts';

const by = (who: Someone, seen: number) => ({
  ...({ at: MORNING + 600_000, via: 'queueChannel', actor: actor(who), seen } as const),
});
const claim = (who: Someone, seen: number): Command => ({ ...by(who, seen), type: 'claim' });
const note = (who: Someone, seen: number): Command => ({
  ...{ ...by(who, seen), type: 'note', text: 'Sentita la tesoreria.', attachments: [] },
});

describe('versions', () => {
  for (const command of [
    claim('anna', 1),
    { ...by('anna', 1), type: 'reply', text: 'x', next: 'close' },
    { ...by('anna', 1), type: 'reply', text: 'x', next: 'waitAutoClose', until: MORNING + 86_400_000 },
    { ...by('anna', 1), type: 'move', queue: 'taxes', note: '' },
    { ...by('anna', 1), type: 'close', text: 'x' },
    { ...by('anna', 1), type: 'classify', priority: 5, ticketType: 'fault', service: 'invoices' },
    { ...by('anna', 1), type: 'assign', to: PERSON.bruno, note: 'Pensaci tu.' },
  ] satisfies Command[])
    test(`A2 ${command.type} on an outdated version is refused`, () => {
      given(aTicket(1, { version: 2 }))
        .when(command)
        .thenRefused({ code: 'stale' });
    });
  for (const command of [
    note('anna', 1),
    { ...by('anna', 1), type: 'reply', text: 'x', next: 'stay' },
    { ...by('anna', 1), type: 'reply', text: 'x', next: 'waitRequester' },
    { ...by('anna', 1), type: 'phone', direction: 'made', text: 'x' },
    { ...by('anna', 1), type: 'contactFailed', text: '' },
  ] satisfies Command[])
    test(`W3 ${command.type} only adds, and does not depend on the version seen`, () => {
      given(aTicket(1, { version: 2 }))
        .when(command)
        .ticket();
    });
  test('W3 the call in vain that closes the ticket does', () => {
    given(aTicket(1, { version: 2, failedContacts: 1 }))
      .when({ ...by('anna', 1), type: 'contactFailed', text: '' })
      .thenRefused({ code: 'stale' });
  });
  test('A2 a version from the future is refused like an outdated one', () => {
    given(aTicket(1)).when(claim('anna', 7)).thenRefused({ code: 'stale' });
  });
  test('W4 the requester’s message does not depend on the version seen', () => {
    given(aTicket(1, { version: 9 }))
      .when({
        ...{ ...by('maria', 1), type: 'requesterMessage', text: 'Ecco il numero: 12' },
        ...{ attachments: [], thanks: false },
      })
      .brings({ type: 'requesterWrote' });
  });
});
