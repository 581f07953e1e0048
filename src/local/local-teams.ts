/** Local Teams: one server that plays Microsoft Teams and its Bot Connector for one bot, on this machine only. */

import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { JWTPayload } from 'jose';
import { createActivities } from './activities.ts';
import { createBotActivityReader } from './bot-messages.ts';
import { type BotSettings, botSettings, checkedEndpoint } from './bot-settings.ts';
import { type Client, createClient } from './client.ts';
import type { MovableClock } from './clock.ts';
import { type ConnectorCall, createConnector } from './connector.ts';
import { createConnectorMessages } from './connector-messages.ts';
import { createConnectorRoster } from './connector-roster.ts';
import { createConversations } from './conversations.ts';
import { BOT_TIMEOUT_MS, createDelivery, type Delivered } from './delivery.ts';
import { createDirectory } from './directory.ts';
import { createDoor } from './door.ts';
import { createExtension } from './extension.ts';
import type { Fault } from './fault.ts';
import { createFaults } from './faults.ts';
import { type History, openHistory } from './history.ts';
import { refusal, send } from './http.ts';
import { createIdentity, createSigningKey } from './identity.ts';
import { createLimits } from './limits.ts';
import { createLive, type Live } from './live.ts';
import type { MailSettings, Outside } from './outside.ts';
import { createPhones } from './phones.ts';
import type { LiveEvent, MessageView, Scenario } from './protocol.ts';
import { createRoutes } from './routes.ts';
import { createServiceAddress } from './service-address.ts';
import { NO_WHIMS, type Whims } from './whims.ts';

export type LocalTeamsOptions = {
  readonly scenario: Scenario;
  readonly clock: MovableClock;
  /** 0: any free port. */
  readonly port: number;
  /** SQLite file for the conversations, or `:memory:`. */
  readonly file: string;
  /** The bot's `/api/messages`; may be given later by `connectBot`. */
  readonly botEndpoint?: string;
  /** Called by a reset, before local Teams forgets: the owner wipes the bot's store. */
  readonly onReset?: () => Promise<void>;
  readonly onClockMoved?: (now: number) => void | Promise<void>;
  /** Where the page's files are; without it there is no page. */
  readonly pageDirectory?: string;
  /** IANA name; the machine's by default. */
  readonly timeZone?: string;
  /** How long the bot may take for an answer, 15 s by default. */
  readonly botTimeoutMs?: number;
  /** The bot's e-mail address; without it there is no mail. */
  readonly mailAddress?: string;
  /** Lifetime of the tokens that the bot gets, one hour by default. */
  readonly tokenSeconds?: number;
  /** Real time for the rate limits, in milliseconds. */
  readonly monotonicNow?: () => number;
  /** What happens only now and then, see `whims.ts`; nothing of it by default. */
  readonly whims?: Whims;
  /** Multiplies the rate limits; `Infinity` lifts them. For benchmarks only. */
  readonly limitFactor?: number;
};

export type LocalTeams = Client & {
  /** Without a slash at its end. */
  readonly url: string;
  /** Where the connector is, with region and tenant and a slash at its end, as activities say it now. */
  readonly serviceUrl: string;
  /** The connector moves to this region's address, as it may at any time. */
  moveService(region: string): void;
  /** Those of its mail are there where it has an address. */
  readonly settings: BotSettings & Partial<MailSettings>;
  /** Who gets the bot's mail; undefined where it has no address. */
  readonly outside: Outside | undefined;
  /** What the bot called on the connector, the newest last. Bounded. */
  readonly calls: readonly ConnectorCall[];
  /** Why the Teams apps on phones would not show cards that the bot gave away, each reason once. */
  readonly complaints: readonly string[];
  connectBot(endpoint: string): void;
  /** Id of a person's personal chat with the bot. */
  personalChat(aadObjectId: string): string;
  /** `29:…` id under which the bot knows a person. */
  teamsId(aadObjectId: string): string;
  /** Calls `listener` with what this person gets to see, until the returned function is called. */
  listen(as: string, listener: (event: LiveEvent) => void): () => void;
  /** The first message in this conversation, there already or still to come, of which `wanted` is true. */
  until(conversation: string, as: string, wanted: (message: MessageView) => boolean): Promise<MessageView>;
  /** Sends the bot any activity, signed like a true one. */
  deliver(activity: Readonly<Record<string, unknown>>): Promise<Delivered>;
  /** Signs any claims with the true key: for showing a bot tokens that are nearly right. */
  signToken(claims: JWTPayload): Promise<string>;
  addFault(fault: Fault): void;
  clearFaults(): void;
  /** Moves the clock and waits for `onClockMoved`. Resolves to the new time. */
  moveClock(ms: number): Promise<number>;
  reset(): Promise<void>;
  /** Resolves when nothing is on its way to the bot. */
  idle(): Promise<void>;
  close(): Promise<void>;
};

