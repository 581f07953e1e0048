import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cleanFileName } from '../../src/local/files.ts';
import { callUrl, type Loose, requestToken, startFixture } from './support/bot.ts';
import { ada, deskChannel } from './support/scenario.ts';

const png = Buffer.from('iVBORw0KGgo=', 'base64');

async function authorized(teams: Parameters<typeof requestToken>[0]) {
  return { Authorization: `Bearer ${(await requestToken(teams)).body.access_token}` };
}

test('T15 local Teams: a picture comes inline, for the bot’s token only', async (t) => {
  const { teams, bot } = await startFixture(t);
  const conversation = teams.personalChat(ada.aadObjectId);
  const file = teams.upload({ name: 'schermata.png', contentType: 'image/png', bytes: png });
  const said = teams.say({ as: ada.aadObjectId, conversation, text: 'ecco', files: [file.id] });
  await said.delivered;
  assert.deepEqual(said.message.files, [file]);
  const [image, html] = bot.received[0].attachments;
  assert.deepEqual(Object.keys(image).sort(), ['contentType', 'contentUrl']);
  assert.equal(image.contentType, 'image/*');
  assert.ok(image.contentUrl.startsWith(`${teams.serviceUrl}v3/attachments/`));
  assert.ok(image.contentUrl.endsWith('/views/original'));
  assert.match(html.content, /^<p>ecco<\/p><p><img itemtype="http:\/\/schema.skype.com\/AMSImage"/);

  assert.equal((await fetch(image.contentUrl)).status, 401);
  const headers = await authorized(teams);
  const response = await fetch(image.contentUrl, { headers });
  assert.equal(response.headers.get('content-type'), 'image/png');
  assert.deepEqual(Buffer.from(await response.arrayBuffer()), png);
  const info = await callUrl(image.contentUrl.replace('/views/original', ''), 'GET', headers);
  assert.deepEqual(info.body, {
    name: 'schermata.png',
    type: 'image/png',
    views: [{ viewId: 'original', size: png.length }],
  });
});

test('T15 local Teams: another file comes with a download address that opens by itself', async (t) => {
  const { teams, bot } = await startFixture(t);
  const conversation = teams.personalChat(ada.aadObjectId);
  const bytes = Buffer.from('a;b\n1;2\n');
  const file = teams.upload({ name: 'élenco.CSV', contentType: 'text/csv; charset=utf-8', bytes });
  await teams.say({ as: ada.aadObjectId, conversation, text: '', files: [file.id] }).delivered;
  const [activity] = bot.received;
  assert.equal(activity.text, '');
  const [attachment] = activity.attachments;
  assert.equal(attachment.contentType, 'application/vnd.microsoft.teams.file.download.info');
  assert.equal(attachment.name, 'élenco.CSV');
  assert.equal(attachment.content.fileType, 'csv');
  assert.equal(attachment.content.uniqueId, file.id);
  assert.ok(attachment.content.downloadUrl.startsWith(`${teams.url}/download/`));
  assert.ok(!attachment.content.downloadUrl.includes(file.id));
  const response = await fetch(attachment.content.downloadUrl);
  assert.deepEqual(Buffer.from(await response.arrayBuffer()), bytes);
  assert.equal((await fetch(`${teams.url}/download/${file.id}`)).status, 404);
  assert.equal((await fetch(`${teams.url}/download/`)).status, 404);
});

test('T15 local Teams: in a channel the bot gets pictures but no files', async (t) => {
  const { teams, bot } = await startFixture(t);
  const files = [
    teams.upload({ name: 'a.png', contentType: 'image/png', bytes: png }).id,
    teams.upload({ name: 'a.pdf', contentType: 'application/pdf', bytes: png }).id,
  ];
  const said = teams.say({
    as: ada.aadObjectId,
    conversation: deskChannel,
    text: 'ecco',
    files,
    mentionsBot: true,
  });
  await said.delivered;
  assert.equal(said.message.files.length, 2);
  const types = bot.received[0].attachments.map((attachment: Loose) => attachment.contentType);
  assert.deepEqual(types, ['image/*', 'text/html']);
});

