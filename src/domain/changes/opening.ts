/** The ticket that its first event makes. */

import { startClocks } from '../deadlines.ts';
import type { EventOf } from '../events.ts';
import type { Ticket } from '../ticket.ts';

export function opened(event: EventOf<'opened'>): Ticket {
  const { number, draft, request, routing, agreement, deadlines, at, origin, minutes } = event;
  return {
    number,
    version: 1,
    draft,
    createdAt: at,
    changedAt: at,
    state: { kind: 'new' },
    locked: false,
    requester: request.requester,
    locale: request.locale,
    ...(request.organisation === undefined ? {} : { organisation: request.organisation }),
    contact: request.contact,
    subject: request.subject,
    type: request.type,
    service: request.service,
    fields: request.fields,
    chargeAccepted: request.chargeAccepted,
    ...(request.arrival ? { arrival: request.arrival } : {}),
    queue: routing.queue,
    createdIn: routing.queue,
    ...(routing.owner ? { owner: routing.owner } : {}),
    ...(routing.responsible ? { responsible: routing.responsible } : {}),
    ...(origin ? { links: [origin] } : {}),
    priority: routing.priority ?? 3,
    ...(agreement === undefined ? {} : { agreement }),
    routing: routing.reason,
    articles: [
      {
        id: 1,
        kind: request.arrival?.kind === 'phone' ? 'phoneRequest' : 'request',
        at,
        by: request.requester,
        text: request.text,
        attachments: request.attachments,
        ...(minutes === undefined ? {} : { minutes }),
        ...(request.messages ? { messages: request.messages } : {}),
      },
    ],
    deadlines: startClocks(deadlines, at),
  };
}
