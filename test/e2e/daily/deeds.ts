/** What the hands of an agent do on the card of an open ticket, each with the fewest clicks. */

import type { Card } from '../../support/browser-pane.ts';

export function take(card: Card): Promise<void> {
  return card.press('Prendi in carico');
}

export async function note(card: Card, text: string): Promise<void> {
  await card.press('Nota');
  await card.dialog.fill('Nota interna', text);
  await card.dialog.press('Salva la nota');
}

/** Waits until the moment that the form proposes. */
export async function wait(card: Card): Promise<void> {
  await card.press('In attesa fino a…');
  await card.dialog.press('Metti in attesa');
}

export async function setPriority(card: Card, priority: string): Promise<void> {
  await card.press('Priorità e tipo');
  await card.choose('Priorità', priority);
  await card.press('Salva');
}

export async function reply(card: Card, text: string): Promise<void> {
  await card.press('Rispondi al richiedente');
  await card.dialog.fill('Risposta al richiedente', text);
  await card.dialog.press('Invia la risposta');
}

export async function replyFrom(card: Card, template: string): Promise<void> {
  await startFrom(card, template);
  await card.dialog.press('Invia la risposta');
}

export async function replyFromAndClose(card: Card, template: string): Promise<void> {
  await startFrom(card, template);
  await card.dialog.choose('E poi', 'Chiudi come risolta');
  await card.dialog.press('Invia la risposta');
}

/** Opens the reply, and has a template fill it in. */
async function startFrom(card: Card, template: string): Promise<void> {
  await card.press('Rispondi al richiedente');
  await card.dialog.press(template);
  const filledIn = card.root.page().locator('textarea:not(:placeholder-shown)');
  await card.dialog.field('Risposta al richiedente').and(filledIn).waitFor();
}

export async function replyAndClose(card: Card, text: string): Promise<void> {
  await replyThen(card, text, 'Chiudi come risolta');
}

/** @param next what follows, as the form says it */
export async function replyThen(card: Card, text: string, next: string): Promise<void> {
  await card.press('Rispondi al richiedente');
  await card.dialog.fill('Risposta al richiedente', text);
  await card.dialog.choose('E poi', next);
  await card.dialog.press('Invia la risposta');
}

export async function closeUnsolved(card: Card, text: string): Promise<void> {
  await card.press('Chiudi');
  await card.dialog.fill('Testo di chiusura', text);
  await card.dialog.choose('Esito', 'Non risolta');
  await card.dialog.press('Chiudi la richiesta');
}

export async function callInVain(card: Card): Promise<void> {
  await card.pressFurther('Telefonata');
  await card.dialog.press('Non risponde');
}

export function resume(card: Card): Promise<void> {
  return card.pressFurther('Riprendi');
}

/** Marks the newest article as important. */
export async function mark(card: Card): Promise<void> {
  await card.pressFurther('Segna importante');
  await card.field(/^Comunicazione/).selectOption({ index: 1 });
  await card.press('Salva');
}

export async function appoint(card: Card, to: string): Promise<void> {
  await card.pressFurther('Cambia responsabile');
  await card.choose('Nuovo responsabile', to);
  await card.press('Cambia responsabile');
}

export async function changeRequester(card: Card, to: string): Promise<void> {
  await card.pressFurther('Cambia richiedente');
  await card.dialog.fill('Oppure nome ed e-mail', to);
  await card.dialog.press('Cambia richiedente');
}

export function unwatch(card: Card): Promise<void> {
  return card.press('Non seguire più');
}

export async function closeSilently(card: Card, text: string): Promise<void> {
  await card.press('Chiudi');
  await card.dialog.fill('Testo di chiusura', text);
  await card.dialog.field(/^Chiudi senza avvisare/).click();
  await card.dialog.press('Chiudi la richiesta');
  await card.dialog.press('Chiudi senza avvisare');
}

export function release(card: Card): Promise<void> {
  return card.pressFurther('Rilascia');
}

export async function assign(card: Card, to: string, text: string): Promise<void> {
  await card.pressFurther('Assegna');
  await card.dialog.choose('Assegna a', to);
  await card.dialog.fill('Nota per il collega', text);
  await card.dialog.press('Assegna');
}

export async function move(card: Card, queue: string): Promise<void> {
  await card.press('Sposta');
  await card.dialog.press(queue);
}

export async function noteCall(card: Card, text: string): Promise<void> {
  await card.pressFurther('Telefonata');
  await card.dialog.fill('Che cosa vi siete detti', text);
  await card.dialog.press('Ho chiamato');
}

/** @param newest the article that is the first of the list */
export async function splitOff(card: Card, newest = 1): Promise<void> {
  await card.pressFurther('Dividi');
  await card.dialog.field('Comunicazione da cui nasce').selectOption({ index: newest });
  await card.dialog.press('Prepara la nuova richiesta');
  await card.dialog.press('Apri la nuova richiesta');
}

export async function merge(card: Card, into: string): Promise<void> {
  await card.pressFurther('Collega o unisci');
  await card.dialog.fill('Numero dell’altra richiesta', into);
  await card.dialog.press('È un doppione: unisci');
}

export async function link(card: Card, to: string): Promise<void> {
  await card.pressFurther('Collega o unisci');
  await card.dialog.fill('Numero dell’altra richiesta', to);
  await card.dialog.press('Collega');
}

/** Sends the last communication that the requester reads outside. */
export async function forward(card: Card, to: string, text: string): Promise<void> {
  await card.pressFurther('Inoltra');
  await card.dialog.fill('A (indirizzi e-mail)', to);
  await card.dialog.fill('Messaggio (facoltativo)', text);
  await card.dialog.press('Invia');
}

export function watch(card: Card): Promise<void> {
  return card.press('Segui');
}

/** Opens the document to print, and closes it. */
export async function print(card: Card): Promise<void> {
  const context = card.root.page().context();
  const [tab] = await Promise.all([context.waitForEvent('page'), card.press('Stampa tutto')]);
  await tab.close();
}

export function showHistory(card: Card): Promise<void> {
  return card.pressFurther('Storico');
}
