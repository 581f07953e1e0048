/** The Chromium of this machine, headless, for tests and for drawing cards. */

import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

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
    'This needs Chromium, Chrome or Edge, and found none. Install one (on Debian: apt-get install chromium), or set CHROMIUM_PATH to its program file.',
  );
}

/**
 * Starts it, so that it reaches nothing but this machine.
 *
 * @throws Error with a sentence that says what to do when there is none
 */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: findChromium(), headless: true, args: ARGS });
}
