/** The sample data beside the templates, made by the views, so that they cannot drift apart from what cards are made of. */

import { attachmentsView } from '../../src/cards/dialogs/attachments-view.ts';
import { formDialogView } from '../../src/cards/dialogs/form-dialog-view.ts';
import { historyView } from '../../src/cards/dialogs/history-view.ts';
import {
  choicesField,
  type Field,
  fieldData,
  momentField,
  personField,
  toggleField,
} from '../../src/cards/kit/fields.ts';
import { boardView } from '../../src/cards/lists/board-view.ts';
import { insertedView } from '../../src/cards/lists/inserted-view.ts';
import { listView } from '../../src/cards/lists/list-view.ts';
import { personalNoticeView, pointerView } from '../../src/cards/notices/agent-notice-view.ts';
import { escalationView } from '../../src/cards/notices/escalation-view.ts';
import { requesterNoticeView } from '../../src/cards/notices/requester-notice-view.ts';
import { textView } from '../../src/cards/notices/text-view.ts';
import { queueForm } from '../../src/cards/queue/queue-forms.ts';
import { queueView } from '../../src/cards/queue/queue-view.ts';
import { draftView } from '../../src/cards/requester/draft-view.ts';
import { requestView } from '../../src/cards/requester/request-view.ts';
import { whichTicketView } from '../../src/cards/requester/which-ticket-view.ts';
import { actorFor } from '../../src/domain/rights.ts';
import { PERSON } from '../support/desk.ts';
import { contextFor, draftOf, draftValues, file, story, HARMLESS as typed } from './gallery.ts';
import { aBoard, aList } from './gallery-finding.ts';

/** For each template what `<name>.sample.json` holds. */
export function samples(): Readonly<Record<string, object>> {
  const context = contextFor('it');
  const { fresh, taken, noted, waiting, answered } = story(typed);
  const draft = draftOf(typed);
  const by = { id: PERSON.anna, name: typed.agentName };
  const anna = actorFor(context.desk, by);
  const dario = actorFor(context.desk, { id: PERSON.dario, name: '' });
  const link = 'https://teams.microsoft.com/l/message/19%3Afinance%40thread.tacv2/1';
  const print = {
    public: 'https://desk.example.it/print/1?scope=public',
    everything: 'https://desk.example.it/print/1?scope=everything',
  };
  const [text, then] = queueForm('reply', taken.ticket, context).fields;
  const closed = { reopensAt: context.now + 19.5 * 3_600_000 };
  return {
    'agent-notice': personalNoticeView(
      { kind: 'assigned', ticket: answered.ticket, by, text: typed.assignNote, link },
      context,
    ),
    attachments: attachmentsView(
      answered.ticket,
      [{ file: file(typed.fileName), url: 'https://desk.example.it/attachments/aaaa' }],
      context,
    ),
    board: boardView(aBoard('In ritardo'), context),
    list: listView(aList({ ticket: fresh.ticket, typed: 'mandat' }), context),
    draft: draftView(
      {
        draft,
        values: draftValues(typed),
        missing: ['phone'],
        errors: {},
        queue: 'finance',
        chargeable: false,
        closed,
      },
      context,
    ),
    escalation: escalationView(
      { ticket: noted.ticket, deadline: 'firstResponse', share: 0.75, viewer: dario, link },
      context,
    ),
    'form-dialog': formDialogView(
      {
        form: 'reply',
        ticket: answered.ticket,
        seen: answered.ticket.version,
        state: {},
        notice: { text: typed.notice, tone: 'warning' },
      },
      context,
    ),
    'choice-field': fieldData(then as Field),
    'choices-field': fieldData(
      choicesField({
        id: 'tickets',
        label: 'Richieste',
        placeholder: 'Richieste',
        choices: [{ title: 'La stampante non stampa', value: '2026110510000019-1' }],
        error: 'Scegli almeno una richiesta.',
      }),
    ),
    'person-field': fieldData(
      personField({
        id: 'to',
        label: 'A chi',
        placeholder: 'Scegli o cerca per nome',
        choices: [{ title: typed.otherAgentName, value: PERSON.bruno }],
        among: 'conversation',
      }),
    ),
    'text-field': fieldData({ ...(text as Field), error: 'Manca il testo: scrivilo e riprova.' }),
    'date-field': fieldData(
      momentField('date', { id: 'date', label: 'Giorno', placeholder: '', value: '2026-11-06' }),
    ),
    'time-field': fieldData(
      momentField('time', { id: 'time', label: 'Ora', placeholder: '', value: '09:30' }),
    ),
    'toggle-field': fieldData(
      toggleField({ id: 'acceptCharge', label: 'Accetto', hint: 'L’intervento è a pagamento.' }),
    ),
    history: historyView(answered.ticket, answered.history, context),
    inserted: insertedView({ ticket: answered.ticket, reader: 'inside', link }, context),
    pointer: pointerView({ number: fresh.ticket.number, link }, context),
    queue: queueView(
      { ticket: waiting.ticket, viewer: anna, notice: { text: typed.notice, tone: 'good' }, print },
      context,
    ),
    request: requestView({ ...waiting, print: { public: print.public } }, context),
    'requester-notice': requesterNoticeView(
      { kind: 'waitingForYou', ticket: waiting.ticket, by, text: typed.reply },
      context,
    ),
    text: textView({
      title: 'Come funziona',
      paragraphs: ['Scrivi che cosa succede.', 'Aggiungi una schermata o un file.'],
      tone: 'good',
    }),
    'which-ticket': whichTicketView({ draft, candidates: [fresh.ticket] }, context),
  };
}
