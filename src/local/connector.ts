/**
 * The door for bots: the Bot Connector REST API under `/v3` and the login service. Paths, codes and bodies are those of
 * Microsoft's documentation; nothing here knows a particular bot.
 */

import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { MAX_MESSAGE_BYTES, tooBig } from './bot-messages.ts';
import { badArgument, type ConnectorMessages, tooMany } from './connector-messages.ts';
import type { ConnectorRoster } from './connector-roster.ts';
import type { Faults } from './faults.ts';
import { queryOf, type Reply, readBody, refusal, send } from './http.ts';
import type { Identity } from './identity.ts';
import { isObject, parseJson } from './json.ts';
import type { Limits } from './limits.ts';
import { type Whims, whimsicalEffect } from './whims.ts';

/** One call that a bot made, for tests and for the curious. */
export type ConnectorCall = {
  readonly method: string;
  /** Below the service address, with the query. */
  readonly path: string;
  readonly body?: unknown;
  /** Absent while the call is under way, and for good where it got no answer. */
  status?: number;
};

/** JSON may spell one character of two bytes with six. */
const MAX_JSON_BYTES = MAX_MESSAGE_BYTES * 3;
const MAX_UPLOAD_BYTES = 36 * 1024 * 1024;
const KEPT_CALLS = 1_000;

const REACTION = 'v3/conversations/*/activities/*/reactions/*';

type Route = readonly [
  method: string,
  /** `*` stands for one id. */
  pattern: string,
  run: (
    call: { readonly query: URLSearchParams; readonly body: unknown },
    a: string,
    b: string,
    c: string,
  ) => Reply,
];

export type Connector = {
  /** The newest calls, oldest first. */
  readonly calls: readonly ConnectorCall[];
  /** Answers a call. @param segments of the path below the service address, beginning with `v3` */
  handle(request: IncomingMessage, response: ServerResponse, segments: readonly string[]): Promise<void>;
  /** Answers `POST /oauth2/v2.0/token`. */
  handleToken(request: IncomingMessage, response: ServerResponse): Promise<void>;
};

