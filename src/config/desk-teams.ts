/** What must be true of the teams that the desk lives in, and of the channels in them. */

import type { Findings } from './desk-findings.ts';
import { asMap } from './desk-names.ts';
import type { KeyPath } from './desk-problem.ts';
import type { DeskFile, Raw, RawMap } from './desk-yaml.ts';

type Written = { readonly file: DeskFile; readonly path: KeyPath; readonly team: RawMap };

/** The teams as written, that of the desk first. */
function teamsIn(on: Findings): Written[] {
  const written: Written[] = [];
  const add = (file: DeskFile, path: KeyPath, raw: Raw | undefined) => {
    if (raw !== undefined && !on.faulty(file, path)) written.push({ file, path, team: asMap(raw) });
  };
  on.onFile('desk.yaml', (file, { team }) => add(file, ['team'], team));
  on.onFile('queues.yaml', (file, queues) => {
    for (const [queue, value] of Object.entries(queues)) add(file, [queue, 'team'], asMap(value).team);
  });
  return written;
}

/** One team has one id and one group: of two that share only one of them, one was copied from elsewhere. */
export function checkTeams(on: Findings): void {
  const earlier: Written[] = [];
  for (const { file, path, team } of teamsIn(on)) {
    for (const [shared, other] of [
      ['id', 'groupId'],
      ['groupId', 'id'],
    ] as const) {
      const same = earlier.find((one) => alike(one.team[shared], team[shared]));
      if (same === undefined || alike(same.team[other], team[other])) continue;
      const { line } = same.file.placeOfKey(same.path);
      on.report(
        file,
        [...path, other],
        `has a team with the ${shared} of the one in ${same.file.name}, line ${line}, and another ${other}. Copy both from “Get link to team” of the team that is meant.`,
      );
    }
    earlier.push({ file, path, team });
  }
}

function alike(one: Raw | undefined, other: Raw | undefined): boolean {
  return typeof one === 'string' && typeof other === 'string' && one.toLowerCase() === other.toLowerCase();
}

/** A team's first channel has the id of the team, and is everybody's. */
export function checkGeneralChannels(on: Findings): void {
  const general = new Set(teamsIn(on).map(({ team }) => team.id));
  on.onFile('queues.yaml', (file, queues) => {
    for (const [queue, value] of Object.entries(queues)) {
      const { channel, channelType = 'standard' } = asMap(value);
      if (channelType === 'standard' || channel === undefined || !general.has(channel)) continue;
      if (on.faulty(file, [queue, 'channel']) || on.faulty(file, [queue, 'channelType'])) continue;
      on.report(
        file,
        [queue, 'channelType'],
        `has ${String(channelType)} as "channelType", but its channel is the General channel of its team, which the whole team sees. Give the queue a ${String(channelType)} channel of its own, or remove the line.`,
      );
    }
  });
}
