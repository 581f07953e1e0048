// @ts-check
/** The page's own line icons and the pictures of the six reactions. No icon font, so that nothing has to be loaded. */

const SVG = 'http://www.w3.org/2000/svg';

/** Stroked paths in a box of 20 by 20. */
const LINES = {
  add: 'M10 4v12M4 10h12',
  attach: 'M14.5 9.2l-5 5a3 3 0 0 1-4.3-4.2l5.9-5.9a2 2 0 0 1 2.9 2.8l-5.8 5.8a1 1 0 0 1-1.5-1.4l5-5',
  apps: 'M4.5 4.5h4v4h-4zM11.5 4.5h4v4h-4zM4.5 11.5h4v4h-4zM13.5 11.5v4M11.5 13.5h4',
  at: 'M12.8 10a2.8 2.8 0 1 1-5.6 0a2.8 2.8 0 0 1 5.6 0zm0 0v1.2a1.9 1.9 0 0 0 3.7 0V10a6.5 6.5 0 1 0-2.6 5.2',
  channel: 'M7.5 4l-1.5 12M14 4l-1.5 12M4 7.5h12.5M3.5 12.5H16',
  chat: 'M4 5h12v8.5H9L5.5 16.5v-3H4z',
  chevron: 'M6 8l4 4l4-4',
  clock: 'M10 6v4.2l2.8 1.8M10 3.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13z',
  close: 'M5.5 5.5l9 9M14.5 5.5l-9 9',
  down: 'M10 4.5v11M5.5 11l4.5 4.5l4.5-4.5',
  delete: 'M5 6h10M8 6V4.5h4V6M6.2 6l.6 10h6.4l.6-10M8.8 8.5v5M11.2 8.5v5',
  edit: 'M4.5 15.5l.8-3.3L13 4.5l2.5 2.5l-7.7 7.7zM11.5 6l2.5 2.5',
  block: 'M10 3.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13zM5.4 5.4l9.2 9.2',
  file: 'M6 3.5h5l3.5 3.5v9.5H6zM11 3.5V7h3.5',
  link: 'M8.5 11.5a2.6 2.6 0 0 0 3.8 0l2.3-2.3a2.6 2.6 0 0 0-3.8-3.8l-.9.9M11.5 8.5a2.6 2.6 0 0 0-3.8 0l-2.3 2.3a2.6 2.6 0 0 0 3.8 3.8l.9-.9',
  lock: 'M5.5 9h9v7h-9zM7.2 9V7a2.8 2.8 0 0 1 5.6 0v2',
  more: 'M5 10h.01M10 10h.01M15 10h.01',
  quote: 'M8 6L4 10l4 4M4.5 10H12a4 4 0 0 1 4 4v1',
  react: 'M10 3.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13zM7.3 11.7a3.2 3.2 0 0 0 5.4 0M7.8 8h.01M12.2 8h.01',
  refresh: 'M15.5 8.5A5.8 5.8 0 0 0 5 7.5M4.7 4.5v3.3H8M4.5 11.5A5.8 5.8 0 0 0 15 12.5M15.3 15.5v-3.3H12',
  search: 'M9 4.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 0 0 0-9zM12.3 12.3l3.7 3.7',
  send: 'M4 4.5l13 5.5l-13 5.5l2-5.5zM6 10h5',
  warning: 'M10 3.8l7 12.2H3zM10 8.3v3.4M10 13.8h.01',
};

/** @typedef {keyof typeof LINES} IconName */

/**
 * @param {IconName} name
 * @returns {SVGElement}
 */
export function icon(name) {
  const svg = frame('icon');
  svg.append(shape('path', { d: LINES[name] }));
  return svg;
}

/** @param {import('../places.ts').ChannelType | undefined} type @returns {IconName} */
export function iconOfChannel(type) {
  return type === 'private' ? 'lock' : type === 'shared' ? 'link' : 'channel';
}

const FACE = { fill: '#ffcf4a', stroke: '#8a5a00', 'stroke-width': '0.8' };
const INK = { fill: 'none', stroke: '#5b3d00', 'stroke-width': '1.3', 'stroke-linecap': 'round' };
/** @type {[string, Record<string, string>]} */
const HEAD = ['circle', { cx: '10', cy: '10', r: '7.5', ...FACE }];

/** @type {Readonly<Record<string, readonly [string, Record<string, string>][]>>} */
const REACTIONS = {
  like: [
    [
      'path',
      {
        d: 'M7 9.2l2.6-5.4a1.7 1.7 0 0 1 2.1 1.9l-.4 2.6h3.5a1.5 1.5 0 0 1 1.5 1.8l-1 4.8a1.8 1.8 0 0 1-1.8 1.4H7zM3.5 9.2H7v7.1H3.5z',
        ...FACE,
      },
    ],
  ],
  heart: [
    [
      'path',
      {
        d: 'M10 16.3C4.5 12.5 3 10.2 3 7.6A3.6 3.6 0 0 1 10 6.2A3.6 3.6 0 0 1 17 7.6C17 10.2 15.5 12.5 10 16.3z',
        fill: '#e2445c',
        stroke: '#98182c',
        'stroke-width': '0.8',
      },
    ],
  ],
  laugh: [
    HEAD,
    ['path', { d: 'M6.3 8.3l1.7-.9M13.7 8.3l-1.7-.9', ...INK }],
    ['path', { d: 'M6.2 10.8h7.6a3.8 3.8 0 0 1-7.6 0z', fill: '#5b3d00' }],
  ],
  surprised: [
    HEAD,
    ['path', { d: 'M7.4 7.8h.01M12.6 7.8h.01', ...INK, 'stroke-width': '1.8' }],
    ['circle', { cx: '10', cy: '12.6', r: '1.9', fill: '#5b3d00' }],
  ],
  sad: [
    HEAD,
    ['path', { d: 'M7.4 8.2h.01M12.6 8.2h.01', ...INK, 'stroke-width': '1.8' }],
    ['path', { d: 'M7.2 13.6a3.2 3.2 0 0 1 5.6 0', ...INK }],
  ],
  angry: [
    ['circle', { cx: '10', cy: '10', r: '7.5', ...FACE, fill: '#ff9b57' }],
    ['path', { d: 'M6.2 7l2.2 1.2M13.8 7l-2.2 1.2M7.2 13.6a3.2 3.2 0 0 1 5.6 0', ...INK }],
  ],
};

/** The reactions of Teams' own picker, by the names the Bot Framework uses. */
export const REACTION_TYPES = /** @type {const} */ (['like', 'heart', 'laugh', 'surprised', 'sad', 'angry']);

/**
 * The picture of a reaction, or `undefined` for a type that this page has no picture of.
 * @param {string} type
 * @returns {SVGElement | undefined}
 */
export function reactionPicture(type) {
  const shapes = REACTIONS[type];
  if (!shapes) return undefined;
  const svg = frame('reaction-picture');
  for (const [tag, attributes] of shapes) svg.append(shape(tag, attributes));
  return svg;
}

/** @param {string} className */
function frame(className) {
  const svg = /** @type {SVGElement} */ (document.createElementNS(SVG, 'svg'));
  svg.setAttribute('viewBox', '0 0 20 20');
  svg.setAttribute('class', className);
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('focusable', 'false');
  return svg;
}

/**
 * @param {string} tag
 * @param {Readonly<Record<string, string>>} attributes
 */
function shape(tag, attributes) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}
