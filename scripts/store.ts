/**
 * Moves a desk, backs it up and restores it:
 *
 *     npm run store:copy -- --from URL --to URL
 *     npm run store:backup -- --store URL --to FILE
 *     npm run store:restore -- --from FILE --to URL
 *
 * A URL is what `STORE_URL` may be. See docs/store.md.
 */

import { parseArgs } from 'node:util';
import { openBackup, writeBackup } from '../src/stores/moving/backup-file.ts';
import { type Counts, copyDesk } from '../src/stores/moving/copy.ts';
import { openSource, openTarget } from '../src/stores/open-archive.ts';
import { UnusableStore } from '../src/stores/unusable-store.ts';

const USAGE = {
  copy: 'npm run store:copy -- --from URL --to URL',
  backup: 'npm run store:backup -- --store URL --to FILE',
  restore: 'npm run store:restore -- --from FILE --to URL',
} as const;
/** How often a long run says how far it is, in milliseconds. */
const TELL_EVERY_MS = 5_000;

const [task, ...args] = process.argv.slice(2);
try {
  switch (task) {
    case 'copy':
      await copy(asked(task, ['from', 'to'], args));
      break;
    case 'backup':
      await backup(asked(task, ['store', 'to'], args));
      break;
    case 'restore':
      await restore(asked(task, ['from', 'to'], args));
      break;
    default:
      throw new UnusableStore(`Say what to do: ${Object.values(USAGE).join(', or ')}.`);
  }
} catch (error) {
  if (!(error instanceof UnusableStore)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

/** The options of a task, all of which it needs. */
function asked<N extends string>(
  what: keyof typeof USAGE,
  names: readonly N[],
  given: readonly string[],
): Readonly<Record<N, string>> {
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
  let values: Readonly<Record<string, string | boolean | undefined>> = {};
  try {
    values = parseArgs({ args: [...given], options }).values;
  } catch {
    // Said below: nothing was given that could be used.
  }
  if (names.some((name) => !values[name])) throw new UnusableStore(`Write it as ${USAGE[what]}.`);
  return values as Record<N, string>;
}

async function copy({ from, to }: { readonly from: string; readonly to: string }): Promise<void> {
  const source = await named('--from', () => openSource(from));
  try {
    const target = await named('--to', () => openTarget(to));
    try {
      const { counts, written } = await copyDesk(source, target, progress());
      console.log(
        `The copy is complete: ${listed(counts)}. ${written} of these were written now; counts and checksums are equal.\n` +
          `Start Sportello with STORE_URL set to ${target.name}, with your user and password where it needs them.`,
      );
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

async function backup({ store, to }: { readonly store: string; readonly to: string }): Promise<void> {
  const source = await named('--store', () => openSource(store));
  try {
    const tell = progress();
    const counts = await writeBackup(source, to, new Date(), (so) => tell('copying', so));
    console.log(`The back-up ${to} is complete: ${listed(counts)}.`);
  } finally {
    await source.close();
  }
}

async function restore({ from, to }: { readonly from: string; readonly to: string }): Promise<void> {
  const source = await openBackup(from);
  const target = await named('--to', () => openTarget(to));
  try {
    const { counts } = await copyDesk(source, target, progress());
    console.log(`The desk is restored: ${listed(counts)}. Counts and checksums are equal.`);
  } finally {
    await target.close();
  }
}

/** What a store says of `STORE_URL`, said of the option that it was given with. */
async function named<T>(option: string, open: () => Promise<T>): Promise<T> {
  try {
    return await open();
  } catch (error) {
    if (!(error instanceof UnusableStore)) throw error;
    throw new UnusableStore(error.message.replaceAll('STORE_URL', option));
  }
}

function progress(): (doing: 'copying' | 'checking', counts: Counts) => void {
  let told = performance.now();
  return (doing, counts) => {
    if (performance.now() - told < TELL_EVERY_MS) return;
    told = performance.now();
    console.error(`${doing}: ${listed(counts)} …`);
  };
}

function listed(counts: Counts): string {
  const { ticket, draft, receipt, profile, attachment } = counts;
  return `${ticket} tickets, ${draft} drafts, ${receipt} receipts, ${profile} people, ${attachment} attachments`;
}
