/** What is sent to Teams: a card, and the line that stands for it. */

/** An Adaptive Card as JSON. */
export type Card = Readonly<Record<string, unknown>>;

export type Outgoing = {
  readonly card: Card;
  /** One line for notification banners and old clients. */
  readonly summary: string;
  /** Makes itself noticed where it arrives, beside standing there; an edit never does. */
  readonly alert?: boolean;
};
