import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isPlausiblePhone } from '../../../src/domain/intake/phone.ts';

const PLAUSIBLE = [
  '0371 409204',
  '0371/409204',
  '0371-409.204',
  '+39 333 1234567',
  '+39 (0)371 409204',
  '(06) 1234567',
  '0039 02 12345678',
  '+44 20 7946 0958',
  '+1 (555) 010-9999',
  '204',
  'int. 204',
  '0371 409204 int. 204',
  '0371 409204 ext 12',
  '0371 409204 x7',
  '+390371409204#204',
  'tel. 0371 409204, cell. 333 1234567',
  '0371 409204 / 333 1234567',
  '06 1234567 o 333 1234567',
  'Ufficio: 0371 409204',
];

const IMPLAUSIBLE = [
  '',
  '   ',
  'chiamatemi',
  'nessuno',
  'tel.',
  '12',
  'interno 12',
  '1',
  '+',
  '+39',
  '0000000',
  '1111111111',
  '12345678901234567890',
  'mario@example.it',
  '0371 409204 Mario',
  '0371 409204 <script>',
  '0371_409204',
  '0371 409204 333 1234567',
  '😀😀😀',
  '204;DROP TABLE',
];

describe('isPlausiblePhone', () => {
  for (const text of PLAUSIBLE) {
    it(`I6 takes ${JSON.stringify(text)}`, () => assert.equal(isPlausiblePhone(text), true));
  }
  for (const text of IMPLAUSIBLE) {
    it(`I6 turns down ${JSON.stringify(text)}`, () => assert.equal(isPlausiblePhone(text), false));
  }
  it('I6 takes hostile lengths in its stride', () => {
    for (const unit of ['1', '(', 'tel ', '+', '-', '12 / ', 'a']) {
      assert.equal(isPlausiblePhone(unit.repeat(100_000 / unit.length)), false);
    }
  });
});
