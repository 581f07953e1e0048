import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { joinSaid, withSaid } from '../../../src/domain/intake/said-meanwhile.ts';
import { aDraft } from '../../support/tickets.ts';

const begun = aDraft('d', { version: 1, text: 'La stampante è ferma', proposal: { service: 'printers' } });
const say = (draft: typeof begun, text: string, proposal: typeof begun.proposal = {}) => ({
  ...draft,
  ...withSaid(draft, text, () => proposal),
  version: draft.version + 1,
});

describe('what is said while the form stands there', () => {
  it('I1 goes with what the form sends, once, whatever was typed into it', () => {
    const draft = say(say(begun, 'È al secondo piano'), 'Ora fa anche rumore');
    const joined = (text: string, seen?: number) => joinSaid(draft, { text, phone: '1' }, seen).inputs;
    assert.deepEqual(joined('La stampante HP', 1), {
      text: 'La stampante HP\nÈ al secondo piano\nOra fa anche rumore',
      phone: '1',
    });
    assert.equal(joined('La stampante HP', 2).text, 'La stampante HP\nOra fa anche rumore');
    assert.equal(joined('La stampante HP', 3).text, 'La stampante HP', 'the form has shown it all');
    assert.equal(joined(draft.text).text, draft.text, 'what stands there is not added again');
    assert.equal(joined('La stampante HP').text, joined('La stampante HP', 0).text);
    assert.equal(joined('', 1).text, '', 'an empty text stays what was said');
    assert.deepEqual(joinSaid(draft, { phone: '1' }, 1).inputs, { phone: '1' });
  });

  it('I1 keeps what was proposed, as that is what the form shows, and takes what was not known', () => {
    const draft = say(begun, 'Anzi la rete', { service: 'network', type: 'fault' });
    assert.deepEqual(draft.proposal, { service: 'printers', type: 'fault' });
    const { inputs, completed } = joinSaid(draft, { service: 'pc', type: '' }, 1);
    assert.deepEqual([inputs, completed], [{ service: 'pc' }, true]);
    assert.equal(joinSaid(draft, { service: 'pc', type: 'other' }, 1).completed, false);
    assert.deepEqual(joinSaid(draft, { type: '' }, 2), { inputs: { type: '' }, completed: false });
  });

  it('I1 is not hidden by what was typed and turned down before', () => {
    const typed = { ...begun, inputs: { text: 'Non stampa', subject: '', name: '' } };
    const draft = say(typed, 'Ora fa rumore', { subject: 'Stampante rumorosa' });
    assert.deepEqual(draft.inputs, { text: 'Non stampa\nOra fa rumore', name: '' });
  });
});
