/** A headless Chromium that reaches nothing but this machine, and pictures of what it showed when a test failed. */

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { after, type TestContext } from 'node:test';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

/** Where failed tests leave their pictures; git ignores it. */
const PICTURES = join(import.meta.dirname, '../../out/e2e');
const PATIENCE_MS = 15_000;

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Chromium never asks a proxy for loopback: everything else ends at a port where nobody listens.
  '--proxy-server=127.0.0.1:9',
];

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ...['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((variable) => {
    const root = process.env[variable];
    return root === undefined
      ? []
      : [
          join(root, 'Google/Chrome/Application/chrome.exe'),
          join(root, 'Microsoft/Edge/Application/msedge.exe'),
        ];
  }),
];

/**
 * Path of a browser of the Chromium family on this machine: `CHROMIUM_PATH`, the usual places, the search path.
 *
 * @throws Error with a sentence that says what to do
 */
export function findChromium(env: Readonly<Record<string, string | undefined>> = process.env): string {
  const asked = env.CHROMIUM_PATH;
  if (asked !== undefined && asked !== '') {
    if (existsSync(asked)) return asked;
    throw new Error(`CHROMIUM_PATH names ${asked}, where there is no file.`);
  }
  const onPath = (env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => NAMES.map((name) => join(folder, name)));
  const found = [...PLACES, ...onPath].find((path) => existsSync(path));
  if (found !== undefined) return found;
  throw new Error(
    'The end-to-end tests need Chromium, Chrome or Edge, and found none. Install one (on Debian: apt-get install chromium), or set CHROMIUM_PATH to its program file.',
  );
}

let browser: Promise<Browser> | undefined;

/** One browser for the tests of a file; every window in it has a profile of its own. */
function theBrowser(): Promise<Browser> {
  browser ??= chromium.launch({ executablePath: findChromium(), headless: true, args: ARGS });
  return browser;
}
after(async () => {
  await (await browser)?.close();
});

export type WindowOptions = Pick<BrowserContextOptions, 'viewport' | 'locale' | 'colorScheme'>;

export type Windows = {
  /** Opens a window of its own: nothing is shared with another one but the server. */
  open(url: string, options?: WindowOptions): Promise<Page>;
  /** Takes a picture of each window, for whoever has to find out why a test failed. */
  photograph(t: TestContext): Promise<void>;
  close(): Promise<void>;
};

/** The windows of one test. The test fails where a page broke, or tried to reach something beyond this machine. */
export function createWindows(): Windows {
  const pages: Page[] = [];
  const outside: string[] = [];
  const broken: string[] = [];

  const watch = (page: Page) => {
    pages.push(page);
    page.on('websocket', (socket) => check(socket.url()));
    page.on('pageerror', (error) => broken.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error' && /Content.Security.Policy/i.test(message.text()))
        broken.push(message.text());
    });
  };
  const check = (url: string) => {
    if (!isHere(url)) outside.push(url);
  };

  return {
    async open(url, options = {}) {
      const context = await (await theBrowser()).newContext({
        locale: 'it-IT',
        timezoneId: 'Europe/Rome',
        viewport: { width: 1440, height: 900 },
        ...options,
      });
      context.setDefaultTimeout(PATIENCE_MS);
      context.on('page', watch);
      context.on('request', (request) => check(request.url()));
      const page = await context.newPage();
      await page.goto(url);
      return page;
    },
    photograph: (t) => photograph(t, pages),
    async close() {
      await Promise.all([...new Set(pages.map((page) => page.context()))].map((context) => context.close()));
      assert.deepEqual(outside, [], 'nothing beyond this machine is asked for');
      assert.deepEqual(broken, [], 'no page breaks');
    },
  };
}

function isHere(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return (
    ['about:', 'data:', 'blob:'].includes(protocol) || ['127.0.0.1', 'localhost', '[::1]'].includes(hostname)
  );
}

async function photograph(t: TestContext, pages: readonly Page[]): Promise<void> {
  await mkdir(PICTURES, { recursive: true });
  const name = t.name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .slice(0, 80);
  for (const [index, page] of pages.entries()) {
    if (page.isClosed()) continue;
    const path = join(PICTURES, `${name}-${index + 1}.png`);
    await page.screenshot({ path });
    t.diagnostic(`picture: ${path}`);
  }
}
