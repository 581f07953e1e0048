/** What administrators see of what has stopped working, for the gallery. */

import { isOfFailures } from '../../src/app/alerts/failures.ts';
import type { Outgoing } from '../../src/cards/kit/card.ts';
import type { CardContext } from '../../src/cards/kit/context.ts';
import { type FailuresInput, failuresCard, PAGE_SIZE } from '../../src/cards/lists/failures-view.ts';
import { alertCard } from '../../src/cards/notices/alert-view.ts';
import { ALERT_CAUSES } from '../../src/domain/alert-causes.ts';
import { ticketNumber } from '../support/tickets.ts';

/** Names of people and queues, and what Teams or another server says. */
type Typed = { readonly recipient: string; readonly reason: string };

const DAY_MS = 86_400_000;

export function alertCards({ recipient, reason }: Typed, context: CardContext): Record<string, Outgoing> {
  const since = context.now - DAY_MS;
  const failures: FailuresInput = {
    alert: 'personWithoutApp/a0000000-0000-4000-8000-000000000001',
    about: { cause: 'personWithoutApp', who: recipient },
    rows: Array.from({ length: PAGE_SIZE }, (_, index) => ({
      owner: `ticket/${ticketNumber(index + 1)}`,
      delivery: `requester:${index}`,
      kind: index % 2 ? 'requesterCard' : 'requesterNotice',
      who: recipient,
      reason,
      at: context.now - index * 600_000,
      ticket: ticketNumber(index + 1),
    })),
    first: PAGE_SIZE,
    count: 23,
    more: false,
  };
  const { about: _, ...all } = failures;
  return {
    ...Object.fromEntries(
      ALERT_CAUSES.map((cause) => [
        `alert: ${cause}`,
        alertCard(
          {
            cause,
            episode: `${since} ${cause}/x`,
            since,
            who: cause === 'deskMistaken' ? 'queues.yaml:12' : recipient,
            params: cause.endsWith('Ends')
              ? { at: String(context.now + 6 * DAY_MS), days: '6' }
              : {
                  reason: cause === 'tokenRefused' ? `${reason} AADSTS7000222` : reason,
                  ...(isOfFailures(cause) ? { count: '3' } : {}),
                  ...(cause === 'channelTypeChanged' ? { actual: 'standard', expected: 'private' } : {}),
                },
            ...(isOfFailures(cause) ? { failures: `${cause}/x` } : {}),
          },
          context,
        ),
      ]),
    ),
    'alert: secret has ended': alertCard(
      {
        cause: 'secretEnds',
        episode: `${since} secretEnds/`,
        since,
        who: '',
        params: { at: String(since), days: '0' },
      },
      context,
    ),
    'alert: over': alertCard(
      { cause: 'personWithoutApp', episode: `${since} personWithoutApp/x`, since, who: recipient },
      context,
    ),
    'failures: of one cause': failuresCard(failures, context),
    'failures: after a retry': failuresCard(
      {
        ...all,
        alert: '',
        first: 0,
        count: 2,
        rows: failures.rows.slice(0, 2),
        notice: { text: recipient, tone: 'good' },
      },
      context,
    ),
    'failures: none': failuresCard({ ...all, alert: '', rows: [], first: 0, count: 0 }, context),
  };
}
