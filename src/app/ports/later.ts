/** Waiting, by timers that a test can put in place of the machine's. */

/** Runs something after so many milliseconds; returns how to call it off. */
export type Later = (run: () => void, ms: number) => () => void;

export const LATE = Symbol('late');

/** What the work comes to, or `LATE` where it takes longer than so many milliseconds; it goes on all the same. */
export async function within<T>(later: Later, ms: number, work: Promise<T>): Promise<T | typeof LATE> {
  let callOff = () => {};
  const late = new Promise<typeof LATE>((resolve) => {
    callOff = later(() => resolve(LATE), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    callOff();
  }
}
