/** Says what is wrong with a field of the intake form, and what would be right. */

import type { FieldError } from '../../domain/intake/form.ts';
import type { Locale } from '../../domain/ticket.ts';
import { translate } from '../../i18n/translate.ts';

export function fieldErrorText(error: FieldError, locale: Locale): string {
  const { code, evidence = '', params = {}, suggestion } = error;
  const example = suggestion ?? translate(locale, `subjectExample.${error.example ?? 'fault'}`);
  return translate(locale, `error.${code}`, { found: evidence, example, ...params });
}
