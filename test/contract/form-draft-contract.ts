/** Promises about what people typed and did not send. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FORM_DRAFT_LIFE_MS, type FormDraft } from '../../src/domain/form-draft.ts';
import { PERSON } from '../support/desk.ts';
import { MORNING, ticketNumber } from '../support/tickets.ts';
import { type NewBackend, withStore } from './backend.ts';

function left(over: Partial<FormDraft> = {}): FormDraft {
  return {
    person: PERSON.anna,
    ticket: ticketNumber(1),
    form: 'reply',
    values: { text: 'Buongiorno, $set “a.b”\n\uD83D', minutes: '' },
    at: MORNING,
    ...over,
  };
}

export function formDraftContract(newBackend: NewBackend): void {
  test('T17 what was typed comes back as it was, to the same person, ticket and form only', () =>
    withStore(newBackend, async ({ store, again }) => {
      await store.keepFormDraft(left());
      assert.deepEqual(await store.formDraft(left(), MORNING), left());
      for (const other of [{ person: PERSON.bruno }, { ticket: ticketNumber(2) }, { form: 'note' }])
        assert.equal(await store.formDraft(left(other), MORNING), undefined);
      const { store: another } = await again();
      assert.deepEqual(await another.formDraft(left(), MORNING), left(), 'on every instance');
    }));

  test('T17 of one form the latest draft is kept, until it is forgotten', () =>
    withStore(newBackend, async ({ store }) => {
      await store.keepFormDraft(left());
      const later = left({ values: { text: 'Meglio così.' }, at: MORNING + 1 });
      await store.keepFormDraft(later);
      await store.keepFormDraft(left({ form: 'note' }));
      assert.deepEqual(await store.formDraft(left(), MORNING + 1), later);
      await store.forgetFormDraft(left());
      await store.forgetFormDraft(left());
      assert.equal(await store.formDraft(left(), MORNING + 1), undefined);
      assert.ok(await store.formDraft(left({ form: 'note' }), MORNING));
    }));

  test('T17 A4 a draft is not offered when it is too old, and then is not there any more', () =>
    withStore(newBackend, async ({ store }) => {
      await store.keepFormDraft(left());
      const last = MORNING + FORM_DRAFT_LIFE_MS;
      assert.ok(await store.formDraft(left(), last - 1));
      assert.equal(await store.formDraft(left(), last), undefined);
      await store.keepFormDraft(left({ form: 'note', at: last }));
      assert.equal(await store.formDraft(left(), MORNING), undefined);
    }));

  test('T17 two that keep the same form at once leave one of them', () =>
    withStore(newBackend, async ({ store, again }) => {
      const { store: another } = await again();
      await Promise.all(
        [store, another].flatMap((one, index) =>
          [0, 1, 2].map((n) => one.keepFormDraft(left({ values: { text: `${index} ${n}` } }))),
        ),
      );
      assert.match((await store.formDraft(left(), MORNING))?.values.text ?? '', /^[01] [012]$/);
    }));
}
