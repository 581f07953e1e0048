/** What `STORE_URL` says of a MongoDB deployment, and what may be repeated of it to whoever starts Sportello. */

import { type DbOptions, type MongoClientOptions, ReadConcern } from 'mongodb';
import { UnusableStore } from '../unusable-store.ts';

const DEFAULT_DATABASE = 'sportello';
/**
 * What an acknowledgement and a read promise. Given with the database, because `journal` in the address would win over the
 * same option of the client.
 */
export const DURABLE: DbOptions = {
  writeConcern: { w: 'majority', journal: true },
  readConcern: new ReadConcern('majority'),
  readPreference: 'primary',
};

/** Longer than an election takes, shorter than a person waits at start; in milliseconds. */
const SERVER_SELECTION_MS = 15_000;

const HOW =
  'Write it as mongodb://user:password@host:27017/database or mongodb+srv://…, with the special characters of ' +
  'user and password percent-encoded: @ as %40, : as %3A, / as %2F, ? as %3F, # as %23, % as %25.';

export type Address = {
  readonly url: string;
  readonly database: string;
  /** Host names and ports, for messages. */
  readonly hosts: string;
  readonly options: MongoClientOptions;
  /** The text without user and password, wherever they stand in it. */
  withoutCredentials(text: string): string;
};

/** @throws UnusableStore when the address is not of that form; the message has nothing of it */
export function readAddress(url: string): Address {
  const parts = /^mongodb(?:\+srv)?:\/\/(?:([^@/?#]*)@)?([^@/?#]+)(?:\/([^@/?#]*))?(?:\?([^@#]*))?$/.exec(
    url,
  );
  if (!parts) throw new UnusableStore(`STORE_URL is not the address of a MongoDB database. ${HOW}`);
  const [, credentials = '', hosts = '', path = '', query = ''] = parts;
  const secrets = secretsOf(credentials);
  const database = decoded(path);
  if (secrets === undefined || database === undefined) {
    throw new UnusableStore(`STORE_URL has a percent sign that encodes nothing. ${HOW}`);
  }
  if (/[/\\. "$*<>:|?\0]/.test(database) || Buffer.byteLength(database) > 63) {
    throw new UnusableStore(
      'STORE_URL names a database that MongoDB does not allow: at most 63 bytes, without spaces, dots, slashes or ' +
        'any of "$*<>:|?.',
    );
  }
  const asked = new Set(query.split('&').map((option) => option.split('=')[0]?.toLowerCase()));
  return {
    url,
    database: database || DEFAULT_DATABASE,
    hosts,
    options: {
      ...(!asked.has('serverselectiontimeoutms') && { serverSelectionTimeoutMS: SERVER_SELECTION_MS }),
      ...(!asked.has('appname') && { appName: 'Sportello' }),
    },
    withoutCredentials: (text) => secrets.reduce((clean, secret) => clean.replaceAll(secret, '…'), text),
  };
}

/** User and password, together and apart, as written and as meant; the longest first. */
function secretsOf(credentials: string): string[] | undefined {
  const colon = credentials.indexOf(':');
  const apart = colon < 0 ? [] : [credentials.slice(0, colon), credentials.slice(colon + 1)];
  const written = [credentials, ...apart];
  const meant = written.map(decoded);
  if (meant.includes(undefined)) return undefined;
  return [...new Set([...written, ...meant])]
    .filter((secret) => secret !== undefined && secret !== '')
    .map(String)
    .sort((a, b) => b.length - a.length);
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
