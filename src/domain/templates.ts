/** Reply templates (W8): which are offered where, and how their placeholders are filled in. */

import type { Desk, ReplyTemplate, TEMPLATE_PLACEHOLDERS } from './desk.ts';
import type { QueueId, Ticket } from './ticket.ts';

/** Templates for tickets of this queue, in the order of the desk's file. */
export function templatesFor(desk: Pick<Desk, 'templates'>, queue: QueueId): ReplyTemplate[] {
  return desk.templates.filter((template) => template.queue?.includes(queue) ?? true);
}

/** The reply that thanks for waiting; undefined where the desk has none for this queue. */
export function courtesyFor(desk: Pick<Desk, 'templates'>, queue: QueueId): ReplyTemplate | undefined {
  return templatesFor(desk, queue).find(({ courtesy }) => courtesy);
}

/** The text in the requester's language, with everything filled in. */
export function filled(
  { text }: ReplyTemplate,
  ticket: Ticket,
  agent: string,
  desk: Pick<Desk, 'name' | 'queues'>,
): string {
  const values: Readonly<Record<(typeof TEMPLATE_PLACEHOLDERS)[number], string>> = {
    requester: ticket.requester.name,
    number: ticket.number,
    subject: ticket.subject,
    agent,
    queue: desk.queues.get(ticket.queue)?.name ?? ticket.queue,
    desk: desk.name,
  };
  // One pass, so that braces in a subject stay what was typed.
  return text[ticket.locale]
    .replace(/\{(\w+)\}/g, (found, name: string) =>
      Object.hasOwn(values, name) ? values[name as keyof typeof values] : found,
    )
    .trim();
}

/** True while the requester has had no answer to what they wrote last. */
export function awaitsWord({ articles }: Pick<Ticket, 'articles'>): boolean {
  const last = articles.findLast(({ kind }) => kind !== 'note');
  return last?.kind === 'request' || last?.kind === 'phoneRequest' || last?.kind === 'requesterMessage';
}
