/**
 * Draws every card into `out/cards/`, as local Teams shows them: each template with its sample data, and each card of
 * the gallery that the tests use; light and dark, in both languages, 320, 400 and 700 pixels wide. For looking at.
 *
 *     node scripts/cards.ts [part of a sheet's name]
 *     node scripts/cards.ts --samples
 *
 * The second writes the sample data beside the templates anew, from the views.
 *
 * Needs Chromium, Chrome or Edge: `CHROMIUM_PATH` names it where it is in no usual place.
 */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { compose } from '../src/cards/kit/render.ts';
import type { Locale } from '../src/domain/ticket.ts';
import { gallery, HARMLESS } from '../test/cards/gallery.ts';
import { samples as madeSamples } from '../test/cards/samples.ts';
import { sampleOf, samplePath, templates } from '../test/cards/templates.ts';
import { launchChromium } from '../test/support/chromium.ts';

const ROOT = join(import.meta.dirname, '..');
const OUT = join(ROOT, 'out', 'cards');
const ORIGIN = 'http://cards.invalid';
const PER_SHEET = 3;
const WIDTHS = [320, 400, 700];
type Sheet = { readonly name: string; readonly cards: readonly (readonly [string, unknown])[] };

/** Cards of one family on one sheet. */
function sheets(locale: Locale): Sheet[] {
  const families = new Map<string, [string, unknown][]>();
  for (const [name, { card }] of Object.entries(gallery(HARMLESS, locale))) {
    const family = name.split(':')[0] ?? name;
    families.set(family, [...(families.get(family) ?? []), [name, card]]);
  }
  return [...families].flatMap(([name, cards]) =>
    Array.from({ length: Math.ceil(cards.length / PER_SHEET) }, (_, sheet) => ({
      name: `${name.replaceAll(' ', '-')}-${sheet + 1}`,
      cards: cards.slice(sheet * PER_SHEET, (sheet + 1) * PER_SHEET),
    })),
  );
}

function samples(): Sheet {
  const cards = templates()
    .filter(({ isField }) => !isField)
    .map((one): [string, unknown] => [`${one.name}.sample.json`, compose(one.template, sampleOf(one))]);
  return { name: 'samples', cards };
}

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.html': 'text/html',
};

const PAGE = `<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="/page/tokens.css">
<link rel="stylesheet" href="/page/cards.css">
<style>body{margin:0;padding:16px;font:14px/20px var(--font);background:var(--ground);color:var(--text)}
.row{display:flex;gap:16px;align-items:flex-start;margin-bottom:20px}.row>.card{flex:none;max-width:none}
h2{font-size:12px;margin:0 0 6px;color:var(--muted)}</style>
<main></main><script src="/assets/markdown-it.js"></script><script src="/assets/adaptivecards.js"></script>
<script type="module">
document.documentElement.dataset.theme = location.hash.slice(1);
import { parseCard } from '/page/hostconfig.js';
window.draw = (cards, widths) => {
  const main = document.querySelector('main');
  main.replaceChildren();
  for (const [name, json] of cards) {
    const title = document.createElement('h2');
    title.textContent = name;
    const row = document.createElement('div');
    row.className = 'row';
    main.append(title, row);
    for (const width of widths) {
      const frame = document.createElement('div');
      frame.className = 'card';
      frame.style.width = width + 'px';
      row.append(frame);
      const body = document.createElement('div');
      body.className = 'card-body';
      frame.append(body);
      const card = parseCard(json, false);
      body.append(card.render());
      card.updateLayout();
    }
  }
};
</script>`;

const require = createRequire(import.meta.url);
const ASSETS: Readonly<Record<string, string>> = {
  '/assets/adaptivecards.js': 'adaptivecards/dist/adaptivecards.min.js',
  '/assets/markdown-it.js': 'markdown-it/browser',
};

/** The page, its libraries, and what it shares with the page of local Teams. */
function asset(path: string): { body: string; contentType: string } | undefined {
  if (path === '/') return { body: PAGE, contentType: 'text/html' };
  const library = ASSETS[path];
  const file = library ? require.resolve(library) : join(ROOT, 'src', 'local', path);
  if (!existsSync(file)) return undefined;
  return { body: readFileSync(file, 'utf8'), contentType: TYPES[extname(file)] ?? 'text/plain' };
}

if (process.argv[2] === '--samples') {
  const made = madeSamples();
  for (const one of templates())
    writeFileSync(samplePath(one), `${JSON.stringify(made[one.name], null, 2)}\n`);
  process.exit();
}

const wanted = process.argv[2] ?? '';
mkdirSync(OUT, { recursive: true });
const browser = await launchChromium();
try {
  const width = WIDTHS.reduce((sum, one) => sum + one + 16, 32);
  for (const theme of ['light', 'dark'] as const) {
    const page = await browser.newPage({ colorScheme: theme, viewport: { width, height: 200 } });
    page.on('pageerror', (error) => console.error(error));
    await page.route('**/*', async (route) => {
      const found = asset(new URL(route.request().url()).pathname);
      await route.fulfill(found ?? { status: 404, body: '' });
    });
    await page.goto(`${ORIGIN}/#${theme}`);
    for (const locale of ['it', 'en'] as const) {
      for (const sheet of [...sheets(locale), ...(locale === 'it' ? [samples()] : [])]) {
        const name = `${sheet.name}.${theme}.${locale}.png`;
        if (!name.includes(wanted)) continue;
        // biome-ignore lint/suspicious/noExplicitAny: `draw` is the page's own
        await page.evaluate(([cards, widths]) => (globalThis as any).draw(cards, widths), [
          sheet.cards,
          WIDTHS,
        ] as const);
        await page.screenshot({ path: join(OUT, name), fullPage: true });
        console.log(join('out', 'cards', name));
      }
    }
    await page.close();
  }
} finally {
  await browser.close();
}
