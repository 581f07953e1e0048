/** What a dialog asks for: which use case opens it, and which takes its form. */

import { translate } from '../../i18n/translate.ts';
import { answerListDialog, isListDialog } from '../finding/list-dialogs.ts';
import type { House } from '../house.ts';
import { beginCall, pressOnCall } from '../opening/by-phone.ts';
import { sendFromMessage } from '../opening/from-message.ts';
import { turnOf } from '../opening/write-to-ticket.ts';
import type { Answer, InboundDialog } from '../ports/inbound.ts';
import type { Receipt } from '../ports/store.ts';
import { formOf, openForm, pressInForm } from '../presses/form-dialogs.ts';
import { pressKey } from '../presses/press-key.ts';
import { say, unknownAction } from '../say.ts';
import { openDialog } from '../showing/dialogs.ts';
import { answerRequesterDialog, isRequesterDialog } from './requester-dialogs.ts';

export async function answerDialog(house: House, dialog: InboundDialog): Promise<Answer> {
  if (isRequesterDialog(dialog.verb)) return answerRequesterDialog(house, dialog);
  if (isListDialog(dialog.verb)) return answerListDialog(house, dialog);
  const form = formOf(dialog);
  // Its button is not there either.
  if (form === 'forward' && !house.mailer) return unknownAction(dialog.sender.locale);
  if (dialog.step === 'submit')
    return form && dialog.draft === undefined ? pressInForm(house, dialog, form) : submitted(house, dialog);
  if (dialog.verb === 'openForm' && form) return openForm(house, dialog, form);
  if (dialog.verb === 'phoneRequest') return beginCall(house, dialog.sender, 'dialog');
  return openDialog(house, dialog);
}

async function submitted(house: House, dialog: InboundDialog): Promise<Answer> {
  const { sender, verb, draft: id } = dialog;
  if (verb !== 'sendRequest' && verb !== 'editRequest') return unknownAction(sender.locale);
  const receipt: Receipt = { key: pressKey(dialog), at: house.clock.now(), outcome: null };
  return house.turns(turnOf(sender.person), async () => {
    const draft = id === undefined ? undefined : await house.store.draft(id);
    // Whose it is, is not told to anybody else.
    if (!draft?.arrival || (draft.preparedBy ?? draft.requester).id !== sender.person)
      return say(translate(sender.locale, 'chat.draftGone'));
    if (draft.arrival.kind === 'phone') return pressOnCall(house, dialog, draft, receipt, 'dialog');
    if (verb !== 'sendRequest') return unknownAction(sender.locale);
    return sendFromMessage(house, dialog, draft, receipt);
  });
}
