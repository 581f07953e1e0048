/** How a ticket is sorted: what agents change in one form (T6), and by what its deadlines are chosen (D2). */

import type { Desk, Impact, Priority, TicketType } from './desk.ts';
import type { AgreementId, ServiceId, Ticket } from './ticket.ts';

/** What is absent means what it means on the ticket; events of before T6 was whole have neither agreement nor impact. */
export type Classification = {
  readonly priority: Priority;
  readonly ticketType: TicketType;
  readonly service: ServiceId;
} & Pick<Ticket, 'agreement' | 'agreementChosen' | 'impact'>;

/** What an agent asks for. Left out: as it is. */
export type Reclassification = {
  readonly priority: Priority;
  readonly ticketType: TicketType;
  readonly service: ServiceId;
  /** Empty for none. */
  readonly agreement?: AgreementId;
  readonly impact?: Impact;
};

const NORMAL_IMPACT: Impact = 3;

export function impactOf({ impact = NORMAL_IMPACT }: Pick<Classification, 'impact'>): Impact {
  return impact;
}

/** The agreement that the tickets of a service get when nobody chooses. */
export function agreementOf(
  { services }: Pick<Desk, 'services'>,
  service: ServiceId,
): AgreementId | undefined {
  return services.get(service)?.agreement;
}

export function classificationOf(ticket: Ticket): Classification {
  const { priority, type, service, agreement, agreementChosen, impact } = ticket;
  return {
    priority,
    ticketType: type,
    service,
    ...(agreement === undefined ? {} : { agreement }),
    ...(agreementChosen ? { agreementChosen } : {}),
    ...(impact === undefined ? {} : { impact }),
  };
}

/**
 * How the ticket is sorted once the agent has their way. An agreement that they leave as it is follows the service,
 * unless somebody has chosen it; who chooses the service’s own lets it follow again.
 */
export function reclassified(
  ticket: Ticket,
  asked: Reclassification,
  desk: Pick<Desk, 'services'>,
): Classification {
  const { priority, ticketType, service } = asked;
  const impact = asked.impact ?? impactOf(ticket);
  return {
    priority,
    ticketType,
    service,
    ...agreementAfter(ticket, asked, desk),
    ...(impact === NORMAL_IMPACT ? {} : { impact }),
  };
}

function agreementAfter(
  ticket: Ticket,
  asked: Reclassification,
  desk: Pick<Desk, 'services'>,
): Pick<Classification, 'agreement' | 'agreementChosen'> {
  const { agreement: current = '', agreementChosen = false } = ticket;
  const own = agreementOf(desk, asked.service) ?? '';
  const picked = asked.agreement !== undefined && asked.agreement !== current;
  const follows = !agreementChosen && asked.service !== ticket.service;
  const agreement = picked ? asked.agreement : follows ? own : current;
  const chosen = picked ? agreement !== own : agreementChosen;
  return { ...(agreement === '' ? {} : { agreement }), ...(chosen ? { agreementChosen: true } : {}) };
}

export function isSameClassification(one: Classification, other: Classification): boolean {
  return (
    one.priority === other.priority &&
    one.ticketType === other.ticketType &&
    one.service === other.service &&
    one.agreement === other.agreement &&
    impactOf(one) === impactOf(other)
  );
}
