/** The kinds of what the desk sends. */

/** What is sent. The content is rendered from the state at sending time, so an older edit never overtakes. */
export type DeliveryKind =
  | 'draftCard'
  | 'queueCard'
  | 'requesterCard'
  | 'requesterNotice'
  | 'threadNotice'
  | 'personalNotice'
  /** A ticket's card that somebody opened in their own chat. */
  | 'personalCopy'
  /** Tells an administrator what has stopped working (N3). */
  | 'alertCard'
  | 'orphanPointer'
  /** An article that goes to an address outside. */
  | 'mail'
  /** Not sent to Teams: what its event means for another ticket is done there (T11). */
  | 'followUp';
