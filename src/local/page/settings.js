// @ts-check
/** How this browser wants the page: language, theme, age of the client. The address line may override each of them. */

import { textsFor } from './texts.js';

/**
 * @typedef {'desktop' | 'ios' | 'android' | 'old'} Client `old` knows cards of version 1.2 only
 *
 * @typedef {object} Settings
 * @property {'it' | 'en'} language
 * @property {string} locale sent to the bot as the client's locale
 * @property {import('./texts.js').Texts} texts
 * @property {Client} client cards are shown as by this kind of client
 * @property {(client: Client) => void} setClient
 * @property {(listener: () => void) => () => void} onChange called when cards have to be shown anew
 * @property {{ time: (ms: number) => string, day: (ms: number) => string, moment: (ms: number) => string,
 *   size: (bytes: number) => string }} format
 */

/**
 * Reads `?lang=it|en`, `?theme=dark|light` and `?client=ios|android|old` (also `?cards=1.2`), and the browser's own preferences for what is not there.
 * @returns {Settings}
 */
export function readSettings() {
  const query = new URLSearchParams(location.search);
  const asked = query.get('lang');
  const browser = asked === 'it' || asked === 'en' ? asked : navigator.language || 'en';
  const language = browser.toLowerCase().startsWith('it') ? 'it' : 'en';
  const locale = browser.includes('-') ? browser : language === 'it' ? 'it-IT' : 'en-GB';
  document.documentElement.lang = language;
  applyTheme(query.get('theme'));

  /** @type {Set<() => void>} */
  const listeners = new Set();
  /** @type {Settings} */
  const settings = {
    language,
    locale,
    texts: textsFor(language),
    client: clientIn(query),
    setClient(client) {
      if (settings.client === client) return;
      settings.client = client;
      const url = new URL(location.href);
      url.searchParams.delete('cards');
      if (client === 'desktop') url.searchParams.delete('client');
      else url.searchParams.set('client', client);
      history.replaceState(null, '', url);
      for (const listener of listeners) listener();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    format: formats(locale),
  };
  return settings;
}

/**
 * @param {URLSearchParams} query
 * @returns {Client}
 */
function clientIn(query) {
  const asked = query.get('client');
  if (asked === 'ios' || asked === 'android' || asked === 'old') return asked;
  return query.get('cards') === '1.2' ? 'old' : 'desktop';
}

/** @param {string | null} asked */
function applyTheme(asked) {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const apply = () => {
    document.documentElement.dataset.theme =
      asked === 'dark' || asked === 'light' ? asked : dark.matches ? 'dark' : 'light';
  };
  dark.addEventListener('change', apply);
  apply();
}

/**
 * @param {string} locale
 * @returns {Settings['format']}
 */
function formats(locale) {
  const time = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' });
  const day = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long' });
  const moment = new Intl.DateTimeFormat(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  });
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  return {
    time: (ms) => time.format(ms),
    day: (ms) => day.format(ms),
    moment: (ms) => moment.format(ms),
    size(bytes) {
      if (bytes < 1024) return `${bytes} B`;
      if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`;
      return `${number.format(bytes / 1024 / 1024)} MB`;
    },
  };
}
