/** A headless Chromium that reaches nothing but this machine, and pictures of what it showed when a test failed. */

import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, type TestContext } from 'node:test';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { launchChromium } from './chromium.ts';

/** Where failed tests leave their pictures; git ignores it. */
const PICTURES = join(import.meta.dirname, '../../out/e2e');
const PATIENCE_MS = 15_000;

let browser: Promise<Browser> | undefined;

/** One browser for the tests of a file; every window in it has a profile of its own. */
function theBrowser(): Promise<Browser> {
  browser ??= launchChromium();
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
