/** Says a refusal in the person's language, with what to do instead. */

import type { Refusal } from '../../domain/refusals.ts';
import type { Locale } from '../../domain/ticket.ts';
import { type TextParams, translate } from '../../i18n/translate.ts';
import { formatSize, formatWhen } from '../../i18n/when.ts';
import type { House } from '../house.ts';

export function refusalText(house: House, refusal: Refusal, locale: Locale): string {
  const { code, ...params } = refusal;
  const when =
    'since' in params
      ? { when: formatWhen(params.since, locale, house.desk.timeZone, house.clock.now()) }
      : {};
  const sizes =
    refusal.code === 'filesTooLarge'
      ? { size: formatSize(refusal.size, locale), limit: formatSize(refusal.limit, locale) }
      : {};
  return translate(locale, `refusal.${code}`, { ...(params as TextParams), ...when, ...sizes });
}
