import assert from 'node:assert/strict';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { LocalTeams } from '../../src/local/local-teams.ts';
import { callUrl, startFixture } from './support/bot.ts';
import { ada } from './support/scenario.ts';

/** A request whose path and headers are sent exactly as they are given. */
function raw(
  teams: LocalTeams,
  options: { path: string; method?: string; headers?: Record<string, string> },
) {
  return new Promise<{ status: number; text: string }>((resolve, reject) => {
    const { port } = new URL(teams.url);
    request({ host: '127.0.0.1', port, ...options }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part) => (text += part));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    })
      .on('error', reject)
      .end();
  });
}

async function pageFixture(t: TestContext) {
  const outer = await mkdtemp(join(tmpdir(), 'local-teams-'));
  t.after(() => rm(outer, { recursive: true }));
  const pageDirectory = await mkdtemp(join(outer, 'page-'));
  await writeFile(join(outer, 'secret.js'), 'secret');
  await writeFile(join(pageDirectory, 'index.html'), '<!doctype html>');
  await writeFile(join(pageDirectory, 'main.js'), 'export {};');
  await writeFile(join(pageDirectory, '.hidden.js'), 'hidden');
  await writeFile(join(pageDirectory, 'notes.txt'), 'notes');
  await symlink(join(outer, 'secret.js'), join(pageDirectory, 'link.js'));
  return startFixture(t, { pageDirectory });
}

test('W4 local Teams: it listens on loopback alone', async (t) => {
  const { teams } = await startFixture(t);
  assert.equal(new URL(teams.url).hostname, '127.0.0.1');
  const others = Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4');
  for (const { address } of others) {
    await assert.rejects(fetch(`http://${address}:${new URL(teams.url).port}/keys`), TypeError);
  }
});

test('W4 local Teams: a name that is not loopback is turned away, also when it leads here', async (t) => {
  const { teams } = await startFixture(t);
  const { port } = new URL(teams.url);
  for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`]) {
    assert.equal((await raw(teams, { path: '/keys', headers: { Host: host } })).status, 200, host);
  }
  for (const host of [
    `evil.example:${port}`,
    '127.0.0.1.evil.example',
    'localhost.evil.example',
    '10.0.0.1',
  ]) {
    for (const path of ['/keys', '/', '/local/session', '/v3/teams/x']) {
      assert.equal((await raw(teams, { path, headers: { Host: host } })).status, 403, host + path);
    }
  }
});

test('W4 local Teams: another site’s page cannot drive it', async (t) => {
  let resets = 0;
  const { teams } = await startFixture(t, {
    onReset: async () => {
      resets += 1;
    },
  });
  const url = `${teams.url}/local/reset`;
  for (const origin of [
    'https://evil.example',
    'http://127.0.0.1:1',
    'null',
    teams.url.replace('http', 'https'),
  ]) {
    assert.equal((await callUrl(url, 'POST', { Origin: origin }, {})).status, 403, origin);
    assert.equal(
      (await callUrl(`${teams.url}/local/faults`, 'DELETE', { Origin: origin })).status,
      403,
      origin,
    );
    const upload = `${teams.url}/local/files?as=${ada.aadObjectId}&name=a`;
    assert.equal((await callUrl(upload, 'POST', { Origin: origin }, 'x')).status, 403, origin);
  }
  const asForm = await fetch(url, { method: 'POST', body: '{}' });
  assert.equal(asForm.status, 415);
  assert.equal(resets, 0);
  assert.equal((await callUrl(url, 'POST', { Origin: teams.url }, {})).status, 200);
  assert.equal((await callUrl(url, 'POST', {}, {})).status, 200);
  assert.equal(resets, 2);
  const session = await fetch(`${teams.url}/local/session`, { headers: { Origin: 'https://evil.example' } });
  assert.equal(session.headers.get('access-control-allow-origin'), null);
  assert.equal(session.headers.get('cross-origin-resource-policy'), 'same-origin');
});

test('W4 local Teams: the page comes with a strict policy, and its libraries without a CDN', async (t) => {
  const { teams } = await pageFixture(t);
  const page = await fetch(`${teams.url}/`);
  assert.equal(page.headers.get('content-type'), 'text/html; charset=utf-8');
  const policy = page.headers.get('content-security-policy') ?? '';
  assert.match(policy, /default-src 'none'/);
  assert.match(policy, /script-src 'self'(;|$)/);
  assert.doesNotMatch(policy, /https?:|\*|unsafe-eval/);
  const script = await fetch(`${teams.url}/main.js`);
  assert.equal(script.headers.get('content-type'), 'text/javascript; charset=utf-8');
  for (const [asset, word] of [
    ['adaptivecards', 'AdaptiveCards'],
    ['markdown-it', 'markdownit'],
  ]) {
    const library = await fetch(`${teams.url}/assets/${asset}.js`);
    assert.equal(library.status, 200);
    assert.equal(library.headers.get('content-type'), 'text/javascript; charset=utf-8');
    assert.ok((await library.text()).includes(word ?? ''));
  }
  const head = await fetch(`${teams.url}/`, { method: 'HEAD' });
  assert.equal(head.status, 200);
  assert.equal((await fetch(`${teams.url}/`, { method: 'POST' })).status, 405);
});

test('W4 local Teams: nothing outside the page’s directory is served', async (t) => {
  const { teams } = await pageFixture(t);
  const paths = [
    '/../secret.js',
    '/..%2fsecret.js',
    '/%2e%2e/secret.js',
    '/..%5csecret.js',
    '/.hidden.js',
    '/link.js',
    '/notes.txt',
    '//main.js',
    '/main.js/',
    '/main.js%00.js',
    '/assets/../../package.json',
    '/assets/constructor',
    '/none.js',
  ];
  for (const path of paths) assert.equal((await raw(teams, { path })).status, 404, path);
  assert.equal((await raw(teams, { path: '/%zz' })).status, 400);
  const without = await startFixture(t);
  assert.equal((await fetch(`${without.teams.url}/`)).status, 404);
});
