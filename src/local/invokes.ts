/** Names and values of the invokes that a Teams client sends for buttons and dialogs. Pure. */

import type { Json } from './json.ts';
import type { DialogRequest, PressAction } from './protocol.ts';

export type Invoke = { readonly name: string; readonly value: Json };

/** `Action.Execute` of a card, or the card's own refresh. */
export function actionInvoke(
  { type, id, verb, data }: PressAction['action'],
  trigger: PressAction['trigger'],
): Invoke {
  const action = { type, ...(id === undefined ? {} : { id }), ...(verb === undefined ? {} : { verb }), data };
  return { name: 'adaptiveCard/action', value: { action, trigger } };
}

/** A dialog that a card opened. */
export function dialogInvoke(step: DialogRequest['step'], data: Json): Invoke {
  return {
    name: step === 'fetch' ? 'task/fetch' : 'task/submit',
    value: { data, context: { theme: 'default' } },
  };
}

/** A dialog that a message action opened. */
export function messageActionInvoke(
  step: DialogRequest['step'],
  commandId: string,
  messagePayload: Json,
  data: Json,
): Invoke {
  return {
    name: step === 'fetch' ? 'composeExtension/fetchTask' : 'composeExtension/submitAction',
    value: {
      commandId,
      commandContext: 'message',
      messagePayload,
      context: { theme: 'default' },
      ...(step === 'submit' ? { data } : {}),
    },
  };
}
