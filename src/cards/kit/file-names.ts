/** Names of the files that came with a message, in one line. */

import type { AttachmentRef } from '../../domain/ticket.ts';
import { translate } from '../../i18n/translate.ts';
import { type CardContext, nameOf } from './context.ts';

const FILES_NAMED = 5;

export function fileNames(attachments: readonly AttachmentRef[], { locale }: CardContext): string {
  if (attachments.length === 0) return '';
  const named = attachments.slice(0, FILES_NAMED).map(({ name }) => nameOf(name));
  return `${translate(locale, 'label.attachments')}: ${named.join(', ')}${attachments.length > FILES_NAMED ? ', …' : ''}`;
}
