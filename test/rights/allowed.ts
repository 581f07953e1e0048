/**
 * Who may do what, written down once (A1): every verb, every role. The matrix presses each through every door and holds the
 * product against this; a verb without a row does not compile, and a cell that is not here may not happen anywhere.
 */

import type { Verb } from '../../src/cards/kit/verbs.ts';

export const ROLES = [
  /** Of the tenant, and nothing else. */
  'staffer',
  'requester',
  /** It was theirs, and is somebody else’s now (T4). */
  'former',
  /** Asked for the same in a duplicate that was merged into it (T11). */
  'also',
  /** Follows it, of an office that has had it. */
  'watcher',
  /** Of its queue, and holds nothing. */
  'agent',
  'owner',
  'otherAgent',
  'firstLevel',
  /** By name in a rule, without any other role. */
  'responsible',
  'supervisor',
  'administrator',
  /** Owner, responsible and watcher once: taken out of the desk since, or given another queue. */
  'leftDesk',
  'leftQueue',
] as const;
export type Role = (typeof ROLES)[number];

/** `x`: the verb has its effect. Where nobody has an `x`, it only shows something, or changes what is one’s own. */
export const EFFECTS = `
verb            | staffer requester former also watcher agent owner otherAgent firstLevel responsible supervisor administrator leftDesk leftQueue
claim           | .       .         .      .    .       x     x     .          .          .           .          .             .        .
note            | .       .         .      .    .       x     x     .          .          x           x          x             .        .
reply           | .       .         .      .    .       x     x     .          .          .           .          .             .        .
courtesy        | .       .         .      .    .       x     x     .          .          .           .          .             .        .
classify        | .       .         .      .    .       x     x     .          .          .           .          .             .        .
assign          | .       .         .      .    .       x     x     .          .          x           x          x             .        .
appoint         | .       .         .      .    .       x     x     .          .          x           x          x             .        .
changeRequester | .       .         .      .    .       x     x     .          .          x           x          x             .        .
move            | .       .         .      .    .       x     x     .          .          x           x          x             .        .
release         | .       .         .      .    .       .     x     .          .          x           x          x             .        .
close           | .       .         .      .    .       x     x     .          .          .           .          .             .        .
review          | .       .         .      .    .       .     .     .          .          x           x          x             .        .
wait            | .       .         .      .    .       x     x     .          .          .           .          .             .        .
resume          | .       .         .      .    .       x     x     .          .          .           .          .             .        .
phoneMade       | .       .         .      .    .       x     x     .          .          .           .          .             .        .
phoneReceived   | .       .         .      .    .       x     x     .          .          .           .          .             .        .
contactFailed   | .       .         .      .    .       x     x     .          .          .           .          .             .        .
forward         | .       .         .      .    .       x     x     .          .          .           .          .             .        .
link            | .       .         .      .    .       x     x     .          .          .           x          x             .        .
merge           | .       .         .      .    .       x     x     .          .          .           x          x             .        .
split           | .       .         .      .    .       x     x     .          .          x           x          x             .        .
mark            | .       .         .      .    .       x     x     .          .          x           x          x             .        .
watch           | .       .         .      .    .       x     x     .          .          x           x          x             .        .
unwatch         | .       .         .      .    x       .     .     .          .          .           .          .             .        .
bulk            | .       .         .      .    .       x     x     .          .          x           x          x             .        .
writeToOffice   | .       x         .      x    .       .     .     .          .          .           .          .             .        .
withdraw        | .       x         .      .    .       .     .     .          .          .           .          .             .        .
rate            | .       x         .      .    .       .     .     .          .          .           .          .             .        .
sendRequest     | .       x         .      .    .       .     .     .          .          .           .          .             .        .
editRequest     | .       x         .      .    .       .     .     .          .          .           .          .             .        .
withdrawDraft   | .       x         .      .    .       .     .     .          .          .           .          .             .        .
newRequest      | .       x         .      .    .       .     .     .          .          .           .          .             .        .
addToTicket     | .       x         .      .    .       .     .     .          .          .           .          .             .        .
phoneRequest    | .       .         .      .    .       .     .     .          x          .           .          .             .        .
chooseNotices   | .       .         .      .    x       x     x     x          x          .           .          .             .        x
retryDelivery   | .       .         .      .    .       .     .     .          .          .           .          x             .        .
discardDelivery | .       .         .      .    .       .     .     .          .          .           .          x             .        .
retryDeliveries | .       .         .      .    .       .     .     .          .          .           .          x             .        .
failures        | .       .         .      .    .       .     .     .          .          .           .          .             .        .
showAlert       | .       .         .      .    .       .     .     .          .          .           .          .             .        .
showTicket      | .       .         .      .    .       .     .     .          .          .           .          .             .        .
openTicket      | .       .         .      .    .       .     .     .          .          .           .          .             .        .
refresh         | .       .         .      .    .       .     .     .          .          .           .          .             .        .
workView        | .       .         .      .    .       .     .     .          .          .           .          .             .        .
openForm        | .       .         .      .    .       .     .     .          .          .           .          .             .        .
closeForm       | .       .         .      .    .       .     .     .          .          .           .          .             .        .
useTemplate     | .       .         .      .    .       .     .     .          .          .           .          .             .        .
comment         | .       .         .      .    .       .     .     .          .          .           .          .             .        .
history         | .       .         .      .    .       .     .     .          .          .           .          .             .        .
attachments     | .       .         .      .    .       .     .     .          .          .           .          .             .        .
board           | .       .         .      .    .       .     .     .          .          .           .          .             .        .
list            | .       .         .      .    .       .     .     .          .          .           .          .             .        .
search          | .       .         .      .    .       .     .     .          .          .           .          .             .        .
searchForm      | .       .         .      .    .       .     .     .          .          .           .          .             .        .
searches        | .       .         .      .    .       .     .     .          .          .           .          .             .        .
saveSearch      | .       .         .      .    .       .     .     .          .          .           .          .             .        .
deleteSearch    | .       .         .      .    .       .     .     .          .          .           .          .             .        .
selectTickets   | .       .         .      .    .       .     .     .          .          .           .          .             .        .
leaveBulk       | .       .         .      .    .       .     .     .          .          .           .          .             .        .
noticeChoice    | .       .         .      .    .       .     .     .          .          .           .          .             .        .
`;

