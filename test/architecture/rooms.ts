/** Who may import whom: the rooms of the house. */

import { file, type Rule } from './rule.ts';
import { type Import, importsOf, isCode, type Source } from './sources.ts';

type Room = {
  readonly folder: string;
  /** Files and folders (with a slash at the end) that it may import besides itself. */
  readonly imports: readonly string[];
  /** Files of which it may import types, and nothing that runs. */
  readonly types: readonly string[];
  /** Packages and built-in modules. `node:*` stands for all of the latter. */
  readonly packages: readonly string[];
  /** What single files may import besides. */
  readonly exceptions?: Readonly<Record<string, readonly string[]>>;
};

const SDK = ['botbuilder', 'botframework-connector', '@microsoft/teams-ai', 'restify'];

const ROOMS: readonly Room[] = [
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
  {
    folder: 'src/app/',
    imports: ['src/domain/', 'src/cards/', 'src/print/', 'src/i18n/'],
    types: [],
    packages: ['file-type', 'lru-cache', 'node:crypto', 'node:util'],
    exceptions: { 'src/app/turns.ts': ['node:async_hooks'] },
  },
  {
    folder: 'src/cards/',
    imports: ['src/domain/', 'src/i18n/'],
    types: ['src/app/ports.ts', 'src/app/alerting.ts'],
    packages: ['adaptivecards-templating', 'node:fs', 'node:path'],
  },
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
    types: ['src/app/ports.ts', 'src/app/finding.ts', 'src/app/upkeep.ts', 'src/app/alerting.ts'],
    packages: ['mongodb', 'node:*'],
  },
  {
    folder: 'src/teams/',
    imports: ['src/domain/', 'src/i18n/', 'src/config/environment.ts'],
    types: [
      'src/app/directory.ts',
      'src/app/inbound.ts',
      'src/app/links.ts',
      'src/app/messaging.ts',
      'src/app/ports.ts',
      'src/app/readiness.ts',
      'src/app/signals.ts',
    ],
    packages: [...SDK, 'htmlparser2', 'lru-cache', 'zod', 'node:*'],
  },
  {
    folder: 'src/email/',
    imports: ['src/domain/'],
    types: ['src/app/mail.ts', 'src/app/signals.ts', 'src/config/mail-settings.ts'],
    packages: ['nodemailer', 'imapflow', 'mailparser', 'node:*'],
  },
  {
    folder: 'src/signals/',
    imports: [],
    types: ['src/app/signals.ts', 'src/app/upkeep.ts'],
    packages: ['pino', 'prom-client', 'node:async_hooks'],
  },
  {
    folder: 'src/local/',
    imports: [],
    types: [],
    packages: ['jose', 'smtp-server', 'mailparser', 'nodemailer', 'node:*'],
  },
];

/** Packages and built-in modules that only one part of `src` may know of, with the reason. */
const KEPT_APART: readonly { readonly names: readonly string[]; readonly in: readonly string[] }[] = [
  // Out of support: replacing them must mean rewriting one folder.
  { names: SDK, in: ['src/teams/'] },
  // Synchronous: only where a call's cost to the event loop has been thought of.
  { names: ['node:sqlite'], in: ['src/stores/sqlite/', 'src/local/'] },
  // What is logged and counted passes through one room, where it can be seen that it names nobody.
  { names: ['pino', 'prom-client'], in: ['src/signals/'] },
  { names: ['mongodb'], in: ['src/stores/mongo/'] },
  { names: ['imapflow'], in: ['src/email/'] },
  // The world outside reads the bot's mail and writes its answers.
  { names: ['nodemailer', 'mailparser'], in: ['src/email/', 'src/local/'] },
  { names: ['smtp-server'], in: ['src/local/'] },
  // Written for browsers: the page of local Teams gets them as files.
  { names: ['adaptivecards', 'markdown-it'], in: [] },
];

/** Where adapters are constructed and joined. */
const COMPOSERS = new Set(['src/compose.ts', 'src/index.ts']);
const ADAPTERS = ['src/stores/', 'src/teams/', 'src/signals/', 'src/email/', 'src/local/'];

const inFolders = (path: string, folders: readonly string[]) =>
  folders.some((folder) => path.startsWith(folder));
const codeUnder = (project: readonly Source[], folder: string) =>
  project.filter((source) => isCode(source) && source.path.startsWith(folder));

function allows(room: Room, from: string, { target, local, typeOnly }: Import): boolean {
  if (local)
    return (
      target.startsWith(room.folder) ||
      room.imports.some((one) => (one.endsWith('/') ? target.startsWith(one) : target === one)) ||
      (typeOnly && room.types.includes(target))
    );
  const packages = [...room.packages, ...(room.exceptions?.[from] ?? [])];
  return packages.includes(target) || (target.startsWith('node:') && packages.includes('node:*'));
}

function roomRule(room: Room, rest: Pick<Rule, 'broken' | 'kept'>): Rule {
  const known = [...room.imports, ...room.types.map((path) => `types of ${path}`), ...room.packages];
  return {
    title: `${room.folder} imports ${known.length ? `nothing outside itself but ${known.join(', ')}` : 'nothing outside itself'}`,
    violations: (project) =>
      codeUnder(project, room.folder).flatMap((source) =>
        importsOf(source)
          .filter((imported) => !allows(room, source.path, imported))
          .map(({ target }) => `${source.path} imports ${target}`),
      ),
    ...rest,
  };
}

