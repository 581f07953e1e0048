/** From where files are fetched, and with what: over real connections, to servers on this machine. */

import assert from 'node:assert/strict';
import type { lookup } from 'node:dns';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { type TestContext, test } from 'node:test';
import { download } from '../../src/teams/download.ts';
import { createHosts } from '../../src/teams/hosts.ts';

const TEAMS = 'https://smba.trafficmanager.net/teams/';
const token = async () => 'token of the bot';

async function serve(
  t: TestContext,
  handler: (request: IncomingMessage, response: ServerResponse) => void,
  host = '127.0.0.1',
) {
  const asked: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    asked.push(request);
    handler(request, response);
  });
  server.listen(0, host);
  await once(server, 'listening');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

async function bytesOf(content: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of content) parts.push(part);
  return Buffer.concat(parts).toString();
}

test('A2 in a tenant files come from the exact hosts of Teams, over https, and from none that only looks like one', () => {
  const hosts = createHosts(TEAMS);
  const keeps = (address: string) => hosts.keepsFiles(new URL(address));
  for (const address of [
    'https://smba.trafficmanager.net/emea/v3/attachments/1/views/original',
    'https://smba.infra.gcc.teams.microsoft.com/v3/attachments/1/views/original',
    'https://comune.sharepoint.com/sites/x/_layouts/15/download.aspx?UniqueId=1',
    'https://comune-my.sharepoint.com/personal/x',
    'https://comune.sharepoint.us/x',
    'https://SMBA.trafficmanager.net:443/emea/',
  ])
    assert.equal(keeps(address), true, address);
  for (const address of [
    'https://evil.trafficmanager.net/emea/',
    'https://smba.trafficmanager.net.evil.example/',
    'https://smba.trafficmanager.net@evil.example/',
    'https://user:password@smba.trafficmanager.net/',
    'https://smba.trafficmanager.net:8443/',
    'https://smba.trafficmanager.net./',
    'https://xsmba.trafficmanager.net/',
    'http://smba.trafficmanager.net/emea/',
    'https://sharepoint.com/x',
    'https://a.b.sharepoint.com/x',
    'https://comune.sharepoint.com.evil.example/x',
    'https://comunesharepoint.com/x',
    'http://comune.sharepoint.com/x',
    'https://127.0.0.1/',
    'http://127.0.0.1:3979/',
    'http://localhost/',
    'http://[::1]/',
    'http://2130706433/',
    'http://0x7f.1/',
    'https://169.254.169.254/metadata/identity/oauth2/token',
    'https://[::ffff:169.254.169.254]/',
    'file:///etc/passwd',
    'data:text/plain,x',
  ])
    assert.equal(keeps(address), false, address);
});

test('A2 a tenant may name its own hosts for files, and then there are no others', () => {
  const hosts = createHosts(TEAMS, ['comune.sharepoint.com']);
  assert.equal(hosts.keepsFiles(new URL('https://comune.sharepoint.com/x')), true);
  assert.equal(hosts.keepsFiles(new URL('https://altro.sharepoint.com/x')), false);
  assert.equal(hosts.keepsFiles(new URL('https://smba.trafficmanager.net/x')), true);
});

test('A2 another host of the connector is one that the settings name', () => {
  const hosts = createHosts('https://bot.example.org/teams/');
  assert.equal(hosts.isConnector(new URL('https://bot.example.org/x')), true);
  assert.equal(hosts.isConnector(new URL('https://bot.example.org:444/x')), false);
  assert.equal(hosts.isConnector(new URL('https://x.example.org/x')), false);
});

test('A2 loopback is there with local Teams only, and gets the token only where it was meant to go', async (t) => {
  const own = await serve(t, (_request, response) => response.end('PNG'));
  const local = { hosts: createHosts(`${own.url}/`), token };
  assert.equal(await bytesOf(await download(local, `${own.url}/v3/1`, true)), 'PNG');
  assert.equal(own.asked[0]?.headers.authorization, 'Bearer token of the bot');
  assert.equal(await bytesOf(await download(local, `${own.url}/download/1`, false)), 'PNG');
  assert.equal(own.asked[1]?.headers.authorization, undefined);
  await assert.rejects(download({ hosts: createHosts(TEAMS), token }, `${own.url}/v3/1`, true), {
    message: `a file is not fetched from ${new URL(own.url).host}: Teams keeps none there`,
  });
  assert.equal(own.asked.length, 2);
});

test('A2 redirects are followed by hand: each is looked at, and none takes the token along', async (t) => {
  const other = await serve(t, (_request, response) => response.end('moved here'));
  let target = '';
  const first = await serve(t, (_request, response) => {
    response.writeHead(302, { location: target }).end();
  });
  const local = { hosts: createHosts(`${first.url}/`), token };
  target = `${other.url}/file`;
  assert.equal(await bytesOf(await download(local, `${first.url}/v3/1`, true)), 'moved here');
  assert.equal(first.asked[0]?.headers.authorization, 'Bearer token of the bot');
  assert.equal(other.asked[0]?.headers.authorization, undefined);
  for (target of [
    'http://10.0.0.1/',
    'http://169.254.169.254/metadata',
    'https://evil.example/',
    '//0.0.0.0/',
  ])
    await assert.rejects(download(local, `${first.url}/v3/1`, true), /a file is not fetched from/, target);
  target = '/v3/1';
  const before = first.asked.length;
  await assert.rejects(download(local, `${first.url}/v3/1`, true), /redirected too often/);
  assert.ok(first.asked.length - before <= 6);
  target = 'http://[';
  await assert.rejects(download(local, `${first.url}/v3/1`, true), /no complete address/);
});

test('A2 a name that leads into a network is connected to by nobody, and its first answer is the one that counts', async (t) => {
  const knocked: number[] = [];
  const inside = createTcpServer((socket) => {
    knocked.push(1);
    socket.destroy();
  });
  inside.listen(0, '127.0.0.1');
  await once(inside, 'listening');
  t.after(() => inside.close());
  const { port } = inside.address() as AddressInfo;
  const answers = (addresses: readonly string[]) =>
    ((_host: string, _options: unknown, callback: (error: null, found: unknown) => void) =>
      callback(
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      )) as unknown as typeof lookup;
  const hosts = { ...createHosts(TEAMS), keepsFiles: () => true };
  for (const addresses of [
    ['127.0.0.1'],
    ['::1'],
    ['::ffff:127.0.0.1'],
    ['10.0.0.1'],
    ['169.254.169.254'],
    // One good address does not make the other one good.
    ['13.107.136.9', '127.0.0.1'],
    [],
  ])
    await assert.rejects(
      download(
        { hosts, token, lookup: answers(addresses) },
        `https://comune.sharepoint.com:${port}/x`,
        false,
      ),
      /comune\.sharepoint\.com leads into a network/,
      addresses.join(),
    );
  assert.deepEqual(knocked, []);
});
