/** What a list asks for, in words: its title, and the conditions below it. */

import { type Asked, type AskedField, type Scope, STATE_GROUPS, STATES } from '../../domain/asked.ts';
import { PRIORITIES, TICKET_TYPES, type TicketType } from '../../domain/desk.ts';
import { translate } from '../../i18n/translate.ts';
import { type CardContext, nameOf, organisationName, queueName, serviceName } from '../kit/context.ts';

/** Whose tickets they are. */
export function scopeWords(scope: Scope, { locale }: CardContext): string {
  return translate(locale, `scope.${scope}`);
}

/** Each condition but the scope, as “State: new”. */
export function conditionWords(asked: Asked, context: CardContext): string[] {
  const { locale } = context;
  const fields = Object.keys(asked).filter(
    (field): field is Exclude<AskedField, 'scope'> => field !== 'scope',
  );
  return fields.map((field) => {
    const value = valueWords(field, asked[field] ?? '', context);
    return field === 'due' || field === 'week'
      ? value
      : translate(locale, 'list.condition', { name: translate(locale, `asked.${field}`), value });
  });
}

/** The value of a field as its form shows it. */
export function valueWords(field: AskedField, value: string, context: CardContext): string {
  const { desk, locale } = context;
  const list = (name: (id: string) => string) => nameOf(value.split(',').map(name).join(', '));
  switch (field) {
    case 'state':
      return isStateWord(value) ? translate(locale, `askedState.${value}`) : nameOf(value);
    case 'priority':
      return isPriorityWord(value) ? translate(locale, `priority.${value}`) : nameOf(value);
    case 'lock':
      return translate(locale, value === 'yes' ? 'askedLock.yes' : 'askedLock.no');
    case 'queue':
    case 'createdIn':
      return list((id) => queueName(desk, id));
    case 'type':
      return isTypeWord(value) ? translate(locale, `type.${value}`) : nameOf(value);
    case 'service':
      return list((id) => serviceName(context, id));
    case 'organisation':
      return list((id) => organisationName(desk, id));
    case 'owner':
    case 'responsible':
      return nameOf(desk.people.get(value)?.name ?? value);
    case 'due':
      return translate(locale, value === 'reminder' ? 'askedDue.reminder' : 'askedDue.escalated');
    case 'week':
      return translate(locale, value === 'closed' ? 'askedWeek.closed' : 'askedWeek.created');
    default:
      return `“${nameOf(value)}”`;
  }
}

type StateWord = (typeof STATES)[number] | keyof typeof STATE_GROUPS;

function isStateWord(value: string): value is StateWord {
  return STATES.some((state) => state === value) || Object.hasOwn(STATE_GROUPS, value);
}

function isPriorityWord(value: string): value is '1' | '2' | '3' | '4' | '5' {
  return PRIORITIES.some((priority) => String(priority) === value);
}

function isTypeWord(value: string): value is TicketType {
  return TICKET_TYPES.some((type) => type === value);
}
