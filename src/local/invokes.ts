/** Names and values of the invokes that a Teams client sends for buttons and dialogs. Pure. */

import type { Json } from './json.ts';
import type { CommandContext } from './places.ts';
import type { AskSearch, DialogRequest, PressAction } from './protocol.ts';

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

/**
 * A dialog of an action command. The context is in small letters, whatever the manifest says (Microsoft: reference of
 * `MessagingExtensionAction.commandContext`).
 * @param messagePayload the message that it was started from; absent where it was started below the place to write
 */
export function commandInvoke(
  step: DialogRequest['step'],
  commandId: string,
  context: CommandContext,
  messagePayload: Json | undefined,
  data: Json,
): Invoke {
  return {
    name: step === 'fetch' ? 'composeExtension/fetchTask' : 'composeExtension/submitAction',
    value: {
      commandId,
      commandContext: context.toLowerCase(),
      ...(messagePayload === undefined ? {} : { messagePayload }),
      context: { theme: 'default' },
      ...(step === 'submit' ? { data } : {}),
    },
  };
}

/** How many results a client asks for at a time. */
export const RESULTS_ASKED = 25;

/**
 * What was typed into the search field of a message extension, wherever it is: of that a search says nothing (Microsoft:
 * “Respond to search command”). `initialRun` takes its place where nothing was yet.
 */
export function searchInvoke(
  { command, text, initial, skip }: Pick<AskSearch, 'command' | 'text' | 'initial' | 'skip'>,
  parameter: string,
): Invoke {
  return {
    name: 'composeExtension/query',
    value: {
      commandId: command,
      parameters: [initial ? { name: 'initialRun', value: 'true' } : { name: parameter, value: text }],
      queryOptions: { skip, count: RESULTS_ASKED },
      context: { theme: 'default' },
    },
  };
}

/** A result was chosen whose preview names what to ask the bot: that is all that the invoke says. */
export function selectInvoke(value: Json): Invoke {
  return { name: 'composeExtension/selectItem', value };
}