export function createConnector(parts: {
  readonly identity: Identity;
  readonly faults: Faults;
  readonly whims: Whims;
  readonly limits: Limits;
  readonly messages: ConnectorMessages;
  readonly roster: ConnectorRoster;
  readonly appId: string;
  /** Ends what waits when local Teams closes. */
  readonly closing: AbortSignal;
}): Connector {
  const { identity, faults, whims, limits, messages, roster, closing } = parts;
  const calls: ConnectorCall[] = [];

  const routes: readonly Route[] = [
    ['POST', 'v3/conversations', ({ body }) => messages.createConversation(body)],
    ['POST', 'v3/conversations/*/activities', ({ body }, id) => messages.send(id, body)],
    [
      'POST',
      'v3/conversations/*/activities/*',
      ({ body }, id, activity) => messages.send(id, body, activity),
    ],
    [
      'PUT',
      'v3/conversations/*/activities/*',
      ({ body }, id, activity) => messages.update(id, activity, body),
    ],
    ['DELETE', 'v3/conversations/*/activities/*', (_, id, activity) => messages.remove(id, activity)],
    ['PUT', REACTION, (_, id, activity, type) => messages.react(id, activity, type, false)],
    ['DELETE', REACTION, (_, id, activity, type) => messages.react(id, activity, type, true)],
    ['POST', 'v3/conversations/*/attachments', ({ body }, id) => messages.upload(id, body)],
    ['GET', 'v3/conversations/*/members', (_, id) => roster.members(id)],
    ['GET', 'v3/conversations/*/pagedmembers', ({ query }, id) => roster.pagedMembers(id, query)],
    ['GET', 'v3/conversations/*/members/*', (_, id, member) => roster.member(id, member)],
    ['GET', 'v3/teams/*', (_, id) => roster.team(id)],
    ['GET', 'v3/teams/*/conversations', (_, id) => roster.channels(id)],
    ['GET', 'v3/attachments/*', (_, id) => roster.attachment(id)],
    ['GET', 'v3/attachments/*/views/*', (_, id, view) => roster.attachmentView(id, view)],
  ];

  /** Lets a fault have its way with the call; `work` does what was asked. */
  const withFault = async (
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
    work: () => Promise<Reply>,
  ): Promise<number | undefined> => {
    const { method = '' } = request;
    const effect = faults.take(method, path) ?? whimsicalEffect(whims, method, path);
    let reply: Reply;
    switch (effect?.kind) {
      case 'hang':
        faults.hold(response);
        return undefined;
      case 'loseAnswer':
        await work();
        response.destroy();
        return undefined;
      case 'status':
        reply = faultReply(effect.status, effect.retryAfterSeconds, effect.code);
        break;
      case 'emptyAnswer':
        reply = await work();
        if (reply.status < 300) reply = { status: 202 };
        break;
      case 'longId':
        reply = withLongId(await work());
        break;
      case 'slow':
        reply = await work();
        await pause(effect.ms, undefined, { signal: closing });
        break;
      case undefined:
        reply = await work();
        break;
    }
    send(response, reply);
    return reply.status;
  };

  const answer = async (
    request: IncomingMessage,
    segments: readonly string[],
    body: Buffer | 'tooLarge',
  ): Promise<Reply> => {
    if (!(await identity.admits(request.headers.authorization))) {
      return refusal(401, 'Unauthorized', 'Authorization has been denied for this request.', {
        'WWW-Authenticate': 'Bearer',
      });
    }
    const wait = tooMany(limits.admit('app', parts.appId));
    if (wait !== undefined) return wait;
    if (body === 'tooLarge') return tooBig();
    const json = body.length === 0 ? undefined : parseJson(body.toString());
    if (body.length > 0 && json === undefined) return badArgument('The body is not JSON.');
    return route(request.method ?? '', segments, queryOf(request), json);
  };

  const route = (
    method: string,
    segments: readonly string[],
    query: URLSearchParams,
    body: unknown,
  ): Reply => {
    for (const [wanted, pattern, run] of routes) {
      const ids = wanted === method ? idsIn(pattern, segments) : undefined;
      if (ids !== undefined) return run({ query, body }, ids[0] ?? '', ids[1] ?? '', ids[2] ?? '');
    }
    return refusal(404, 'NotFound', `Local Teams has no ${method} ${segments.join('/')}.`);
  };

  return {
    calls,
    async handle(request, response, segments) {
      const uploading = segments[3] === 'attachments';
      const path = pathBelow(request, segments);
      const body = await readBody(request, uploading ? MAX_UPLOAD_BYTES : MAX_JSON_BYTES);
      const call: ConnectorCall = {
        method: request.method ?? '',
        path,
        ...(body === 'tooLarge' || body.length === 0 || uploading
          ? {}
          : { body: parseJson(body.toString()) }),
      };
      calls.push(call);
      if (calls.length > KEPT_CALLS) calls.splice(0, calls.length - KEPT_CALLS);
      const status = await withFault(request, response, path, () => answer(request, segments, body));
      if (status !== undefined) call.status = status;
    },
    async handleToken(request, response) {
      const body = await readBody(request, 64 * 1024);
      await withFault(request, response, request.url ?? '', async () => {
        if (body === 'tooLarge') return tooBig();
        return identity.token(new URLSearchParams(body.toString()));
      });
    },
  };
}

/** What stands in the places of the `*`s, or `undefined` where the path is another one. */
function idsIn(pattern: string, segments: readonly string[]): readonly string[] | undefined {
  const expected = pattern.split('/');
  if (expected.length !== segments.length) return undefined;
  if (!expected.every((name, index) => name === '*' || name === segments[index])) return undefined;
  return segments.filter((_, index) => expected[index] === '*');
}

/** The request's own path and query, without what names region and tenant. */
function pathBelow({ url = '' }: IncomingMessage, segments: readonly string[]): string {
  const [path = '', ...query] = url.split('?');
  const below = path.split('/').slice(-segments.length).join('/');
  return [`/${below}`, ...query].join('?');
}

function withLongId(reply: Reply): Reply {
  const { body } = reply;
  return isObject(body) && typeof body.id === 'string' && !body.id.includes(';')
    ? { ...reply, body: { ...body, id: `${body.id};messageid=${body.id}` } }
    : reply;
}

/** What a call that is refused answers with, where the fault does not say. */
const USUAL_CODES: Readonly<Record<number, string>> = {
  403: 'ForbiddenOperationException',
  404: 'ConversationNotFound',
  412: 'PreconditionFailed',
  413: 'MessageSizeTooBig',
  429: 'Throttled',
};

function faultReply(
  status: number,
  retryAfterSeconds: number | undefined,
  code = USUAL_CODES[status] ?? 'ServiceError',
): Reply {
  const headers = retryAfterSeconds === undefined ? undefined : { 'Retry-After': String(retryAfterSeconds) };
  return refusal(status, code, 'The service failed because it was told to.', headers);
}
