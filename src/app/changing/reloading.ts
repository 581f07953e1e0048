/** The desk's files have changed while the bot is at work (A5): another desk takes over, or the one before stays. */

import type { Desk } from '../../domain/desk.ts';
import type { House } from '../house.ts';
import type { ChangingDesk } from '../open-desk.ts';
import { retime } from './retime.ts';

/** A mistake in the files, said for whoever writes them. */
export type DeskMistake = { readonly file: string; readonly line?: number; readonly message: string };

export type Reloading = {
  /** Puts another desk in the place of the one in use, and goes over the open tickets by it. */
  useDesk(desk: Desk): Promise<void>;
  /** The files cannot be used: the desk in use stays, and the administrators are told where the first mistake is. */
  keepDesk(mistakes: readonly DeskMistake[]): void;
  /** Goes over the open tickets: the desk may have changed while nobody was at work. */
  overlook(): Promise<void>;
};

/** Between two pages of what is only looked at in case: 10,000 tickets take some three minutes, and nobody notices. */
const LEISURE_MS = 500;

/**
 * @param ended true once the bot is being stopped
 * @param later runs something after so many milliseconds
 */
export function createReloading(
  house: House,
  openDesk: ChangingDesk,
  ended: () => boolean,
  later: (run: () => void, ms: number) => unknown,
): Reloading {
  const { log, troubles } = house;

  async function overlook(rest?: () => Promise<void>): Promise<void> {
    const sooner = await retime(house, ended, rest);
    log.info({ sooner }, 'open tickets were gone over by the desk in use');
  }

  return {
    overlook: () => overlook(() => new Promise((resolve) => later(resolve, LEISURE_MS))),
    async useDesk(desk) {
      openDesk.replace(desk);
      troubles.deskMistaken(undefined);
      log.info({}, 'the desk is the one in its files');
      await overlook();
    },
    keepDesk(mistakes) {
      openDesk.keep();
      const [first] = mistakes;
      if (!first) return;
      const { file, line } = first;
      const place = line === undefined ? file : `${file}:${line}`;
      troubles.deskMistaken({ place, reason: first.message });
      log.error(
        { mistakes: mistakes.length, place },
        'the desk’s files cannot be used: the desk before stays',
      );
    },
  };
}
