/** The rooms of the house: what lies in each is said in CONTRIBUTING, what it may import here. */

export type Room = {
  /** `src/app/*`: the files of `src/app/` that lie in none of its folders. */
  readonly folder: string;
  /** Files and folders, written as above or with a slash at the end, that it may import besides itself. */
  readonly imports: readonly string[];
  /** Those of which it may import types, and nothing that runs. */
  readonly types: readonly string[];
  /** Packages and built-in modules. `node:*` stands for all of the latter. */
  readonly packages: readonly string[];
  /** What single files may import besides. */
  readonly exceptions?: Readonly<Record<string, readonly string[]>>;
};

export const SDK = ['botbuilder', 'botframework-connector', '@microsoft/teams-ai', 'restify'];

type InnerRoom = Partial<Pick<Room, 'packages' | 'exceptions'>> & {
  /** Rooms beside it that it may import, `''` for the files that lie in none. */
  readonly rooms: readonly string[];
};

const within = (folder: string, room: string) => `${folder}${room || '*'}`;

/** The rooms within a room: each may import what all of them may, and those beside it that it names. */
function rooms(
  folder: string,
  all: Pick<Room, 'imports' | 'packages'>,
  inner: Readonly<Record<string, InnerRoom>>,
): Room[] {
  return Object.entries(inner).map(([name, { rooms, packages = [], exceptions = {} }]) => ({
    folder: within(folder, name),
    imports: [...all.imports, ...rooms.map((one) => within(folder, one))],
    types: [],
    packages: [...all.packages, ...packages],
    exceptions,
  }));
}

export const ROOMS: readonly Room[] = [
  {
    folder: 'src/domain/',
    imports: [],
    types: [],
    packages: [],
    exceptions: {
      'src/domain/calendar.ts': ['luxon'],
      'src/domain/number.ts': ['luxon'],
      'src/domain/moments.ts': ['luxon'],
      'src/domain/days.ts': ['luxon'],
    },
  },
  ...rooms(
    'src/app/',
    { imports: ['src/domain/', 'src/cards/', 'src/print/', 'src/i18n/'], packages: [] },
    {
      'ports/': { rooms: [] },
      'fairness/': { rooms: ['ports/'], packages: ['lru-cache'] },
      '': {
        rooms: ['ports/', 'fairness/'],
        packages: ['lru-cache'],
        exceptions: { 'src/app/turns.ts': ['node:async_hooks'] },
      },
      'files/': { rooms: ['', 'ports/'], packages: ['file-type'] },
      'changing/': { rooms: ['', 'ports/'] },
      'showing/': { rooms: ['', 'ports/', 'changing/'] },
      'alerts/': { rooms: ['', 'ports/', 'showing/'] },
      'opening/': {
        rooms: ['', 'ports/', 'files/', 'changing/', 'showing/'],
        packages: ['node:crypto', 'node:util'],
      },
      'presses/': { rooms: ['', 'ports/', 'changing/', 'showing/', 'opening/'], packages: ['node:crypto'] },
      'finding/': { rooms: ['', 'ports/', 'changing/', 'showing/', 'alerts/', 'presses/'] },
      'sending/': { rooms: ['', 'ports/', 'fairness/', 'changing/', 'showing/', 'alerts/', 'opening/'] },
      'mail/': { rooms: ['', 'ports/', 'fairness/', 'files/', 'changing/', 'alerts/'] },
      'door/': {
        rooms: [
          ...['', 'ports/', 'fairness/', 'files/', 'changing/', 'showing/'],
          ...['alerts/', 'opening/', 'presses/', 'finding/'],
        ],
        packages: ['lru-cache'],
      },
    },
  ),
  ...rooms(
    'src/cards/',
    { imports: ['src/domain/', 'src/i18n/'], packages: [] },
    {
      'kit/': { rooms: [], packages: ['adaptivecards-templating', 'node:fs', 'node:path'] },
      'queue/': { rooms: ['kit/'] },
      'requester/': { rooms: ['kit/'] },
      'notices/': { rooms: ['kit/', 'queue/', 'requester/'] },
      'lists/': { rooms: ['kit/', 'queue/', 'requester/', 'notices/'] },
      'dialogs/': { rooms: ['kit/', 'queue/', 'requester/', 'notices/'] },
    },
  ),
  {
    folder: 'src/print/',
    imports: ['src/domain/', 'src/cards/', 'src/i18n/'],
    types: [],
    packages: [],
  },
  { folder: 'src/i18n/', imports: ['src/domain/'], types: [], packages: ['intl-messageformat', 'luxon'] },
  {
    folder: 'src/config/',
    imports: ['src/domain/'],
    types: [],
    packages: ['zod', 'yaml', 'node:crypto', 'node:fs', 'node:fs/promises', 'node:path'],
  },
  {
    folder: 'src/stores/',
    imports: ['src/domain/'],
    types: ['src/app/ports/'],
    packages: ['mongodb', 'node:*'],
  },
  {
    folder: 'src/teams/',
    imports: ['src/domain/', 'src/i18n/', 'src/config/environment.ts'],
    types: ['src/app/ports/', 'src/app/alerts/readiness.ts', 'src/cards/kit/card.ts'],
    packages: [...SDK, 'htmlparser2', 'jose', 'lru-cache', 'zod', 'node:*'],
  },
  {
    folder: 'src/email/',
    imports: ['src/domain/'],
    types: ['src/app/ports/', 'src/config/mail-settings.ts'],
    packages: ['nodemailer', 'imapflow', 'mailparser', 'node:*'],
  },
  {
    folder: 'src/signals/',
    imports: [],
    types: ['src/app/ports/'],
    packages: ['pino', 'prom-client', 'node:async_hooks'],
  },
  {
    folder: 'src/local/',
    imports: [],
    types: [],
    packages: ['jose', 'smtp-server', 'mailparser', 'nodemailer', 'node:*'],
  },
];

