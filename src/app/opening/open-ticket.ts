/** The one way to open a ticket, whoever asks for it and however. */

import type { CommandOf } from '../../domain/commands.ts';
import { decide } from '../../domain/decide.ts';
import { dayOf, ticketNumber } from '../../domain/number.ts';
import { route } from '../../domain/routing.ts';
import type { Instant, Request, TicketNumber } from '../../domain/ticket.ts';
import { type Besides, type Executed, execute } from '../changing/execute.ts';
import type { House } from '../house.ts';

/** What to open, without its number and its moment. `routing` where somebody chose it. */
export type Opening = Omit<CommandOf<'open'>, 'type' | 'at' | 'number' | 'routing'> &
  Partial<Pick<CommandOf<'open'>, 'routing'>>;

/** What a ticket is decided under that gets no number, because it is refused. */
const NO_NUMBER: TicketNumber = '';

/**
 * Opens a ticket under the next number of the day, in the office that the rules name. What is refused uses up no number.
 * @param email of the requester, which rules may ask for
 * @throws when it could not be committed in a bounded number of rounds
 */
export async function openTicket(
  house: House,
  opening: Opening,
  besides: Besides,
  email?: string,
): Promise<Executed> {
  const at = house.clock.now();
  const { routing = routingOf(house, opening.request, email) } = opening;
  const command = { type: 'open', at, ...opening, routing } as const;
  const { ok } = decide(undefined, { ...command, number: NO_NUMBER }, house);
  const number = ok ? await nextNumber(house, at) : NO_NUMBER;
  return execute(house, number, { ...command, number }, besides);
}

async function nextNumber({ desk, store }: House, at: Instant): Promise<TicketNumber> {
  const day = dayOf(at, desk.timeZone);
  return ticketNumber(day, desk.systemId, await store.nextCounter(day));
}

function routingOf(
  { desk }: House,
  request: Request,
  email: string | undefined,
): CommandOf<'open'>['routing'] {
  const { service, type, subject, text, organisation } = request;
  const { unmatched: _, ...routing } = route(desk, {
    ...{ service, type, subject, text },
    ...(organisation === undefined ? {} : { organisation }),
    ...(email === undefined ? {} : { email }),
  });
  return routing;
}
