/** Addresses in the manifest: those that Teams opens inside itself, and the hosts that it may open. */

import { isIP } from 'node:net';
import { type Manifest, type ManifestRule, repeated } from './rule.ts';

/** Under these anybody can get a name, so a wildcard lets strangers in (Microsoft: domains outside your control). */
const SHARED = [
  'azurewebsites.net',
  'azurecontainerapps.io',
  'azurefd.net',
  'azurestaticapps.net',
  'blob.core.windows.net',
  'cloudapp.azure.com',
  'trafficmanager.net',
  'onmicrosoft.com',
  'sharepoint.com',
  'github.io',
  'netlify.app',
  'vercel.app',
  'herokuapp.com',
];
/** Lead to somebody's own computer. */
const TUNNELS = [
  'ngrok.io',
  'ngrok.app',
  'ngrok.dev',
  'ngrok-free.app',
  'devtunnels.ms',
  'loca.lt',
  'trycloudflare.com',
];

const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i;

function isUnder(host: string, domains: readonly string[]): boolean {
  return domains.some((domain) => host === domain || host.endsWith(`.${domain}`));
}

/** What is wrong with a name of the internet: local ones and bare addresses are reached by nobody's Teams. */
function hostProblem(host: string): string | undefined {
  if (isIP(host.replace(/^\[|\]$/g, '')) !== 0) return 'is the address of a machine: use its name';
  const labels = host.split('.');
  if (labels.length < 2 || labels.at(-1) === 'localhost' || labels.at(-1) === 'local')
    return 'is not a name of the internet: use the one that people’s devices reach';
  return labels.every((label) => LABEL.test(label)) ? undefined : 'is not the name of a host';
}

function domainProblem(entry: string): string | undefined {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(entry))
    return 'has a scheme: write the host alone, such as desk.example.org';
  if (entry.includes('/') || entry.includes('?') || entry.includes('#'))
    return 'has a path: write the host alone, such as desk.example.org';
  if (/:\d*$/.test(entry)) return 'has a port: write the host alone';
  if (entry.trim() !== entry || entry === '') return 'is empty or has blanks around it: write the host alone';
  const labels = entry.toLowerCase().split('.');
  const stars = labels.lastIndexOf('*') + 1;
  const fixed = labels.slice(stars).join('.');
  if (labels.slice(0, stars).some((label) => label !== '*') || fixed.includes('*'))
    return 'has * elsewhere than in place of the first words: it stands for one whole word each';
  const wrong = hostProblem(fixed);
  if (wrong !== undefined) return wrong;
  if (isUnder(fixed, TUNNELS))
    return 'leads through a tunnel to somebody’s computer: use the host that Sportello runs on';
  if (stars > 0 && SHARED.includes(fixed)) return 'lets in hosts of strangers: name your own host under it';
  return undefined;
}

/** Microsoft, “validDomains”: a wildcard stands for exactly one word of a name. */
function covers(entry: string, host: string): boolean {
  const wanted = entry.toLowerCase().split('.');
  const given = host.toLowerCase().split('.');
  return wanted.length === given.length && wanted.every((label, at) => label === '*' || label === given[at]);
}

/** What Teams opens inside itself. A link that leaves for the browser needs no entry. */
function pagesOf(manifest: Manifest): (readonly [where: string, address: string])[] {
  const pages: (readonly [string, string | undefined])[] = [
    ...(manifest.staticTabs ?? []).map(
      ({ contentUrl }, at) => [`staticTabs[${at}].contentUrl`, contentUrl] as const,
    ),
    ...(manifest.configurableTabs ?? []).map(
      ({ configurationUrl }, at) => [`configurableTabs[${at}].configurationUrl`, configurationUrl] as const,
    ),
    ...(manifest.connectors ?? []).map(
      ({ configurationUrl }, at) => [`connectors[${at}].configurationUrl`, configurationUrl] as const,
    ),
    ...(manifest.bots ?? []).flatMap(({ configuration }) =>
      (['team', 'groupChat'] as const).map(
        (where) =>
          [`bots[0].configuration.${where}.taskInfo.url`, configuration?.[where]?.taskInfo?.url] as const,
      ),
    ),
    ...(manifest.composeExtensions ?? []).flatMap(({ commands = [] }) =>
      commands.map(
        ({ taskInfo }, at) => [`composeExtensions[0].commands[${at}].taskInfo.url`, taskInfo?.url] as const,
      ),
    ),
  ];
  return pages.filter((page): page is readonly [string, string] => page[1] !== undefined);
}

/** The hosts that the manifest lets Teams open, and that whatever it opens is among them. */
export const validDomains: ManifestRule = (manifest) => {
  const { validDomains: entries = [] } = manifest;
  const problems = entries.flatMap((entry) => {
    const problem = domainProblem(entry);
    return problem === undefined ? [] : [`validDomains: “${entry}” ${problem}.`];
  });
  problems.push(
    ...repeated(entries).map((entry) => `validDomains names “${entry}” twice: leave it in once.`),
  );
  for (const [where, address] of pagesOf(manifest)) {
    const host = URL.parse(address)?.hostname;
    if (host === undefined) problems.push(`${where} is no complete address: begin it with https://.`);
    else if (!entries.some((entry) => covers(entry, host)))
      problems.push(`${where} opens ${host}, which is not among validDomains: add “${host}” there.`);
  }
  for (const { messageHandlers = [] } of manifest.composeExtensions ?? [])
    for (const domain of messageHandlers.flatMap(({ value }) => value.domains ?? [])) {
      const problem = domainProblem(domain);
      if (problem !== undefined) problems.push(`messageHandlers: “${domain}” ${problem}.`);
    }
  return problems;
};

/** Addresses of the developer that people open from the app's details. */
export const developerPages: ManifestRule = ({ developer, publisherDocsUrl }) =>
  (
    [
      ['developer.websiteUrl', developer.websiteUrl],
      ['developer.privacyUrl', developer.privacyUrl],
      ['developer.termsOfUseUrl', developer.termsOfUseUrl],
      ['publisherDocsUrl', publisherDocsUrl],
    ] as const
  ).flatMap(([where, address]) => {
    if (address === undefined) return [];
    const url = URL.parse(address);
    // The schema's pattern takes http as well; the documents do not.
    if (url?.protocol !== 'https:') return [`${where} is “${address}”: it must begin with https://.`];
    if (url.username !== '' || url.password !== '')
      return [`${where} has a user or password in it: remove them.`];
    const problem = hostProblem(url.hostname);
    return problem === undefined ? [] : [`${where}: “${url.hostname}” ${problem}.`];
  });
