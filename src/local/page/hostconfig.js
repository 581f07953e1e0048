// @ts-check
/** How cards look: sizes and distances near those of Teams, colours from the page's own light and dark tokens. */

import { cardHtml } from './richtext.js';

/** @type {typeof import('adaptivecards')} */
export const AdaptiveCards = /** @type {any} */ (globalThis).AdaptiveCards;

/** Teams shows cards up to this version. */
const NEWEST = AdaptiveCards.Versions.v1_5;
/** What old mobile clients understand: they take what they do not know for unknown and use its `fallback`. */
const OLDEST = AdaptiveCards.Versions.v1_2;

AdaptiveCards.AdaptiveCard.onProcessMarkdown = (
  /** @type {string} */ text,
  /** @type {import('adaptivecards').IMarkdownProcessingResult} */ result,
) => {
  result.outputHtml = cardHtml(text);
  result.didProcess = true;
};
AdaptiveCards.GlobalSettings.setTabIndexAtCardRoot = false;
AdaptiveCards.GlobalSettings.allowMoreThanMaxActionsInOverflowMenu = true;

/**
 * Puts the renderer's own words into the page's language.
 * @param {import('./texts.js').Texts} texts
 */
export function nameControls(texts) {
  const words = AdaptiveCards.Strings.defaults;
  words.overflowButtonText = () => texts.moreActions;
  words.overflowButtonTooltip = () => texts.moreActions;
}

/** @param {string} name of the token, for text and for its quieter variant */
const colour = (name) => ({ default: `var(--card-${name})`, subtle: `var(--card-${name}-subtle)` });

const foregroundColors = {
  default: colour('text'),
  dark: colour('text'),
  light: colour('light'),
  accent: colour('accent'),
  good: colour('good'),
  warning: colour('warning'),
  attention: colour('attention'),
};

/** @param {string} name */
const container = (name) => ({
  backgroundColor: `var(--card-${name}-fill)`,
  borderColor: `var(--card-${name}-edge)`,
  foregroundColors,
});

const FONT = 'var(--font)';
const MONOSPACE = 'var(--font-mono)';
const fontSizes = { small: 12, default: 14, medium: 15, large: 18, extraLarge: 23 };
const fontWeights = { lighter: 300, default: 400, bolder: 600 };

const hostConfig = new AdaptiveCards.HostConfig({
  supportsInteractivity: true,
  choiceSetInputValueSeparator: ',',
  fontTypes: {
    default: { fontFamily: FONT, fontSizes, fontWeights },
    monospace: { fontFamily: MONOSPACE, fontSizes, fontWeights },
  },
  lineHeights: { small: 16, default: 20, medium: 21, large: 24, extraLarge: 30 },
  spacing: { small: 6, default: 10, medium: 16, large: 20, extraLarge: 24, padding: 14 },
  separator: { lineThickness: 1, lineColor: 'var(--card-line)' },
  imageSizes: { small: 32, medium: 52, large: 100 },
  imageSet: { imageSize: 'medium', maxImageHeight: 100 },
  containerStyles: {
    default: { ...container('default'), backgroundColor: 'transparent' },
    emphasis: container('emphasis'),
    accent: container('accent'),
    good: container('good'),
    warning: container('warning'),
    attention: container('attention'),
  },
  actions: {
    maxActions: 6,
    spacing: 'medium',
    buttonSpacing: 8,
    showCard: { actionMode: 'inline', inlineTopMargin: 12, style: 'emphasis' },
    preExpandSingleShowCardAction: false,
    actionsOrientation: 'horizontal',
    actionAlignment: 'left',
    iconPlacement: 'leftOfTitle',
    iconSize: 18,
  },
  adaptiveCard: { allowCustomStyle: false },
  inputs: {
    label: {
      inputSpacing: 'small',
      requiredInputs: { weight: 'bolder', suffix: ' *', suffixColor: 'attention' },
      optionalInputs: { weight: 'bolder' },
    },
    errorMessage: { color: 'attention', size: 'small', weight: 'default' },
  },
  factSet: {
    title: {
      color: 'default',
      size: 'default',
      isSubtle: true,
      weight: 'default',
      wrap: true,
      maxWidth: 150,
    },
    value: { color: 'default', size: 'default', isSubtle: false, weight: 'default', wrap: true },
    spacing: 14,
  },
  textBlock: { headingLevel: 3 },
  textStyles: {
    heading: { size: 'large', weight: 'bolder', color: 'default', isSubtle: false, fontType: 'default' },
    columnHeader: {
      size: 'default',
      weight: 'bolder',
      color: 'default',
      isSubtle: false,
      fontType: 'default',
    },
  },
  media: { allowInlinePlayback: false },
});

/**
 * Reads a card as the chosen client would.
 * @param {unknown} json
 * @param {import('./settings.js').Client} client
 * @returns {import('adaptivecards').AdaptiveCard | undefined} `undefined` for what is no card that Teams would show
 */
export function parseCard(json, client) {
  if (typeof json !== 'object' || json === null || !('type' in json) || json.type !== 'AdaptiveCard') {
    return undefined;
  }
  const card = new AdaptiveCards.AdaptiveCard();
  card.hostConfig = hostConfig;
  const version = client === 'old' ? OLDEST : NEWEST;
  card.parse(json, new AdaptiveCards.SerializationContext(version));
  // An old client shows what it can of a newer card; a card from the future is shown by nobody.
  if (card.version.compareTo(NEWEST) > 0) return undefined;
  // On iOS a required input keeps every button from working, whatever it says (AdaptiveCards#8585).
  if (client === 'ios') {
    for (const action of card.getAllActions())
      if (action instanceof AdaptiveCards.ExecuteAction) action.associatedInputs = 'auto';
  }
  for (const input of card.getAllInputs()) {
    if (input instanceof AdaptiveCards.NumberInput) acceptNoNumber(input);
  }
  return card;
}

/**
 * The renderer takes an empty field for a number below `min` or above `max`, also where none is required.
 * @param {import('adaptivecards').NumberInput} input
 */
function acceptNoNumber(input) {
  const isValid = input.isValid.bind(input);
  input.isValid = () => (!input.isRequired && !input.isSet()) || isValid();
}