/** One import for each room that it may not have, and one that comes close. */
const TRIALS: Readonly<Record<string, readonly [broken: string[], kept: string[]]>> = {
  'src/domain/': [
    ["import { hear } from '../app/conversation.ts'", "import { join } from 'node:path'", "import 'luxon'"],
    ["import type { Ticket } from './ticket.ts'", "// import { join } from 'node:path'"],
  ],
  'src/app/': [
    [
      "import type { Links } from '../teams/links.ts'",
      "import { openStore } from '../stores/open.ts'",
      "const { DatabaseSync } = await import('node:sqlite')",
      "import type { Environment } from '../config/environment.ts'",
      "import type { Logger } from 'pino'",
    ],
    ["import { decide } from '../domain/decide.ts'", "import { LRUCache } from 'lru-cache'"],
  ],
  'src/cards/': [
    ["import { slotOf } from '../app/notify.ts'", "import { send } from '../app/ports.ts'"],
    ["import type { Card } from '../app/ports.ts'"],
  ],
  'src/print/': [
    ["import { slotOf } from '../app/notify.ts'", "import { join } from 'node:path'"],
    ["import { linksText } from '../cards/links-view.ts'"],
  ],
  'src/i18n/': [
    ["import { fit } from '../cards/fit.ts'"],
    ["import type { Locale } from '../domain/ticket.ts'"],
  ],
  'src/config/': [["import type { Store } from '../app/ports.ts'"], ["import { z } from 'zod'"]],
  'src/stores/': [
    ["import type { House } from '../app/house.ts'", "import { DateTime } from 'luxon'"],
    ["import type { Store } from '../app/ports.ts'", "import { join } from 'node:path'"],
  ],
  'src/teams/': [
    ["import { act } from '../app/act.ts'", "import { openStore } from '../stores/open.ts'"],
    ["import { ActivityHandler } from 'botbuilder'", "import type { Inbound } from '../app/inbound.ts'"],
  ],
  'src/email/': [
    [
      "import { takeMail } from '../app/take-mail.ts'",
      "import { readMail } from '../config/mail-settings.ts'",
    ],
    ["import type { Mailer } from '../app/mail.ts'", "import { createTransport } from 'nodemailer'"],
  ],
  'src/signals/': [
    ["import { NO_METER } from '../app/signals.ts'", "import { join } from 'node:path'"],
    ["import type { Log } from '../app/signals.ts'", "import pino from 'pino'"],
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

export const ROOM_RULES: readonly Rule[] = [
  ...ROOMS.map((room) => {
    const [broken, kept] = TRIALS[room.folder] ?? [[], []];
    const planted = (text: string) => file(`${room.folder}planted.ts`, text);
    return roomRule(room, { broken: broken.map(planted), kept: kept.map(planted) });
  }),
  {
    title: 'every folder of src is a room whose imports are settled',
    violations: (project) =>
      codeUnder(project, 'src/')
        .filter(
          ({ path }) => path.split('/').length > 2 && !ROOMS.some(({ folder }) => path.startsWith(folder)),
        )
        .map(({ path }) => `${path} is in a folder of which test/architecture/rooms.ts says nothing`),
    broken: [file('src/fax/inbox.ts', '')],
    kept: [file('src/domain/decide.ts', ''), file('src/compose.ts', '')],
  },
  ...KEPT_APART.map(
    ({ names, in: folders }): Rule => ({
      title: `${names.join(', ')} ${names.length > 1 ? 'are' : 'is'} imported ${folders.length ? `in ${folders.join(' and ')} only` : 'nowhere in src'}`,
      violations: (project) =>
        codeUnder(project, 'src/')
          .filter(({ path }) => !inFolders(path, folders))
          .flatMap((source) =>
            importsOf(source)
              .filter(({ target }) => names.includes(target))
              .map(({ target }) => `${source.path} imports ${target}`),
          ),
      broken: names.map((name) =>
        file(
          'src/compose.ts',
          `import type { Any } from '${name.startsWith('node:') ? name : `${name}/lib/index.js`}'`,
        ),
      ),
      kept: [
        ...folders.map((folder) => file(`${folder}planted.ts`, `import '${names[0]}'`)),
        file('src/compose.ts', `const url = require.resolve('${names[0]}')`),
      ],
    }),
  ),
  {
    title: 'adapters are constructed in src/compose.ts and src/index.ts only',
    violations: (project) =>
      codeUnder(project, 'src/')
        .filter(({ path }) => !COMPOSERS.has(path))
        .flatMap((source) =>
          importsOf(source)
            .filter(({ target, typeOnly }) => !typeOnly && inFolders(target, ADAPTERS))
            .filter(
              ({ target }) => !ADAPTERS.some((one) => target.startsWith(one) && source.path.startsWith(one)),
            )
            .map(({ target }) => `${source.path} imports ${target}`),
        ),
    broken: [
      file('src/scenario.ts', "import { startLocalTeams } from './local/local-teams.ts'"),
      file('src/app/planted.ts', "import { openStore } from '../stores/open.ts'"),
    ],
    kept: [
      file('src/compose.ts', "import { createLinks } from './teams/links.ts'"),
      file('src/scenario.ts', "import type { Scenario } from './local/protocol.ts'"),
      file('src/stores/open.ts', "import { openDatabase } from './sqlite/database.ts'"),
    ],
  },
];
