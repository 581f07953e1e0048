/** The alerts that are open, one document each. */

import type { Alert, Alerting } from '../../app/ports/alerting.ts';
import { insertOnce, untilDone } from './faults.ts';
import { type AlertRecord, type Collections, exact, inexact, whole } from './records.ts';

export function createAlerts({ alerts }: Collections): Alerting {
  return {
    async keepAlert(id, at, params) {
      const _id = exact(id);
      const noted = { params: exact(JSON.stringify(params)) };
      const note = () =>
        untilDone(() =>
          alerts.findOneAndUpdate(
            { _id },
            { $max: { seenAt: whole(at) }, $set: noted },
            { returnDocument: 'after' },
          ),
        );
      for (;;) {
        const kept = await note();
        if (kept) return alertOf(kept);
        await insertOnce(() => alerts.insertOne({ _id, since: whole(at), seenAt: whole(at), ...noted }));
      }
    },

    async endAlert(id, since) {
      const ended = await untilDone(() => alerts.deleteOne({ _id: exact(id), since }));
      return ended.deletedCount > 0;
    },

    async openAlerts() {
      const open = await alerts.find().toArray();
      return open.map(alertOf).sort((a, b) => (a.id < b.id ? -1 : 1));
    },
  };
}

function alertOf({ _id, since, seenAt, params }: AlertRecord): Alert {
  return { id: inexact(_id), since, seenAt, params: JSON.parse(inexact(params)) };
}
