/** Where the app is used, and what it asks for there. */

import { type Manifest, type ManifestRule, repeated } from './rule.ts';

/** Everything of the manifest that says in which scopes it is used. */
function scopesOf(manifest: Manifest): string[] {
  const parts = [
    ...(manifest.bots ?? []),
    ...(manifest.staticTabs ?? []),
    ...(manifest.configurableTabs ?? []),
    ...(manifest.connectors ?? []),
  ];
  return parts.flatMap(({ scopes }) => (scopes ?? []).map(String));
}

/**
 * Two rules of the upload that no schema has: from 1.25 on an app with scope `team` must declare `supportsChannelFeatures`
 * (o365-moodle#3080), and must not name channel types any more (msteams-docs#14609).
 */
export const channelFeatures: ManifestRule = (manifest) => {
  const problems: string[] = [];
  if (scopesOf(manifest).includes('team') && manifest.supportsChannelFeatures !== 'tier1')
    problems.push(
      'supportsChannelFeatures is missing, and Teams refuses an app with the scope “team” without it: add "supportsChannelFeatures": "tier1" beside "bots".',
    );
  if (manifest.supportedChannelTypes !== undefined)
    problems.push(
      'supportedChannelTypes is forbidden from schema 1.25 on and blocks the upload: remove it; supportsChannelFeatures takes its place.',
    );
  return problems;
};

/** What Sportello does not work without. */
export const neededScopes: ManifestRule = ({ bots = [] }) => {
  if (bots.length === 0) return ['bots is missing: declare the bot, or nobody can write to Sportello.'];
  return bots.flatMap(({ scopes }) => [
    ...(['personal', 'team', 'groupChat'] as const)
      .filter((scope) => !scopes.includes(scope))
      .map((scope) => `bots[0].scopes lacks “${scope}”, ${WHAT_FOR[scope]}: add it.`),
    ...repeated(scopes).map((scope) => `bots[0].scopes names “${scope}” twice: leave it in once.`),
  ]);
};

const WHAT_FOR = {
  personal: 'in which people write their requests',
  team: 'in whose channels the offices work',
  groupChat: 'which Teams needs to put a request’s card into a group chat',
} as const;

/** What is installed by default must be something that the app has. */
export const defaults: ManifestRule = (manifest) => {
  const scopes = scopesOf(manifest).map((scope) => scope.toLowerCase());
  const problems: string[] = [];
  const { defaultInstallScope: scope, defaultGroupCapability: group = {} } = manifest;
  if (scope !== undefined && scope !== 'meetings' && !scopes.includes(scope.toLowerCase()))
    problems.push(
      `defaultInstallScope is “${scope}”, a scope that the app does not have: take one of bots[0].scopes.`,
    );
  for (const [where, what] of Object.entries(group)) {
    if (where !== 'meetings' && !scopes.includes(where.toLowerCase()))
      problems.push(
        `defaultGroupCapability names “${where}”, a scope that the app does not have: remove it.`,
      );
    const part = { bot: manifest.bots, tab: manifest.configurableTabs, connector: manifest.connectors }[
      String(what)
    ];
    if (!part?.length)
      problems.push(`defaultGroupCapability.${where} is “${what}”, and the app has no ${what}: take “bot”.`);
  }
  return problems;
};

/** A resource-specific permission is granted to the Entra application that `webApplicationInfo` names. */
export const permissions: ManifestRule = (manifest) => {
  const asked = manifest.authorization?.permissions?.resourceSpecific ?? [];
  const problems = repeated((manifest.permissions ?? []).map(String)).map(
    (name) => `permissions names “${name}” twice: leave it in once.`,
  );
  problems.push(
    ...repeated(asked.map(({ name }) => name)).map(
      (name) => `authorization asks for “${name}” twice: leave it in once.`,
    ),
  );
  for (const { name } of asked) {
    if (!/^[A-Za-z]+(\.[A-Za-z]+)+\.(Group|Chat|User)$/.test(name))
      problems.push(
        `authorization asks for “${name}”, which is no resource-specific permission: their names end in .Group, .Chat or .User.`,
      );
  }
  if (asked.length === 0) return problems;
  const { id, resource } = manifest.webApplicationInfo ?? {};
  if (id === undefined || !resource?.trim())
    problems.push(
      'authorization asks for resource-specific permissions, and webApplicationInfo does not say for which Entra application: add webApplicationInfo with the bot’s id and a resource (any text will do).',
    );
  return problems;
};
