/** Somebody who can be reached by e-mail only helps, and their answer stands on the card. */

import type { Pane } from '../support/browser-pane.ts';
import { forward } from './daily/deeds.ts';
import type { Stage } from './stage.ts';

const SUPPLIER = 'assistenza@fornitore.example';
const HELP = 'È un difetto noto: aggiornate il client alla 12.';

/** @param people `owner` and `other` look at the ticket’s channel */
export async function theSupplierAnswers(
  { step }: Stage,
  people: { readonly owner: Pane; readonly other: Pane; readonly outside: Pane; readonly number: string },
): Promise<void> {
  const { owner, other, outside, number } = people;
  const ticketOn = (pane: Pane) => pane.card(`${number} · aperta`);
  await step('W9 what is forwarded arrives outside, and the answer comes back to the card', async () => {
    await forward(ticketOn(owner), SUPPLIER, 'Ci aiutate?');
    await ticketOn(owner).shows('Inoltrata: la risposta arriverà qui.');
    const mail = (await outside.goOutside()).filter({ hasText: `[Ticket#${number}]` });
    for (const words of [`Per ${SUPPLIER}`, 'Ci aiutate?']) await mail.filter({ hasText: words }).waitFor();
    await mail.getByRole('button', { name: 'Rispondi' }).click();
    await mail.getByRole('textbox').fill(HELP);
    await mail.getByRole('button', { name: 'Invia' }).click();
    for (const agent of [owner, other]) await ticketOn(agent).shows('E-mail ricevuta', HELP);
    await outside.page.reload();
    await mail.filter({ hasText: HELP }).waitFor();
  });
}