/**
 * What somebody may learn of the ticket through any door but its channel: its subject, what was said in public, how its
 * requester can be reached, what is internal, who failed to be reached.
 */
export const SIGHT = `
what     | staffer requester former also watcher agent owner otherAgent firstLevel responsible supervisor administrator leftDesk leftQueue
subject  | .       x         .      x    x       x     x     .          .          x           x          x             .        x
public   | .       x         .      x    x       x     x     .          .          x           x          x             .        .
contact  | .       x         .      .    x       x     x     .          .          x           x          x             .        .
internal | .       .         .      .    x       x     x     .          .          x           x          x             .        .
`;

/** What the card in the channel says to whoever is there, beside that. */
export const IN_CHANNEL: ReadonlySet<string> = new Set(['subject', 'public', 'contact']);

export type Cells = ReadonlyMap<string, ReadonlySet<Role>>;

/** Reads a table: of each row, the roles with an `x`. @throws where a row has not one cell for each role */
export function cellsOf(table: string): Cells {
  const [head = '', ...rows] = table.trim().split('\n');
  const columns = head.split('|')[1]?.trim().split(/ +/) ?? [];
  if (columns.join(' ') !== ROLES.join(' '))
    throw new Error(`the table has other columns: ${columns.join(' ')}`);
  return new Map(
    rows.map((row) => {
      const [name = '', cells = ''] = row.split('|').map((part) => part.trim());
      const marks = cells.split(/ +/);
      if (marks.length !== ROLES.length) throw new Error(`${name}: ${marks.length} cells`);
      return [name, new Set(ROLES.filter((_, index) => marks[index] === 'x'))] as const;
    }),
  );
}

/** Where a press needs the ticket, and what it sends: of every verb, so that nobody forgets the row of a new one. */
export type Pressing = {
  /** `held` unless said otherwise. */
  readonly on?: 'held' | 'free' | 'waiting' | 'closed' | 'review';
  readonly inputs?: Readonly<Record<string, string>>;
  /** It is about a request in preparation. */
  readonly draft?: true;
};
export type Pressings = Readonly<Record<Verb, Pressing>>;
