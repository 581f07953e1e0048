import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadDesk } from '../../src/config/desk.ts';
import { formatDeskProblems } from '../../src/config/desk-problem.ts';
import { TEMPLATE_PLACEHOLDERS } from '../../src/domain/desk.ts';
import { agentsOf } from '../../src/domain/rights.ts';
import { findTerm, wordsOf } from '../../src/domain/words.ts';
import { EXAMPLE, plant, withCopy } from './desk-planting.ts';

const loaded = await loadDesk(EXAMPLE);
assert.ok(loaded.ok, loaded.ok ? '' : formatDeskProblems(loaded.problems));
const { desk } = loaded;
const person = (key: string) => [...desk.people.values()].find((candidate) => candidate.key === key);

test('A5 the example desk is that of a medium-sized Comune', () => {
  const offices = [...desk.queues.values()].filter(({ raw, contactCentre }) => !raw && !contactCentre);
  assert.ok(offices.length >= 6);
  assert.ok(desk.people.size >= 8 && desk.people.size <= 14);
  assert.ok(desk.services.size >= 20 && desk.services.size <= 30);
  assert.ok(desk.rules.length >= 12 && desk.rules.length <= 20);
  assert.ok([...desk.people.values()].some(({ organisations }) => organisations.length > 1));
  for (const condition of ['words', 'organisation', 'area', 'domain', 'type', 'service'] as const)
    assert.ok(
      desk.rules.some(({ when }) => when[condition] !== undefined),
      `no rule by ${condition}`,
    );
});

test('I1 of all services of the example, only payment orders are spoken of in the story’s sentence', () => {
  const words = wordsOf('non riesco a emettere i mandati, esce soggetto inesistente');
  const met = [...desk.services.values()].filter((service) =>
    service.words.some((term) => findTerm(words, term) !== undefined),
  );
  assert.deepEqual(
    met.map(({ id, queue }) => ({ id, queue })),
    [{ id: 'mandati', queue: 'ragioneria' }],
  );
  assert.ok(agentsOf(desk, 'ragioneria').length >= 2);
});

test('D3 the example has an owner to ping before anybody touches a ticket', () => {
  const rule = desk.rules.find(({ id }) => id === 'fatture-elettroniche');
  assert.deepEqual(rule, {
    id: 'fatture-elettroniche',
    when: { service: ['fatture-elettroniche'] },
    queue: 'ragioneria',
    responsible: person('carla.fontana')?.id,
    owner: person('marco.ferri')?.id,
  });
});

test('A5 the files become the types of the domain', () => {
  assert.equal(desk.systemId, '10');
  assert.deepEqual(desk.areas.get('colli'), { id: 'colli', name: 'Comuni dei Colli Ferrati' });
  assert.deepEqual(desk.organisations.get('farmacie-sociale'), {
    id: 'farmacie-sociale',
    name: 'Azienda speciale Farmacie e Sociale',
    area: 'frazioni',
    domains: ['aziendaspeciale.roccaferrata.example', 'farmacie.roccaferrata.example'],
    contracts: ['gestione-personale'],
  });
  assert.deepEqual(desk.people.get('8e06e276-eaff-484b-9455-33cdf82c9ab6'), {
    id: '8e06e276-eaff-484b-9455-33cdf82c9ab6',
    key: 'andrea.greco',
    name: 'Andrea Greco',
    email: 'andrea.greco@comune.roccaferrata.example',
    phone: '+39 0999 555 171',
    organisations: ['comune'],
    agentOf: ['sistemi-informativi', 'smistamento'],
    supervisorOf: [],
    administrator: true,
    areas: ['sede-centrale', 'frazioni'],
  });
  assert.deepEqual(desk.queues.get('smistamento'), {
    id: 'smistamento',
    name: 'Smistamento',
    channel: '19:e245a8bf7b1c077b4701823d6ec0eea2@thread.tacv2',
    calendar: 'primo-livello',
    contactCentre: false,
    raw: true,
  });
  assert.deepEqual(desk.services.get('cedolino'), {
    id: 'cedolino',
    name: { it: 'Stipendio e cedolino', en: 'Pay and payslip' },
    module: 'Personale',
    queue: 'personale',
    contract: 'gestione-personale',
    words: [
      'cedolino',
      'stipendio',
      'busta paga',
      'certificazione unica',
      'assegno familiare',
      'trattenuta',
      'payslip',
      'salary',
    ],
    fields: [{ id: 'mese', label: { it: 'Mese del cedolino', en: 'Month of the payslip' }, required: false }],
  });
  assert.deepEqual(desk.deadlines[2], {
    deadline: 'firstResponse',
    service: ['mandati', 'reversali', 'fatture-elettroniche'],
    hours: 8,
  });
  assert.deepEqual(desk.escalation[1], { id: 'breach', at: 1, notify: ['owner', 'responsible'] });
  assert.deepEqual(desk.calendars.get('sportelli')?.closed, ['2026-12-24', '2026-12-31']);
  assert.equal(desk.templates[0]?.id, 'cortesia');
  for (const placeholder of TEMPLATE_PLACEHOLDERS)
    assert.ok(desk.templates.some(({ text }) => text.it.includes(`{${placeholder}}`)));
});

test('A5 ids, domains and addresses are compared in small letters, however they were written', async () => {
  await withCopy(async (directory) => {
    for (const [file, find] of [
      ['people.yaml', '59ca2781-4653-46e1-b2ae-b0ec4d80c86b'],
      ['people.yaml', 'anna.bianchi@comune.roccaferrata.example'],
      ['desk.yaml', '9ca6c626-dac6-48b6-bbb7-1b7b5c9ab825'],
      ['desk.yaml', 'b09ea10c-40d0-47e0-805d-bafb7de336d0'],
      ['organisations.yaml', 'unione.colliferrati.example'],
      ['rules.yaml', 'gestionali.example'],
    ] as const)
      await plant(directory, { file, find, put: find.toUpperCase() });
    assert.deepEqual(await loadDesk(directory), loaded);
  });
});

test('A5 a list may be written with commas, in brackets or line by line; a repetition counts once', async () => {
  for (const put of [
    '[demografici, protocollo]',
    '\n    - demografici\n    - protocollo\n',
    'demografici,protocollo, demografici,',
  ])
    await withCopy(async (directory) => {
      await plant(directory, { file: 'people.yaml', find: 'demografici, protocollo', put });
      assert.deepEqual(await loadDesk(directory), loaded);
    });
});

test('A5 what is left out takes its default', async () => {
  await withCopy(async (directory) => {
    for (const [file, line] of [
      ['desk.yaml', /^systemId: .*$/gm],
      ['calendars.yaml', /^ {2}(timeZone|nationalHolidays): .*$/gm],
    ] as const) {
      const path = join(directory, file);
      const text = await readFile(path, 'utf8');
      assert.match(text, line);
      await writeFile(path, text.replaceAll(line, ''));
    }
    assert.deepEqual(await loadDesk(directory), loaded);
  });
});

test('K6 the Italian texts of the example use the typographic apostrophe', async () => {
  for (const file of await readdir(EXAMPLE)) {
    const text = await readFile(join(EXAMPLE, file), 'utf8');
    assert.doesNotMatch(text, /\p{L}'\p{L}/u, file);
  }
});
