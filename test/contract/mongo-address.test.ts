/** STORE_URL for MongoDB: what is accepted, and that no refusal repeats a user or a password. */

import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { MongoClient } from 'mongodb';
import { DURABLE, readAddress } from '../../src/stores/mongo/address.ts';
import { openStore } from '../../src/stores/open.ts';
import { UnusableStore } from '../../src/stores/unusable-store.ts';

const refusal = (pattern: RegExp) => (error: unknown) =>
  error instanceof UnusableStore && pattern.test(error.message) && !/s3cret|peter/.test(String(error.cause));

test('A5 the database is the path of STORE_URL, sportello without one', () => {
  const names: readonly [string, string][] = [
    ['mongodb://host', 'sportello'],
    ['mongodb://host/', 'sportello'],
    ['mongodb://host/?replicaSet=rs', 'sportello'],
    ['mongodb://host:27017/comune', 'comune'],
    ['mongodb://peter:s3cret@one:1,two:2,three:3/comune_di_lodi?replicaSet=rs&w=1', 'comune_di_lodi'],
    ['mongodb+srv://peter:s3%40cret@cluster.example/ente%C3%A8?tls=true', 'enteè'],
  ];
  for (const [url, name] of names) assert.equal(readAddress(url).database, name, url);
});

test('A3 nothing in STORE_URL weakens what an acknowledgement and a read promise', () => {
  const url = 'mongodb://host/?w=1&journal=false&readConcernLevel=local&readPreference=secondary';
  const db = new MongoClient(url, readAddress(url).options).db('comune', DURABLE);
  for (const promised of [db, db.collection('requests')]) {
    assert.equal(promised.writeConcern?.w, 'majority');
    assert.equal(promised.writeConcern?.journal, true);
    assert.equal(promised.readConcern?.level, 'majority');
    assert.equal(promised.readPreference?.mode, 'primary');
  }
});

test('A5 what STORE_URL says of time-outs and names counts; otherwise a start fails within 15 seconds', () => {
  const optionsOf = (url: string) => new MongoClient(url, readAddress(url).options).options;
  const plain = optionsOf('mongodb://host');
  assert.equal(plain.serverSelectionTimeoutMS, 15_000);
  assert.equal(plain.appName, 'Sportello');
  const said = optionsOf('mongodb://host/?serverSelectionTimeoutMS=400&appName=Prova');
  assert.equal(said.serverSelectionTimeoutMS, 400);
  assert.equal(said.appName, 'Prova');
});

test('A5 an address that is none is refused with the form it should have, and repeats no password', async () => {
  const urls = [
    'mongodb:',
    'mongodb://',
    'mongodb:///comune',
    'mongodb://peter:s3cret@/comune',
    'mongodb://peter:s3cret@more@host/comune',
    'mongodb://peter:s3/cret@host/comune',
    'mongodb://peter:s3?cret@host/comune',
    'mongodb://peter:s3?cret@host',
    'mongodb://peter:s3#cret@host/comune',
    'mongodb://peter:s3%cret@host/comune',
    'mongodb://host/comune/altro',
    'MONGODB://peter:s3cret@host',
  ];
  const pattern = /^(?!.*(peter|s3|cret)).*STORE_URL .*mongodb:\/\/user:password@host:27017\/database.*%40/;
  for (const url of urls) await assert.rejects(openStore(url), refusal(pattern), url);
});

test('A5 a database name that MongoDB does not allow is refused', async () => {
  for (const name of ['a.b', 'a%20b', 'a%2Fb', 'a$b', 'x'.repeat(64)])
    await assert.rejects(
      openStore(`mongodb://host/${name}`),
      refusal(/database that MongoDB does not allow/),
      name,
    );
});

test('A5 an option that the driver does not know is named, without the password', async () => {
  const pattern = /^(?!.*(peter|s3cret)).*host, database comune, .*waitForever.*STORE_URL/i;
  await assert.rejects(openStore('mongodb://peter:s3cret@host/comune?waitForever=1'), refusal(pattern));
});

/** A port of this machine on which nobody listens. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

test('A5 a server that does not answer is named with the reason, without user and password', async () => {
  const host = `127.0.0.1:${await closedPort()}`;
  const url = `mongodb://peter:s3cret%40x@${host}/comune?serverSelectionTimeoutMS=200`;
  const pattern = new RegExp(`^(?!.*(peter|s3cret)).*at ${host}, database comune, .*ECONNREFUSED.*STORE_URL`);
  await assert.rejects(openStore(url), refusal(pattern));
});
