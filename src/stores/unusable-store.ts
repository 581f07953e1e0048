/**
 * The store cannot be used as configured: wrong `STORE_URL`, a file that is not ours, a version that does not fit. The
 * message is one sentence for the person who starts Sportello and says what to do; no stack is needed to act on it.
 */
export class UnusableStore extends Error {
  override readonly name = 'UnusableStore';
}
