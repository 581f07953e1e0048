/** The local clock: what time it is for everybody in local Teams, and for the bot if it is given the same clock. */

/** All that local Teams asks of a clock. Epoch milliseconds. */
export type Clock = { now(): number };

export type MovableClock = Clock & {
  /** Milliseconds by which the clock has been moved forward so far. */
  readonly offset: number;
  /** Moves the clock forward. Throws a RangeError for anything but a positive, finite number of milliseconds. */
  advance(ms: number): void;
};

/** Real time plus an offset that can only grow: a clock that went back would undo what was already due. */
export function createMovableClock(real: () => number = Date.now): MovableClock {
  let offset = 0;
  return {
    now: () => real() + offset,
    get offset() {
      return offset;
    },
    advance(ms) {
      if (!Number.isFinite(ms) || ms <= 0)
        throw new RangeError('The clock moves forward only: give a positive number');
      offset += ms;
    },
  };
}

/** ISO 8601 with the offset that the zone has at that moment. */
export function inZone(at: number, timeZone: string): string {
  const name = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
    .formatToParts(at)
    .find((part) => part.type === 'timeZoneName')?.value;
  const [, sign = '+', hours = '00', minutes = '00'] = /GMT([+-])(\d{2}):(\d{2})/.exec(name ?? '') ?? [];
  const offsetMs = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
  return `${new Date(at + offsetMs).toISOString().slice(0, -1)}${sign}${hours}:${minutes}`;
}