/** Starts to listen on 127.0.0.1, and nowhere else. Throws where the scenario or an option makes no sense. */
export async function startLocalTeams(options: LocalTeamsOptions): Promise<LocalTeams> {
  const { scenario, clock } = options;
  const directory = createDirectory(scenario);
  const limits = createLimits(options.monotonicNow, options.limitFactor);
  let endpoint = options.botEndpoint === undefined ? undefined : checkedEndpoint(options.botEndpoint);
  const history = openHistory(options.file);
  const key = await createSigningKey();

  let handle = (_: IncomingMessage, response: ServerResponse): Promise<void> => {
    send(response, refusal(503, 'ServiceUnavailable', 'Local Teams is starting.'));
    return Promise.resolve();
  };
  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      if (!response.destroyed && !closing.signal.aborted) console.error('Local Teams:', error);
      send(response, refusal(500, 'ServiceError', 'Local Teams failed; see its output.'));
    });
  });
  const closing = new AbortController();
  server.listen(options.port, '127.0.0.1');
  await once(server, 'listening').catch((error: unknown) => {
    history.close();
    throw error;
  });

  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { appId } = scenario.bot;
  const appPassword = randomBytes(24).toString('base64url');
  // What was due yesterday must not be undone by a restart.
  const aheadBefore = history.clockOffset() - clock.offset;
  if (aheadBefore > 0) clock.advance(aheadBefore);

  const live = createLive();
  const outside = await outsideOf(options.mailAddress, { history, live, clock });
  const faults = createFaults();
  const { whims = NO_WHIMS } = options;
  const service = createServiceAddress(url, scenario.tenantId);
  const serviceUrl = service.current;
  const identity = createIdentity({
    url,
    serviceUrl,
    key,
    appId,
    appPassword,
    tenantId: scenario.tenantId,
    tokenSeconds: options.tokenSeconds ?? 3_600,
  });
  const conversations = createConversations({ directory, history, live, clock });
  const delivery = createDelivery({
    endpoint: () => endpoint,
    tokenForBot: identity.tokenForBot,
    timeoutMs: options.botTimeoutMs ?? BOT_TIMEOUT_MS,
  });
  const timeZone = options.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const activities = createActivities({ directory, serviceUrl, filesUrl: url, timeZone, whims });
  const phones = createPhones((complaint) =>
    console.error(`Local Teams: the apps on phones would not show a card of this bot. ${complaint}`),
  );
  const extension = createExtension({ commands: scenario.bot.commands, activities, delivery, phones });
  const client = createClient({
    directory,
    history,
    conversations,
    activities,
    delivery,
    extension,
    live,
    clock,
    mail: outside !== undefined,
    phones,
  });
  const read = createBotActivityReader({ directory, history, url, phones });
  const connector = createConnector({
    identity,
    faults,
    whims,
    limits,
    messages: createConnectorMessages({ directory, history, conversations, limits, read, whims }),
    roster: createConnectorRoster({ directory, history, limits }),
    appId,
    closing: closing.signal,
  });

  const moveClock = async (ms: number) => {
    clock.advance(ms);
    history.setClockOffset(clock.offset);
    live.publish({ type: 'clock', now: clock.now() }, 'everybody');
    await options.onClockMoved?.(clock.now());
    return clock.now();
  };
  const reset = async () => {
    faults.clear();
    await options.onReset?.();
    history.clear();
    extension.clear();
    limits.clear();
    live.publish({ type: 'reset' }, 'everybody');
  };
  const routes = createRoutes({ client, live, history, faults, outside, moveClock, reset });

  handle = createDoor({
    identity,
    connector,
    service,
    routes,
    ...(options.pageDirectory === undefined ? {} : { pageDirectory: options.pageDirectory }),
  });

  let closed: Promise<void> | undefined;
  const close = async () => {
    closing.abort();
    delivery.close();
    live.close();
    faults.clear();
    const stopped = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await Promise.all([stopped, outside?.close()]);
    await delivery.idle();
    history.close();
  };
  const person = (aadObjectId: string) => client.session(aadObjectId).me;
  return {
    ...client,
    url,
    get serviceUrl() {
      return service.current();
    },
    moveService: service.move,
    settings: {
      ...botSettings({ url, appId, appPassword, tenantId: scenario.tenantId }),
      ...outside?.settings,
    },
    outside,
    calls: connector.calls,
    get complaints() {
      return phones.complaints;
    },
    connectBot(botEndpoint) {
      endpoint = checkedEndpoint(botEndpoint);
    },
    personalChat: (id) => directory.personalChat(person(id)),
    teamsId: (id) => directory.teamsId(person(id)),
    listen: (as, listener) => live.listen(person(as).aadObjectId, listener),
    until: (conversation, as, wanted) =>
      new Promise((resolve) => {
        const stop = live.listen(person(as).aadObjectId, (event) => {
          if (event.type !== 'message' || event.message.conversation !== conversation) return;
          if (!wanted(event.message)) return;
          stop();
          resolve(event.message);
        });
        const there = client.messagesOf(conversation, as).find(wanted);
        if (there === undefined) return;
        stop();
        resolve(there);
      }),
    deliver: delivery.deliver,
    signToken: identity.sign,
    addFault: faults.add,
    clearFaults: faults.clear,
    moveClock,
    reset,
    idle: delivery.idle,
    close: () => {
      closed ??= close();
      return closed;
    },
  };
}

/** Its servers are loaded where there is mail only. */
async function outsideOf(
  address: string | undefined,
  parts: { readonly history: History; readonly live: Live; readonly clock: MovableClock },
): Promise<Outside | undefined> {
  if (address === undefined) return undefined;
  const { startOutside } = await import('./outside.ts');
  return startOutside({ address, ...parts });
}
