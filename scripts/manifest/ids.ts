/** The ids of app and bot. That they are GUIDs the schema says. */

import type { Manifest, ManifestRule } from './rule.ts';

const NOBODY = /^0{8}-(0{4}-){3}0{12}$/;

/** @returns where an id of the bot stands, and the id */
function botIdsOf(manifest: Manifest): (readonly [where: string, id: string])[] {
  const ids: (readonly [string, string | undefined])[] = [
    ...(manifest.bots ?? []).map(({ botId }, at) => [`bots[${at}].botId`, botId] as const),
    ...(manifest.composeExtensions ?? []).map(
      ({ botId }, at) => [`composeExtensions[${at}].botId`, botId] as const,
    ),
    ['webApplicationInfo.id', manifest.webApplicationInfo?.id],
  ];
  return ids.filter((one): one is readonly [string, string] => one[1] !== undefined);
}

/** @param botId the bot's application id, in whose name tokens are made out */
export function idsOf(botId: string): ManifestRule {
  return (manifest) => {
    const problems = botIdsOf(manifest)
      .filter(([, id]) => id.toLowerCase() !== botId.toLowerCase())
      .map(
        ([where, id]) =>
          `${where} is ${id}, but must be the bot’s application id (${botId} here): write the placeholder of BOT_ID there.`,
      );
    if (NOBODY.test(manifest.id))
      problems.push('id consists of zeros and is nobody’s: write the placeholder of TEAMS_APP_ID there.');
    if ((manifest.composeExtensions ?? []).some(({ botId: own }) => own === undefined))
      problems.push('composeExtensions[0].botId is missing: write the placeholder of BOT_ID there.');
    return problems;
  };
}
