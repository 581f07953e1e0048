/** Keeps a card below what Teams accepts, by what stands in its inputs: that is all of it that has no fixed bound. */

import type { Card } from './card.ts';
import { fitting } from './escape.ts';
import type { Field, FormData } from './fields.ts';

/** Teams wants cards below 28 KB; some room is left for what the connector puts around them. */
export const CARD_BYTES = 27_000;

/** Texts shorter than this together fit onto any card. */
const SURELY_FITS = 1_000;

/** Bytes allowed to the value of a short field, the first that lets the form fit. A legal answer fits the first. */
const SHORT_VALUE_BYTES = [1_500, 600, 200, 0];

export function sizeOf(card: Card): number {
  return Buffer.byteLength(JSON.stringify(card));
}

/**
 * The form with values that fit into `room` bytes. Short fields keep theirs; a long text that does not fit is shortened,
 * or left out where the server has it, and the field says so.
 *
 * @param expanded the form as it will stand in the card
 */
export function fitForm(form: FormData, room: () => number, expanded: (form: FormData) => Card): FormData {
  const typed = form.fields.reduce((sum, { value }) => sum + value.length, 0);
  if (typed <= SURELY_FITS || sizeOf(expanded(form)) <= room()) return form;
  const space = room();
  for (const bytes of SHORT_VALUE_BYTES) {
    const frame = withValues(form, (field) => (isLong(field) ? '' : fitting(field.value, bytes)));
    const left = space - sizeOf(expanded(frame));
    if (left < 0 && bytes > 0) continue;
    const share = Math.max(0, left) / Math.max(1, frame.fields.filter(isLong).length);
    return {
      ...frame,
      fields: frame.fields.map((field, index) => {
        const value = form.fields[index]?.value ?? '';
        return isLong(field) ? longField(field, value, share) : field;
      }),
    };
  }
  return form;
}

function isLong({ whenTooLong }: Field): boolean {
  return whenTooLong !== 'cut';
}

function withValues(form: FormData, valueFor: (field: Field) => string): FormData {
  return { ...form, fields: form.fields.map((field) => ({ ...field, value: valueFor(field) })) };
}

function longField(field: Field, value: string, bytes: number): Field {
  const fitted = fitting(
    value,
    Math.max(0, bytes - Buffer.byteLength(JSON.stringify(field.tooLongText)) - 200),
  );
  if (fitting(value, bytes) === value) return { ...field, value };
  return field.whenTooLong === 'leaveOut'
    ? { ...field, value: '', placeholder: field.tooLongText }
    : { ...field, value: fitted, hint: field.tooLongText };
}
