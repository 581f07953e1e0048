/** What may stop working and does not mend by itself. */

/** Why something does not work. `alert-view.ts` says what to do about each. */
export const ALERT_CAUSES = [
  /** The subject, a person, cannot be written to: they do not have the app, or have blocked it. */
  'personWithoutApp',
  /** The bot is not in a team that holds queues’ channels; the subject is its id, and empty for the desk’s own. */
  'teamWithoutBot',
  /** The app is in the team and was not added to the private or shared channel of the subject, a queue. */
  'channelWithoutBot',
  /** The channel of the subject, a queue, is not there. */
  'channelGone',
  /** The channel of the subject, a queue, is not of the kind that it was, or that the desk's files say. */
  'channelTypeChanged',
  /** Nobody can be given a view of their own in the channel of the subject, a queue: its members are not known. */
  'membersUnknown',
  /** The desk has no queue of this name, and something was to be said in its channel. */
  'queueGone',
  /** Teams refused messages to the subject for another reason. */
  'deliveryRefused',
  /** The mail server would not take e-mail for addresses outside; which, is among what failed. */
  'mailRefused',
  /** Mail cannot be sent, or the mailbox not be read; the subject is `SMTP` or `IMAP`. */
  'mailDown',
  /** A mail broke what read it; the subject is its place in the mailbox. */
  'mailBroken',
  /** Messages have been tried in vain for a while. */
  'outboxStuck',
  /** The bot’s credentials are not accepted; the subject is the login server’s code. */
  'tokenRefused',
  /** The client secret ends; the subject is the day, and how many days before it was said. */
  'secretEnds',
  /** The certificate that the bot signs in with ends; the subject as above. */
  'certificateEnds',
  /** The desk's files hold a mistake, so that the desk before stays in use; the subject is the place, `file:line`. */
  'deskMistaken',
] as const;
export type AlertCause = (typeof ALERT_CAUSES)[number];
