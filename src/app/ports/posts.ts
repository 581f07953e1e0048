/** Posts whose id Teams has not told yet. */

import type { Post } from './delivery.ts';

/**
 * In place of an activity's id: Teams took the card and did not say under which one. It stands there, and can be neither
 * edited nor answered until somebody's press tells its id.
 */
const UNTOLD = '';

export function isTold({ activity }: Post): boolean {
  return activity !== UNTOLD;
}

/** In channels the same post is named with and without its thread. */
export function samePost(a: Post, b: Post): boolean {
  return isTold(a) && a.activity === b.activity && sameRoom(a, b);
}

/** Whether both stand in the same chat, or in the same channel. */
export function sameRoom(a: Post, b: Post): boolean {
  const room = ({ conversation }: Post) => conversation.split(';')[0];
  return room(a) === room(b);
}
