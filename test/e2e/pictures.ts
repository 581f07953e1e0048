/** Pictures that the story makes: what a member of staff attaches, and what the README shows. */

import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { Stage } from './stage.ts';

const PICTURE = join(import.meta.dirname, '../../docs/images/local-teams.png');

/** The requester and the owner side by side, as the README shows them. */
export async function takePicture(stage: Stage, owner: string): Promise<void> {
  const [giulia, agent] = await stage.sit([{ who: 'Giulia Moretti' }, { who: owner, channel: 'Ragioneria' }]);
  assert.ok(giulia && agent);
  await giulia.page.getByTestId('tools').click();
  const card = agent.card('aperta');
  await card.button('Rispondi al richiedente').waitFor();
  await card.root.evaluate((element) => element.closest('.thread')?.scrollIntoView());
  await giulia.page.mouse.move(0, 0);
  await giulia.page.screenshot({ path: PICTURE });
  await giulia.page.context().close();
}

/** What a member of staff would attach: a picture of the message that the program shows. */
export async function pictureOfAnError(page: Page): Promise<Buffer> {
  const other = await page.context().newPage();
  await other.setViewportSize({ width: 420, height: 150 });
  await other.setContent(
    `<body style="margin:0;font:14px sans-serif;background:#e8e8e8"><div style="background:#1d3c6e;color:#fff;padding:8px 12px">Contabilità – Emissione mandati</div>
     <p style="padding:0 16px"><b>Errore 2041</b><br>Beneficiario 5120: soggetto inesistente</p><p style="text-align:right;padding:0 16px"><button>OK</button></p></body>`,
  );
  const picture = await other.screenshot();
  await other.close();
  return picture;
}
