import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Desk, Organisation, Person } from '../../src/domain/desk.ts';
import { organisationsOf } from '../../src/domain/organisations.ts';

const KNOWN = 'aaaaaaaa-0000-4000-8000-000000000001';
const STRANGER = 'aaaaaaaa-0000-4000-8000-000000000002';

function desk(organisations: readonly string[] = []): Pick<Desk, 'people' | 'organisations'> {
  const person: Person = {
    id: KNOWN,
    key: 'known',
    name: 'Known',
    email: 'known@library.example',
    organisations,
    agentOf: [],
    supervisorOf: [],
    administrator: false,
    areas: [],
  };
  const body = (id: string, ...domains: string[]): [string, Organisation] => [
    id,
    { id, name: id, domains, contracts: [] },
  ];
  return {
    people: new Map([[KNOWN, person]]),
    organisations: new Map([
      body('town', 'town.example', 'shared.example'),
      body('union', 'Union.example', 'shared.example'),
      body('library', 'library.example'),
    ]),
  };
}

test('I7 whoever the people file knows is known however Entra writes their id', () => {
  assert.deepEqual(organisationsOf(desk(['town']), { id: KNOWN.toUpperCase(), email: 'x@union.example' }), [
    'town',
  ]);
});

test('I7 the people file decides, whatever the e-mail address says', () => {
  assert.deepEqual(organisationsOf(desk(['town', 'union']), { id: KNOWN, email: 'x@library.example' }), [
    'town',
    'union',
  ]);
  assert.deepEqual(organisationsOf(desk(['town']), { id: KNOWN.toUpperCase() }), ['town']);
});

test('I7 somebody whom the people file does not place belongs to the organisation of their domain', () => {
  assert.deepEqual(organisationsOf(desk(), { id: STRANGER, email: 'Someone@UNION.example' }), ['union']);
  assert.deepEqual(organisationsOf(desk(), { id: KNOWN }), ['library']);
  assert.deepEqual(organisationsOf(desk(), { id: KNOWN, email: 'known@town.example' }), ['town']);
});

test('I7 a domain of several organisations gives them all, for the person to choose', () => {
  assert.deepEqual(organisationsOf(desk(), { id: STRANGER, email: 'x@shared.example' }), ['town', 'union']);
});

test('I7 an unknown domain gives none: not a subdomain, not an ending, not a text without an @', () => {
  for (const email of ['x@sub.town.example', 'x@mytown.example', 'town.example', 'x@', '@', '', undefined])
    assert.deepEqual(organisationsOf(desk(), { id: STRANGER, ...(email !== undefined && { email }) }), []);
});

test('I7 only what follows the last @ decides', () => {
  fc.assert(
    fc.property(fc.string(), (local) => {
      assert.deepEqual(organisationsOf(desk(), { id: STRANGER, email: `${local}@town.example` }), ['town']);
    }),
  );
});
