/** What the bot called on the connector, and what somebody else does to its messages. */

import assert from 'node:assert/strict';
import type { ConnectorCall } from '../../../src/local/connector.ts';
import type { MessageView } from '../../../src/local/protocol.ts';
import type { Stage } from './stage.ts';

/** Calls that posted into this conversation or edited a message of it, oldest first. */
export function sendsTo(stage: Stage, conversation: string): ConnectorCall[] {
  return stage.local.calls.filter(
    ({ method, path, body }) =>
      (method === 'POST' || method === 'PUT') &&
      (path.includes(encodeURIComponent(conversation)) || opens(body, conversation)),
  );
}

/** Calls that edited this message. */
export function editsOf(stage: Stage, { id }: MessageView): ConnectorCall[] {
  return stage.local.calls.filter(({ method, path }) => method === 'PUT' && path.endsWith(`/${id}`));
}

/** A new thread names its channel in the body. */
function opens(body: unknown, conversation: string): boolean {
  const { channelData } = (body ?? {}) as { channelData?: { channel?: { id?: string } } };
  return channelData?.channel?.id === conversation;
}

/** Takes one of the bot's messages away behind its back, as a member of the team can. */
export async function remove(stage: Stage, { conversation, id }: MessageView): Promise<void> {
  const { MicrosoftAppId, MicrosoftAppPassword } = stage.local.settings;
  const login = await fetch(`${stage.local.url}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: MicrosoftAppId,
      client_secret: MicrosoftAppPassword,
      scope: 'https://api.botframework.com/.default',
    }),
  });
  const { access_token } = (await login.json()) as { access_token: string };
  const path = `v3/conversations/${encodeURIComponent(conversation)}/activities/${id}`;
  const response = await fetch(new URL(path, stage.local.serviceUrl), {
    method: 'DELETE',
    headers: { authorization: `Bearer ${access_token}` },
  });
  assert.equal(response.status, 200, await response.text());
}
