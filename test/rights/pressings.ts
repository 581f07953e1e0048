/** What each verb needs to have its effect: of every verb there is, so that nobody forgets a new one. */

import { PERSON } from '../support/desk.ts';
import { MORNING } from '../support/tickets.ts';
import type { Pressings } from './allowed.ts';

/** Of another ticket of the same queue. */
export const OTHER = 99_999;
/** Counters of the tickets that are put there: those that are opened on the way count from 1. */
export const FIRST = 50_000;

const later = new Date(MORNING + 2 * 86_400_000).toISOString().slice(0, 10);
const FORM = {
  subject: 'Emissione mandati: soggetto inesistente',
  text: 'Non riesco a emettere i mandati, esce soggetto inesistente.',
  service: 'payment-orders',
  type: 'fault',
  organisation: 'comune',
  name: 'Maria Rinaldi',
  phone: '0371 409 204',
};
const everything = 'scope=all&words=segreto';

/** @param other number of another ticket of the same queue */
export function pressings(other: string): Pressings {
  return {
    claim: { on: 'free' },
    note: { on: 'free', inputs: { text: 'Sentito.' } },
    reply: {
      on: 'free',
      inputs: Object.fromEntries([
        ['text', 'Fatto?'],
        ['then', 'stay'],
      ]),
    },
    courtesy: { on: 'free' },
    classify: { on: 'free', inputs: { priority: '5', type: 'other', service: 'invoices' } },
    assign: { on: 'free', inputs: { to: PERSON.bruno, note: 'A te.' } },
    appoint: { on: 'free', inputs: { to: PERSON.dario } },
    changeRequester: { on: 'free', inputs: { requester: 'bruno.galli@comune.example.it' } },
    move: { on: 'free', inputs: { queue: 'raw', note: 'Da smistare.' } },
    release: {},
    close: { on: 'free', inputs: { text: 'Risolto.' } },
    review: { on: 'review', inputs: { text: 'Mancava il contratto.' } },
    wait: { on: 'free', inputs: { date: later, time: '10:00', note: '' } },
    resume: { on: 'waiting' },
    phoneMade: { on: 'free', inputs: { text: 'Sentita.' } },
    phoneReceived: { on: 'free', inputs: { text: 'Sentita.' } },
    contactFailed: { on: 'free', inputs: { text: '' } },
    forward: {
      on: 'free',
      inputs: { article: '3', to: 'assistenza@fornitore.example', text: 'Ci aiutate?' },
    },
    link: { on: 'free', inputs: { other } },
    merge: { on: 'free', inputs: { other } },
    split: {
      on: 'free',
      inputs: {
        article: '3',
        subject: 'Stampante del protocollo ferma',
        text: 'È ferma.',
        service: 'invoices',
      },
    },
    mark: { on: 'free', inputs: { article: '+3' } },
    watch: { on: 'free' },
    unwatch: {},
    bulk: { on: 'free', inputs: { what: 'assign', to: PERSON.bruno, note: 'A te.', list: 'scope=all' } },
    writeToOffice: { inputs: { text: 'Ancora niente.' } },
    withdraw: { inputs: { text: '' } },
    rate: { on: 'closed', inputs: { stars: '4' } },
    sendRequest: { draft: true, inputs: FORM },
    editRequest: { draft: true, inputs: FORM },
    withdrawDraft: { draft: true },
    newRequest: { draft: true },
    addToTicket: { draft: true },
    phoneRequest: {},
    noticeChoice: {},
    chooseNotices: { inputs: { queues: 'finance,taxes,systems,contact-centre', kinds: 'note' } },
    failures: {},
    retryDelivery: {},
    discardDelivery: {},
    retryDeliveries: {},
    showAlert: { inputs: { list: 'personWithoutApp' } },
    showTicket: {},
    openTicket: {},
    refresh: {},
    workView: {},
    openForm: { inputs: { form: 'mark' } },
    closeForm: { inputs: { form: 'note', text: 'Mai mandata.' } },
    useTemplate: { inputs: { template: 'thanks', text: '' } },
    history: {},
    attachments: {},
    comment: {},
    board: { inputs: { list: 'scope=all' } },
    list: { inputs: { list: everything } },
    search: { inputs: { scope: 'all', words: 'segreto' } },
    searchForm: { inputs: { list: everything } },
    searches: {},
    saveSearch: { inputs: { list: everything, name: 'mia' } },
    deleteSearch: { inputs: { list: everything } },
    selectTickets: { inputs: { list: 'scope=all', what: 'close' } },
    leaveBulk: { inputs: { list: 'scope=all', what: 'close' } },
  };
}
