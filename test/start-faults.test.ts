/** The program itself, where something keeps it from starting: one sentence with what to do, no stack, and it ends with 1. */

import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const CREDENTIALS = {
  MicrosoftAppId: 'a0000000-0000-4000-8000-000000000001',
  MicrosoftAppPassword: 'secret-of-this-test',
  MicrosoftAppTenantId: '9ca6c626-1f73-4c4a-9d0e-5b3f0c7d2a11',
};

let folder: string;
let taken: Server;
let takenPort: number;

before(async () => {
  taken = createServer();
  // On all addresses: the bot in a tenant listens on all, local Teams on loopback.
  taken.listen(0);
  await once(taken, 'listening');
  takenPort = (taken.address() as AddressInfo).port;
});
after(() => taken.close());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sportello-start-'));
});
afterEach(() => {
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true, force: true });
});

function start(variables: Readonly<Record<string, string>>, as: { uid?: number; gid?: number } = {}) {
  return spawn(
    process.execPath,
    ['--import', join(ROOT, 'src/node-version.mjs'), join(ROOT, 'src/index.ts')],
    {
      cwd: folder,
      env: { PATH: process.env.PATH, DESK_DIR: join(ROOT, 'desk'), ...variables },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...as,
    },
  );
}

async function textOf(stream: NodeJS.ReadableStream | null): Promise<string> {
  let text = '';
  for await (const part of (stream as NodeJS.ReadableStream).setEncoding('utf8')) text += part;
  return text;
}

/** @returns the one sentence */
async function refused(program: ChildProcess): Promise<string> {
  const ended = once(program, 'exit');
  const [out, error] = await Promise.all([textOf(program.stdout), textOf(program.stderr)]);
  const [code] = await ended;
  assert.equal(out, '');
  assert.equal(code, 1);
  const [head, sentence = '', ...rest] = error.trimEnd().split('\n');
  assert.equal(head, 'Sportello cannot start:');
  assert.deepEqual(rest, []);
  assert.doesNotMatch(error, /\bat \S+:\d+:\d+|"level"|secret-of-this-test/);
  return sentence;
}

const inTenant = () => ({ ...CREDENTIALS, STORE_URL: `sqlite:${join(folder, 'desk.db')}`, PORT: '0' });
const locally = () => ({ PORT: '0', LOCAL_TEAMS_PORT: '0' });

/** The program is started a dozen times over. */
const PATIENCE = { timeout: 240_000 };

describe('A5 the program that cannot start', PATIENCE, () => {
  test('A5 says which port is in use, and which variable names another', async () => {
    const busy = new RegExp(`^Port ${takenPort} is in use by another program.*set PORT to another port\\.$`);
    assert.match(await refused(start({ ...inTenant(), PORT: String(takenPort) })), busy);
    assert.match(await refused(start({ ...locally(), PORT: String(takenPort) })), busy);
  });

  test('A5 says so of the port of local Teams', async () => {
    const sentence = await refused(start({ ...locally(), LOCAL_TEAMS_PORT: String(takenPort) }));
    assert.match(sentence, new RegExp(`^Port ${takenPort} is in use.*set LOCAL_TEAMS_PORT to another`));
  });

  test('A5 says that it runs already, started twice in one folder', async () => {
    const first = start(locally());
    try {
      for await (const part of (first.stdout as NodeJS.ReadableStream).setEncoding('utf8'))
        if (String(part).includes('ready to be tried')) break;
      const sentence = await refused(start(locally()));
      assert.match(
        sentence,
        /runs already in this folder: data\/local-teams\.db is in use.*or end it first\.$/,
      );
    } finally {
      const ended = once(first, 'exit');
      first.kill('SIGTERM');
      await ended;
    }
    // Whoever ended, however it did, stands in nobody's way.
    const next = start(locally());
    for await (const part of (next.stdout as NodeJS.ReadableStream).setEncoding('utf8'))
      if (String(part).includes('ready to be tried')) break;
    const ended = once(next, 'exit');
    next.kill('SIGKILL');
    await ended;
  });

  test('A5 says that another program holds the store', async () => {
    const database = new DatabaseSync(join(folder, 'desk.db'));
    try {
      database.exec('CREATE TABLE t (id INTEGER); BEGIN EXCLUSIVE');
      const sentence = await refused(start(inTenant()));
      assert.match(
        sentence,
        /desk\.db cannot be opened \(database is locked\)\. Another program holds it: end/,
      );
    } finally {
      database.close();
    }
  });

  test('A5 says that the path of the store leads through a file', async () => {
    writeFileSync(join(folder, 'data'), '');
    assert.match(
      await refused(start(locally())),
      /data.* cannot be opened.*is a file and no folder: let STORE_URL/,
    );
    const elsewhere = { ...locally(), STORE_URL: `sqlite:${join(folder, 'desk.db')}` };
    assert.match(
      await refused(start(elsewhere)),
      /cannot keep its conversations in data\/local-teams\.db.*may write to/,
    );
  });

  test('A5 says that there is a file where attachments are to be kept', async () => {
    writeFileSync(join(folder, 'desk.db-attachments'), '');
    assert.match(await refused(start(inTenant())), /is a file and no folder: let STORE_URL/);
  });

  test('A5 says that it may not write where it is started', async (t) => {
    const own = process.getuid?.() ?? -1;
    // As root everything can be written to; nobody else can, but may not read every checkout either.
    const as = own === 0 ? { uid: 65_534, gid: 65_534 } : {};
    const can = spawn(process.execPath, [join(ROOT, 'src/node-version.mjs')], { ...as, stdio: 'ignore' });
    // Where the other user may not even run it, waiting for its end is what fails.
    const readable = await once(can, 'exit').then(
      ([code]) => code === 0,
      () => false,
    );
    if (own < 0 || !readable) return t.skip('there is no other user that may read this checkout');
    chmodSync(folder, 0o555);
    assert.match(
      await refused(start(locally(), as)),
      /cannot be opened \(.*\)\. Give the user that runs Sportello the right to write/,
    );
  });

  test('A5 says that MongoDB is not there, without the password', async () => {
    const STORE_URL = 'mongodb://desk:secret-of-this-test@127.0.0.1:1/desk?serverSelectionTimeoutMS=200';
    const sentence = await refused(start({ ...CREDENTIALS, STORE_URL, PORT: '0' }));
    assert.match(sentence, /MongoDB at 127\.0\.0\.1:1.*cannot be opened.*that the server runs/);
  });

  test('A5 says that the certificate is none, and what it must be', async () => {
    const { MicrosoftAppPassword: _, ...identity } = CREDENTIALS;
    const sentence = await refused(
      start({ ...identity, CertificatePrivateKey: '/etc/bot/secret-of-this-test' }),
    );
    assert.match(sentence, /^CertificatePrivateKey: must hold the RSA private key as PEM/);
  });

  test('A5 says that there is no desk, or that a file of it cannot be read', async () => {
    assert.match(
      await refused(start({ ...locally(), DESK_DIR: join(folder, 'nowhere') })),
      /does not exist\. Set DESK_DIR/,
    );
    cpSync(join(ROOT, 'desk'), join(folder, 'desk'), { recursive: true });
    rmSync(join(folder, 'desk', 'rules.yaml'));
    mkdirSync(join(folder, 'desk', 'rules.yaml'));
    assert.match(
      await refused(start({ ...locally(), DESK_DIR: join(folder, 'desk') })),
      /rules\.yaml.*it is a directory\. Put the file in its place/,
    );
  });
});
