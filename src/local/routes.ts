/** The door for the page: `/local/…`, as `protocol.ts` describes it. */

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Client } from './client.ts';
import type { Fault } from './fault.ts';
import type { Faults } from './faults.ts';
import { fileReply, MAX_FILE_BYTES } from './files.ts';
import type { History } from './history.ts';
import { isSameOrigin, queryOf, type Reply, readBody, refusal, send } from './http.ts';
import { isObject, type Json, parseJson } from './json.ts';
import type { Live } from './live.ts';
import { Misuse } from './misuse.ts';
import type { Outside } from './outside.ts';
import {
  type AnswerToMail,
  type AskSearch,
  type Delete,
  type DialogRequest,
  type EditMessage,
  type Install,
  OUTSIDE,
  type PostMessage,
  type PressAction,
  type React,
  type Restore,
  type SelectResult,
  type Typing,
} from './protocol.ts';

const MAX_JSON_BYTES = 1024 * 1024;

export type Routes = {
  /** Answers a call under `/local`. */
  handle(request: IncomingMessage, response: ServerResponse, segments: readonly string[]): Promise<void>;
  /** `GET /download/<token>`: what a file's `downloadUrl` leads to. */
  download(token: string): Reply;
};

export function createRoutes(parts: {
  readonly client: Client;
  readonly live: Live;
  readonly history: History;
  readonly faults: Faults;
  /** Absent where the bot has no e-mail. */
  readonly outside: Outside | undefined;
  moveClock(ms: number): Promise<number>;
  reset(): Promise<void>;
}): Routes {
  const { client, live, history, faults, outside } = parts;

  const posts: Readonly<Record<string, (body: Json) => unknown>> = {
    messages: (body) => {
      expect(body, { as: 'string', conversation: 'string', text: 'string' });
      expectMaybe(body, { replyTo: 'string', quotes: 'string', mentionsBot: 'boolean', locale: 'string' });
      for (const name of ['files', 'cards']) {
        const { [name]: ids = [] } = body;
        if (!Array.isArray(ids) || !ids.every((id) => typeof id === 'string'))
          throw new Misuse(400, `${name} must be a list of ids.`);
      }
      return client.say(body as PostMessage).message;
    },
    actions: (body) => {
      expect(body, { as: 'string', conversation: 'string', message: 'string', action: 'object' });
      expectMaybe(body, { locale: 'string' });
      const action = body.action as Json;
      expect(action, { type: 'string', data: 'object' });
      expectMaybe(action, { id: 'string', verb: 'string' });
      if (action.type !== 'Action.Execute' && action.type !== 'Action.Submit') {
        throw new Misuse(400, 'action.type must be Action.Execute or Action.Submit.');
      }
      if (body.trigger !== undefined && body.trigger !== 'manual' && body.trigger !== 'automatic') {
        throw new Misuse(400, 'trigger must be manual or automatic.');
      }
      return client.press(body as PressAction);
    },
    dialogs: (body) => {
      expect(body, { as: 'string', conversation: 'string', step: 'string' });
      expectMaybe(body, {
        message: 'string',
        command: 'string',
        root: 'string',
        data: 'object',
        locale: 'string',
      });
      if (body.step !== 'fetch' && body.step !== 'submit')
        throw new Misuse(400, 'step must be fetch or submit.');
      return client.dialog(body as DialogRequest);
    },
    searches: (body) => {
      expect(body, { as: 'string', conversation: 'string', command: 'string' });
      expectMaybe(body, {
        root: 'string',
        text: 'string',
        initial: 'boolean',
        skip: 'number',
        locale: 'string',
      });
      return client.search(body as AskSearch);
    },
    selections: (body) => {
      expect(body, { as: 'string', conversation: 'string', command: 'string', result: 'string' });
      expectMaybe(body, { root: 'string', locale: 'string' });
      return client.select(body as SelectResult);
    },
    reactions: (body) => {
      expect(body, { as: 'string', conversation: 'string', message: 'string', type: 'string' });
      expectMaybe(body, { remove: 'boolean' });
      return client.react(body as React);
    },
    installations: async (body) => {
      expect(body, { as: 'string', state: 'string' });
      const { as, state } = body as Install;
      if (state === 'removed') await client.uninstall(as);
      else if (state === 'blocked') client.block(as, true);
      else if (state !== 'installed') throw new Misuse(400, 'state must be installed, removed or blocked.');
      else if (client.session(as).installation === 'blocked') client.block(as, false);
      else await client.install(as);
      return {};
    },
    edits: (body) => {
      expect(body, { as: 'string', conversation: 'string', message: 'string', text: 'string' });
      expectMaybe(body, { locale: 'string' });
      return client.edit(body as EditMessage);
    },
    typing: (body) => {
      expect(body, { as: 'string', conversation: 'string' });
      const { as, conversation } = body as Typing;
      client.type(as, conversation);
      return {};
    },
    deletions: (body) => {
      expect(body, { as: 'string', conversation: 'string' });
      expectMaybe(body, { message: 'string' });
      const { as, conversation, message } = body as Delete;
      if (message !== undefined) return client.remove(as, conversation, message);
      const chat = client.session(as).conversations.find(({ kind }) => kind === 'personal');
      if (chat?.id !== conversation) throw new Misuse(400, 'Only the chat with the bot can be deleted.');
      client.deleteChat(as);
      return {};
    },
    restorations: (body) => {
      expect(body, { as: 'string', conversation: 'string', message: 'string' });
      const { as, conversation, message } = body as Restore;
      return client.restore(as, conversation, message);
    },
    answers: (body) => {
      expect(body, { mail: 'string', text: 'string' });
      if (outside === undefined) throw new Misuse(404, 'There is no mail.');
      return outside.answer(body as AnswerToMail);
    },
    clock: async (body) => {
      expect(body, { advanceMs: 'number' });
      return { now: await parts.moveClock(body.advanceMs as number) };
    },
    reset: async () => {
      await parts.reset();
      return {};
    },
    faults: (body) => {
      faults.add(body as unknown as Fault);
      return {};
    },
  };

  const upload = async (request: IncomingMessage): Promise<Reply> => {
    const query = queryOf(request);
    client.session(query.get('as') ?? '');
    const bytes = await readBody(request, MAX_FILE_BYTES);
    if (bytes === 'tooLarge') throw new Misuse(413, 'A file may have 25 MB at most.');
    const name = query.get('name') ?? 'file';
    const contentType = query.get('contentType') ?? 'application/octet-stream';
    return { status: 201, body: client.upload({ name, contentType, bytes }) };
  };

  const answer = async (request: IncomingMessage, segments: readonly string[]): Promise<Reply> => {
    const [, door = '', id = ''] = segments;
    const { method } = request;
    if (method === 'GET' && door === 'session') {
      return { status: 200, body: client.session(queryOf(request).get('as') ?? undefined) };
    }
    if (method === 'GET' && door === 'mails') return { status: 200, body: outside?.mails() ?? [] };
    if (method === 'GET' && door === 'files') return fileReply(history.file(id));
    if (method !== 'POST' && method !== 'DELETE')
      throw new Misuse(404, `There is no ${method} /local/${door}.`);

    if (!isSameOrigin(request)) throw new Misuse(403, 'Only the page of local Teams itself may do that.');
    if (method === 'DELETE' && door === 'faults') {
      faults.clear();
      return { status: 200, body: {} };
    }
    if (method === 'POST' && door === 'files') return upload(request);
    const post = method === 'POST' && Object.hasOwn(posts, door) ? posts[door] : undefined;
    if (post === undefined) throw new Misuse(404, `There is no ${method} /local/${door}.`);
    const bytes = await readBody(request, MAX_JSON_BYTES);
    if (bytes === 'tooLarge') throw new Misuse(413, 'That is more than local Teams takes.');
    // A form on a foreign page can post text without asking first, but not JSON.
    if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
      throw new Misuse(415, 'Send JSON with Content-Type application/json.');
    }
    const body = parseJson(bytes.toString());
    if (!isObject(body)) throw new Misuse(400, 'The body must be a JSON object.');
    return { status: 200, body: await post(body) };
  };

  return {
    async handle(request, response, segments) {
      try {
        if (request.method === 'GET' && segments[1] === 'events') {
          const as = queryOf(request).get('as') ?? undefined;
          live.stream(as === OUTSIDE ? OUTSIDE : client.session(as).me.aadObjectId, response);
          return;
        }
        send(response, await answer(request, segments));
      } catch (error) {
        if (error instanceof Misuse) send(response, refusal(error.status, 'Refused', error.message));
        else if (error instanceof RangeError) send(response, refusal(400, 'Refused', error.message));
        else throw error;
      }
    },
    download: (token) => fileReply(history.fileByDownloadToken(token)),
  };
}

type Kind = 'string' | 'boolean' | 'number' | 'object';

function expect(body: Json, fields: Readonly<Record<string, Kind>>): void {
  for (const [name, kind] of Object.entries(fields)) {
    const value = body[name];
    const fits = kind === 'object' ? isObject(value) : typeof value === kind;
    if (!fits) throw new Misuse(400, `${name} must be there, as ${kind === 'object' ? 'an' : 'a'} ${kind}.`);
  }
}

function expectMaybe(body: Json, fields: Readonly<Record<string, Kind>>): void {
  const given = Object.entries(fields).filter(([name]) => body[name] !== undefined);
  expect(body, Object.fromEntries(given));
}
