// @ts-check
/** Turns the text of messages and cards into something to look at. HTML in a text stays text. */

import { h } from './elements.js';

/** @typedef {import('../protocol.ts').MessageView} MessageView */

/** @type {typeof import('markdown-it').default} */
const markdownit = /** @type {any} */ (globalThis).markdownit;

// Pictures from elsewhere would tell a stranger who reads what; the page's CSP would refuse them anyway.
const messageMarkdown = markdownit({ html: false, linkify: true, breaks: true }).disable('image');

/** Cards in Teams know emphasis, lists and links, and nothing else of Markdown. */
const cardMarkdown = markdownit({ html: false, linkify: false, breaks: false }).disable([
  'backticks',
  'blockquote',
  'code',
  'fence',
  'heading',
  'hr',
  'image',
  'lheading',
  'reference',
  'strikethrough',
  'table',
]);

/**
 * @param {string} text
 * @returns {string} HTML without anything that the text itself could have smuggled in
 */
export function cardHtml(text) {
  return cardMarkdown.render(text);
}

/**
 * The body of a message.
 * @param {MessageView} message
 * @returns {HTMLElement}
 */
export function messageBody(message) {
  const body = h('div', { class: 'text' });
  if (message.textFormat === 'markdown') body.innerHTML = messageMarkdown.render(message.text ?? '');
  else {
    body.classList.add('plain');
    body.append(...linked(message.text ?? ''));
  }
  showMentions(body);
  for (const anchor of body.querySelectorAll('a')) {
    anchor.target = '_blank';
    anchor.rel = 'noopener noreferrer';
  }
  return body;
}

/**
 * A line that says what a message is about, for lists, quotes and screen readers.
 * @param {MessageView} message
 * @param {import('./texts.js').Texts} texts
 * @returns {string}
 */
export function excerptOf(message, texts) {
  if (message.deleted) return texts.deleted;
  const text = (messageBody(message).textContent ?? '').trim();
  const line = text || message.summary || message.files.map((file) => file.name).join(', ') || texts.cardOnly;
  return line.length > 160 ? `${line.slice(0, 159)}…` : line;
}

/**
 * @param {string} text
 * @returns {Node[]}
 */
function linked(text) {
  // Trailing punctuation belongs to the sentence, not to the address.
  return text.split(/(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)\]’»])/g).map((part, index) => {
    if (index % 2 === 0) return document.createTextNode(part);
    return h('a', { href: part }, part);
  });
}

/**
 * `<at>Name</at>` arrives as text in both formats, because HTML is off.
 * @param {HTMLElement} body
 */
function showMentions(body) {
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  /** @type {Text[]} */
  const texts = [];
  while (walker.nextNode()) texts.push(/** @type {Text} */ (walker.currentNode));
  for (const node of texts) {
    if (!node.data.includes('<at>')) continue;
    const parts = node.data
      .split(/<at>([^<]*)<\/at>/g)
      .map((part, index) => (index % 2 === 0 ? part : h('span', { class: 'mention' }, part)));
    node.replaceWith(...parts);
  }
}
