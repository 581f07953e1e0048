/** Who may import whom: the rooms of the house. */

import { ROOMS, type Room, SDK, TRIALS } from './floor-plan.ts';
import { file, type Rule } from './rule.ts';
import { type Import, importsOf, isCode, type Source } from './sources.ts';

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
const COMPOSERS = ['src/compose.ts', 'src/compose/', 'src/index.ts'];
const ADAPTERS = ['src/stores/', 'src/teams/', 'src/signals/', 'src/email/', 'src/local/'];

const inFolders = (path: string, folders: readonly string[]) =>
  folders.some((folder) => path.startsWith(folder));
const isIn = (path: string, place: string) =>
  place.endsWith('/*')
    ? path.slice(0, path.lastIndexOf('/') + 1) === place.slice(0, -1)
    : place.endsWith('/')
      ? path.startsWith(place)
      : path === place;
const codeUnder = (project: readonly Source[], place: string) =>
  project.filter((source) => isCode(source) && isIn(source.path, place));

function allows(room: Room, from: string, { target, local, typeOnly }: Import): boolean {
  if (local)
    return (
      [room.folder, ...room.imports].some((one) => isIn(target, one)) ||
      (typeOnly && room.types.some((one) => isIn(target, one)))
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

export const ROOM_RULES: readonly Rule[] = [
  ...ROOMS.map((room) => {
    const [broken, kept] = TRIALS[room.folder] ?? [[], []];
    const planted = (text: string) => file(`${room.folder.replace(/\*$/, '')}planted.ts`, text);
    return roomRule(room, { broken: broken.map(planted), kept: kept.map(planted) });
  }),
  {
    title: 'every folder of src is a room whose imports are settled',
    violations: (project) =>
      codeUnder(project, 'src/')
        .filter(({ path }) => path.split('/').length > 2 && !COMPOSERS.some((one) => isIn(path, one)))
        .filter(({ path }) => !ROOMS.some(({ folder }) => isIn(path, folder)))
        .map(({ path }) => `${path} is in a folder of which test/architecture/rooms.ts says nothing`),
    broken: [file('src/fax/inbox.ts', '')],
    kept: ['src/domain/decide.ts', 'src/compose.ts', 'src/compose/teams.ts'].map((path) => file(path, '')),
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
    title: 'adapters are constructed in src/compose.ts, src/compose/ and src/index.ts only',
    violations: (project) =>
      codeUnder(project, 'src/')
        .filter(({ path }) => !COMPOSERS.some((one) => isIn(path, one)))
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