/** One import for each room that it may not have, and one that comes close. */
export const TRIALS: Readonly<Record<string, readonly [broken: string[], kept: string[]]>> = {
  'src/domain/': [
    [
      "import { hear } from '../app/door/conversation.ts'",
      "import { join } from 'node:path'",
      "import 'luxon'",
    ],
    ["import type { Ticket } from './ticket.ts'", "// import { join } from 'node:path'"],
  ],
  'src/app/ports/': [
    [
      "import type { House } from '../house.ts'",
      "import { openStore } from '../../stores/open.ts'",
      "const { DatabaseSync } = await import('node:sqlite')",
      "import type { Environment } from '../../config/environment.ts'",
      "import type { Logger } from 'pino'",
    ],
    [
      "import type { Ticket } from '../../domain/ticket.ts'",
      "import type { Card } from '../../cards/kit/card.ts'",
    ],
  ],
  'src/app/fairness/': [
    ["import type { House } from '../house.ts'"],
    ["import { LRUCache } from 'lru-cache'"],
  ],
  'src/app/*': [
    ["import { execute } from './changing/execute.ts'", "import type { Links } from '../teams/links.ts'"],
    ["import type { Store } from './ports/store.ts'", "import { decide } from '../domain/decide.ts'"],
  ],
  'src/app/files/': [
    ["import { execute } from '../changing/execute.ts'"],
    ["import type { House } from '../house.ts'", "import { fileTypeFromBuffer } from 'file-type'"],
  ],
  'src/app/changing/': [
    ["import { refusalText } from '../showing/refusal-text.ts'"],
    ["import { decide } from '../../domain/decide.ts'"],
  ],
  'src/app/showing/': [
    ["import { act } from '../door/act.ts'", "import type { Filed } from '../opening/intake.ts'"],
    ["import { slotOf } from '../changing/notify.ts'", "import { compose } from '../../cards/kit/render.ts'"],
  ],
  'src/app/alerts/': [
    ["import { createOutbox } from '../sending/outbox.ts'"],
    ["import { notHere } from '../showing/not-here.ts'"],
  ],
  'src/app/opening/': [
    ["import type { Pressing } from '../presses/pressing.ts'"],
    ["import { keepFiles } from '../files/attach.ts'"],
  ],
  'src/app/presses/': [
    ["import { act } from '../door/act.ts'", "import { LRUCache } from 'lru-cache'"],
    ["import { splitOff } from '../opening/split.ts'"],
  ],
  'src/app/finding/': [
    ["import { hear } from '../door/conversation.ts'"],
    ["import { keyOfPress } from '../presses/press-key.ts'"],
  ],
  'src/app/sending/': [
    ["import { takeMail } from '../mail/take-mail.ts'"],
    ["import { draftCardFor } from '../opening/draft-card.ts'"],
  ],
  'src/app/mail/': [
    ["import { hear } from '../door/conversation.ts'"],
    ["import { execute } from '../changing/execute.ts'"],
  ],
  'src/app/door/': [
    [
      "import { createOutbox } from '../sending/outbox.ts'",
      "import { openStore } from '../../stores/open.ts'",
    ],
    ["import { beginCall } from '../opening/by-phone.ts'", "import { LRUCache } from 'lru-cache'"],
  ],
  'src/cards/kit/': [
    [
      "import type { QueueData } from '../queue/queue-view.ts'",
      "import type { Delivery } from '../../app/ports/delivery.ts'",
    ],
    ["import { Template } from 'adaptivecards-templating'"],
  ],
  'src/cards/queue/': [
    [
      "import { requestCard } from '../requester/request-view.ts'",
      "import { slotOf } from '../../app/changing/notify.ts'",
    ],
    ["import { compose } from '../kit/render.ts'"],
  ],
  'src/cards/requester/': [
    ["import { queueCard } from '../queue/queue-view.ts'"],
    ["import type { Card } from '../kit/card.ts'"],
  ],
  'src/cards/notices/': [
    ["import { listCard } from '../lists/list-view.ts'"],
    ["import { requestCard } from '../requester/request-view.ts'"],
  ],
  'src/cards/lists/': [
    ["import { historyDialog } from '../dialogs/history-view.ts'"],
    ["import { queueCard } from '../queue/queue-view.ts'"],
  ],
  'src/cards/dialogs/': [
    ["import { listCard } from '../lists/list-view.ts'"],
    ["import { queueForm } from '../queue/queue-forms.ts'"],
  ],
  'src/print/': [
    ["import { slotOf } from '../app/changing/notify.ts'", "import { join } from 'node:path'"],
    ["import { linksText } from '../cards/kit/links-view.ts'"],
  ],
  'src/i18n/': [
    ["import { fit } from '../cards/kit/fit.ts'"],
    ["import type { Locale } from '../domain/ticket.ts'"],
  ],
  'src/config/': [["import type { Store } from '../app/ports/store.ts'"], ["import { z } from 'zod'"]],
  'src/stores/': [
    ["import type { House } from '../app/house.ts'", "import { DateTime } from 'luxon'"],
    ["import type { Store } from '../app/ports/store.ts'", "import { join } from 'node:path'"],
  ],
  'src/teams/': [
    ["import { act } from '../app/door/act.ts'", "import { openStore } from '../stores/open.ts'"],
    [
      "import { ActivityHandler } from 'botbuilder'",
      "import type { Inbound } from '../app/ports/inbound.ts'",
    ],
  ],
  'src/email/': [
    [
      "import { takeMail } from '../app/mail/take-mail.ts'",
      "import { readMail } from '../config/mail-settings.ts'",
    ],
    ["import type { Mailer } from '../app/ports/mail.ts'", "import { createTransport } from 'nodemailer'"],
  ],
  'src/signals/': [
    ["import { NO_METER } from '../app/ports/signals.ts'", "import { join } from 'node:path'"],
    ["import type { Log } from '../app/ports/signals.ts'", "import pino from 'pino'"],
  ],
  'src/local/': [
    [
      "import type { Desk } from '../domain/desk.ts'",
      "import { parse } from 'yaml'",
      "import { createMailbox } from '../email/imap.ts'",
      "import { ImapFlow } from 'imapflow'",
      "export * from '../scenario.ts'",
      "type Desk = import('../domain/desk.ts').Desk",
    ],
    [
      "import { SignJWT } from 'jose'",
      "import { SMTPServer } from 'smtp-server'",
      "/** @type {import('../domain/desk.ts').Desk} */",
    ],
  ],
};
