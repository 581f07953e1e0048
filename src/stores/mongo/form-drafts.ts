/** What people typed and did not send (T17): one document for each person's form of a ticket. */

import { FORM_DRAFT_LIFE_MS, type FormDraft, type FormOf } from '../../domain/form-draft.ts';
import type { Instant } from '../../domain/ticket.ts';
import { insertOnce, untilDone } from './faults.ts';
import { type Collections, exact } from './records.ts';

export type FormDrafts = {
  find(of: FormOf, now: Instant): Promise<FormDraft | undefined>;
  keep(draft: FormDraft): Promise<void>;
  forget(of: FormOf): Promise<void>;
};

export function createFormDrafts({ formDrafts }: Collections): FormDrafts {
  return {
    async find(of, now) {
      const record = await formDrafts.findOne({ _id: idOf(of), at: { $gt: now - FORM_DRAFT_LIFE_MS } });
      return record === null ? undefined : (JSON.parse(record.body) as FormDraft);
    },
    async keep(draft) {
      const record = { at: draft.at, body: JSON.stringify(draft) };
      const _id = idOf(draft);
      const save = () => untilDone(() => formDrafts.updateOne({ _id }, { $set: record }));
      if ((await save()).matchedCount === 0) {
        await insertOnce(() => formDrafts.insertOne({ _id, ...record }));
        await save();
      }
      await formDrafts.deleteMany({ at: { $lte: draft.at - FORM_DRAFT_LIFE_MS } });
    },
    async forget(of) {
      await untilDone(() => formDrafts.deleteOne({ _id: idOf(of) }));
    },
  };
}

function idOf({ person, ticket, form }: FormOf): string {
  return exact(JSON.stringify([person, ticket, form]));
}
