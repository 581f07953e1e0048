// @ts-check
/** Builds elements. Text always goes in as text: nothing here parses markup. */

/** @typedef {Node | string | null | undefined | false} Child */

let counter = 0;

/**
 * An id that no other element of this page has.
 * @param {string} prefix
 * @returns {string}
 */
export function uniqueId(prefix) {
  counter += 1;
  return `${prefix}-${counter}`;
}

/**
 * An element with attributes and children. `on<event>` entries become listeners, `true` an empty attribute,
 * `false`, `null` and `undefined` are left out.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Readonly<Record<string, unknown>>} [attributes]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on') && typeof value === 'function') {
      element.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
    } else {
      element.setAttribute(name, value === true ? '' : String(value));
    }
  }
  append(element, children);
  return element;
}

/**
 * @param {Element} parent
 * @param {readonly Child[]} children
 */
export function append(parent, children) {
  for (const child of children) {
    if (child !== null && child !== undefined && child !== false) parent.append(child);
  }
}

/**
 * Replaces all children.
 * @param {Element} parent
 * @param {...Child} children
 */
export function fill(parent, ...children) {
  parent.replaceChildren();
  append(parent, children);
}

/**
 * A button that shows only an icon and carries its name for those who do not see it.
 * @param {SVGElement} icon
 * @param {string} label
 * @param {Readonly<Record<string, unknown>>} [attributes]
 * @returns {HTMLButtonElement}
 */
export function iconButton(icon, label, attributes = {}) {
  return h(
    'button',
    {
      type: 'button',
      ...attributes,
      class: `icon-button ${attributes.class ?? ''}`.trim(),
      'aria-label': label,
      title: label,
    },
    icon,
  );
}