test('T15 local Teams: a browser never runs an uploaded file as a part of the page', async (t) => {
  const { teams } = await startFixture(t);
  const svg = teams.upload({ name: 'a.svg', contentType: 'image/svg+xml', bytes: Buffer.from('<svg/>') });
  const response = await fetch(teams.url + svg.url);
  assert.equal(response.headers.get('content-disposition'), "attachment; filename*=UTF-8''a.svg");
  assert.equal(response.headers.get('content-security-policy'), "default-src 'none'; sandbox");
  assert.equal(response.headers.get('x-content-type-options'), 'nosniff');
  const picture = teams.upload({ name: "l'a (1).png", contentType: 'image/png', bytes: png });
  const shown = (await fetch(teams.url + picture.url)).headers.get('content-disposition');
  assert.equal(shown, "inline; filename*=UTF-8''l%27a%20%281%29.png");
  const odd = teams.upload({ name: 'x', contentType: 'text/html\r\nX-Evil: 1', bytes: png });
  assert.equal(odd.contentType, 'application/octet-stream');
  assert.equal((await fetch(`${teams.url}/local/files/none`)).status, 404);
});

test('T15 local Teams: file names lose paths and control characters and keep the rest', () => {
  assert.equal(cleanFileName('../a\\b\u0000c.png'), '.._a_b_c.png');
  assert.equal(cleanFileName('  '), 'file');
  assert.equal(cleanFileName('relazione “finale” àè.pdf'), 'relazione “finale” àè.pdf');
  assert.equal(cleanFileName(`${'x'.repeat(300)}.pdf`).length, 255);
});

test('T15 local Teams: uploads by the page have a limit of 25 MB and must not be empty', async (t) => {
  const { teams } = await startFixture(t);
  const url = `${teams.url}/local/files?as=${ada.aadObjectId}&name=a.bin&contentType=application%2Foctet-stream`;
  const upload = (body: Uint8Array) => fetch(url, { method: 'POST', body: Buffer.from(body) });
  const most = new Uint8Array(25 * 1024 * 1024);
  const stored = await upload(most);
  assert.equal(stored.status, 201);
  assert.equal(((await stored.json()) as Loose).size, most.length);
  assert.equal((await upload(new Uint8Array(most.length + 1))).status, 413);
  assert.equal((await upload(new Uint8Array(0))).status, 400);
  const nobody = await fetch(`${teams.url}/local/files?as=x&name=a`, { method: 'POST', body: 'x' });
  assert.equal(nobody.status, 404);
});

test('T15 local Teams: the bot’s own attachments are shown, and none whose address holds the picture itself', async (t) => {
  const { teams, call, post } = await startFixture(t);
  const path = `conversations/${deskChannel}/attachments`;
  const data = { type: 'application/pdf', name: 'ricevuta.pdf', originalBase64: png.toString('base64') };
  const { status, body } = await call('POST', path, data);
  assert.equal(status, 201);
  const contentUrl = `${teams.serviceUrl}v3/attachments/${body.id}/views/original`;
  await post(deskChannel, {
    type: 'message',
    attachments: [
      { contentType: 'application/pdf', contentUrl, name: 'ricevuta.pdf' },
      { contentType: 'image/png', contentUrl: 'https://example.org/a.png' },
    ],
  });
  const [message] = teams.messagesOf(deskChannel, ada.aadObjectId);
  const [pdf, external] = message?.files ?? [];
  assert.deepEqual(pdf, {
    id: body.id,
    name: 'ricevuta.pdf',
    contentType: 'application/pdf',
    size: png.length,
    url: `/local/files/${body.id}`,
  });
  assert.equal(external?.url, 'https://example.org/a.png');

  for (const wrong of [
    { ...data, type: 'x' },
    { ...data, originalBase64: '%' },
    [],
    { ...data, originalBase64: '' },
  ]) {
    assert.equal((await call('POST', path, wrong)).status, 400);
  }
  const unknown = {
    contentType: 'image/png',
    contentUrl: `${teams.serviceUrl}v3/attachments/x/views/original`,
  };
  const embedded = {
    contentType: 'image/png',
    contentUrl: `data:image/png;base64,${png.toString('base64')}`,
  };
  for (const attachment of [unknown, embedded]) {
    const message = { type: 'message', attachments: [attachment] };
    assert.equal((await call('POST', `conversations/${deskChannel}/activities`, message)).status, 400);
  }
});
