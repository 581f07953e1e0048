/** The activities that Teams sends to a bot, in the shape that Teams gives them. Pure. */

import { randomUUID } from 'node:crypto';
import { inZone } from './clock.ts';
import type { Directory, Place } from './directory.ts';
import type { StoredFile } from './history.ts';
import type { Json } from './json.ts';
import { escapeHtml, toHtml } from './message-html.ts';
import type { LocalUser, MessageView } from './protocol.ts';
import type { Whims } from './whims.ts';

const ADAPTIVE_CARD = 'application/vnd.microsoft.card.adaptive';

export type Activity = Json & { readonly type: string; readonly id: string };

/** Who does something, where, when and in which client. */
export type Occasion = {
  readonly user: LocalUser;
  readonly place: Place;
  /** Thread, in a channel. */
  readonly root?: string;
  readonly at: number;
  readonly locale: string;
};

export type Activities = {
  /** @param quoted the message that `message` quotes */
  message(
    occasion: Occasion,
    message: MessageView,
    files: readonly StoredFile[],
    quoted?: MessageView,
  ): Activity;
  /** A message that is another now. */
  edited(occasion: Occasion, message: MessageView, files: readonly StoredFile[]): Activity;
  deleted(occasion: Occasion, message: MessageView): Activity;
  /** A message that was deleted and is there again. */
  restored(occasion: Occasion, message: MessageView, files: readonly StoredFile[]): Activity;
  typing(occasion: Occasion): Activity;
  /** `Action.Submit`: a message without text. */
  submit(occasion: Occasion, id: string, card: MessageView, value: Json): Activity;
  /** @param on the message that it was started from */
  invoke(occasion: Occasion, name: string, value: Json, on?: MessageView): Activity;
  reaction(occasion: Occasion, on: MessageView, type: string, removed: boolean): Activity;
  installation(occasion: Occasion, action: 'add' | 'remove'): Activity;
  /** The bot has come into this personal chat. */
  botAdded(occasion: Occasion): Activity;
  /** The app was added to this private or shared channel, or taken out of it (teams.net#100). */
  appInChannel(occasion: Occasion, added: boolean): Activity;
  /** A message as a message action hands it over. Of its files the bot can fetch pictures only: the others need Graph. */
  payload(place: Place, message: MessageView, files: readonly StoredFile[]): Json;
};

export function createActivities(options: {
  readonly directory: Directory;
  /** With a slash at its end; may change. */
  readonly serviceUrl: () => string;
  /** Where files lie, as they do in SharePoint and OneDrive. */
  readonly filesUrl: string;
  /** IANA name. */
  readonly timeZone: string;
  readonly whims: Whims;
}): Activities {
  const { directory, serviceUrl, filesUrl, timeZone, whims } = options;
  const { tenantId, bot } = directory.scenario;
  const isOfTenant = (id: string) => directory.user(id) !== undefined && !directory.user(id)?.tenantId;
  const account = { id: directory.botId, name: bot.name };

  const envelope = (type: string, id: string, { user, place, root, at, locale }: Occasion) => ({
    type,
    id,
    channelId: 'msteams',
    serviceUrl: serviceUrl(),
    timestamp: new Date(at).toISOString(),
    localTimestamp: inZone(at, timeZone),
    localTimezone: timeZone,
    locale,
    from: { id: directory.teamsId(user), name: user.name, aadObjectId: user.aadObjectId },
    recipient: account,
    // Also of somebody of another tenant, who is in a shared channel: nothing here says where they come from.
    conversation:
      place.kind === 'personal'
        ? { conversationType: 'personal', tenantId, id: place.id }
        : place.kind === 'group'
          ? { isGroup: true, conversationType: 'groupChat', tenantId, id: place.id }
          : {
              isGroup: true,
              conversationType: 'channel',
              tenantId,
              id: root === undefined ? place.id : `${place.id};messageid=${root}`,
            },
    channelData: {
      ...(place.kind === 'group' && place.chat.meeting ? { meeting: { id: place.id } } : {}),
      ...(place.kind !== 'channel'
        ? {}
        : {
            teamsChannelId: place.id,
            teamsTeamId: place.team.id,
            channel: { id: place.id, ...(place.channel.type ? { type: place.channel.type } : {}) },
            team: { id: place.team.id, name: place.team.name, aadGroupId: place.team.groupId },
          }),
      tenant: { id: tenantId },
    },
  });
  const clientInfo = (locale: string) => ({
    type: 'clientInfo',
    locale,
    country: new Intl.Locale(locale).maximize().region,
    platform: 'Web',
    timezone: timeZone,
  });

  const said: Activities['message'] = (occasion, message, files, quoted) => {
    const text = message.text ?? '';
    const images = files.filter((file) => file.view.contentType.startsWith('image/'));
    const others = files.filter((file) => !images.includes(file));
    const html = [
      quoted === undefined ? '' : quotation(directory, quoted),
      text === '' ? '' : `<p>${toHtml(text)}</p>`,
      ...images.map(
        ({ view }) =>
          `<p><img itemtype="http://schema.skype.com/AMSImage" src="${serviceUrl()}v1/objects/${view.id}/views/imgo"></p>`,
      ),
    ].join('');
    const needsHtml = quoted !== undefined || message.mentions.length > 0 || images.length > 0;
    const attachments = [
      ...images.map(({ view }) => ({
        // Of whatever type it is (msteams-docs#1013).
        contentType: 'image/*',
        contentUrl: `${serviceUrl()}v3/attachments/${view.id}/views/original`,
      })),
      // Files reach a bot in a personal chat only; in a channel it would need Graph.
      ...(occasion.place.kind === 'personal' ? others : []).map(({ view, downloadToken }) => ({
        contentType: 'application/vnd.microsoft.teams.file.download.info',
        contentUrl: `${filesUrl}/sharepoint/${view.id}/${encodeURIComponent(view.name)}`,
        name: view.name,
        content: {
          downloadUrl: `${filesUrl}/download/${downloadToken}`,
          uniqueId: view.id,
          fileType: extensionOf(view.name),
        },
      })),
      ...message.cards.map((card) => ({ contentType: ADAPTIVE_CARD, content: card })),
      ...(needsHtml ? [{ contentType: 'text/html', content: html }] : []),
    ];
    return {
      ...envelope('message', message.id, occasion),
      text,
      textFormat: 'plain',
      ...(attachments.length === 0 ? {} : { attachments }),
      entities: [
        ...message.mentions.map((mention) => ({ type: 'mention', mentioned: account, text: mention.text })),
        clientInfo(occasion.locale),
      ],
    };
  };
  /** The same once more, with what became of it (Microsoft: “Messages in bot conversations”). */
  const changed = (activity: ReturnType<typeof envelope>, type: string, eventType: string) => ({
    ...activity,
    type,
    channelData: { ...activity.channelData, eventType },
  });

  return {
    message: said,
    edited: (occasion, message, files) => ({
      ...said(occasion, message, files),
      ...changed(envelope('message', message.id, occasion), 'messageUpdate', 'editMessage'),
    }),
    restored: (occasion, message, files) => ({
      ...said(occasion, message, files),
      ...changed(envelope('message', message.id, occasion), 'messageUpdate', 'undeleteMessage'),
    }),
    deleted: (occasion, message) =>
      changed(envelope('message', message.id, occasion), 'messageDelete', 'softDeleteMessage'),
    typing: (occasion) => envelope('typing', `f:${randomUUID()}`, occasion),
    submit: (occasion, id, card, value) => ({
      ...envelope('message', id, occasion),
      value,
      replyToId: card.id,
      entities: [clientInfo(occasion.locale)],
    }),
    invoke(occasion, name, value, on) {
      const { locale, ...invoke } = envelope('invoke', `f:${randomUUID()}`, occasion);
      const { locale: told, ...client } = clientInfo(locale);
      const untold = whims('noLocale');
      return {
        ...invoke,
        ...(untold || whims('localeInClientInfo') ? {} : { locale }),
        name,
        value,
        ...(on === undefined ? {} : { replyToId: on.id }),
        entities: [untold ? client : { ...client, locale: told }],
      };
    },
    reaction: (occasion, on, type, removed) => ({
      ...envelope('messageReaction', `f:${randomUUID()}`, occasion),
      [removed ? 'reactionsRemoved' : 'reactionsAdded']: [{ type }],
      replyToId: on.id,
    }),
    installation: (occasion, action) => ({
      ...envelope('installationUpdate', `f:${randomUUID()}`, occasion),
      action,
      entities: [clientInfo(occasion.locale)],
    }),
    botAdded: (occasion) => ({
      ...envelope('conversationUpdate', `f:${randomUUID()}`, occasion),
      membersAdded: [account],
    }),
    appInChannel(occasion, added) {
      const update = envelope('conversationUpdate', `f:${randomUUID()}`, occasion);
      return {
        ...update,
        [added ? 'membersAdded' : 'membersRemoved']: [account],
        channelData: {
          ...update.channelData,
          eventType: added ? 'channelMemberAdded' : 'channelMemberRemoved',
        },
      };
    },
    payload: (place, message, files) => ({
      id: message.id,
      replyToId: message.replyTo ?? null,
      createdDateTime: new Date(message.at).toISOString(),
      lastModifiedDateTime: message.editedAt === undefined ? null : new Date(message.editedAt).toISOString(),
      deleted: message.deleted,
      subject: null,
      summary: message.summary ?? null,
      importance: 'normal',
      locale: 'en-us',
      linkToMessage: `https://teams.microsoft.com/l/message/${encodeURIComponent(place.id)}/${message.id}`,
      // Null where no person of the tenant wrote it: of bots, of the system, of federated people.
      from: !isOfTenant(message.from.id)
        ? null
        : {
            device: null,
            conversation: null,
            user: { userIdentityType: 'aadUser', id: message.from.id, displayName: message.from.name },
            application: null,
          },
      body: {
        contentType: 'html',
        content: `<div>${toHtml(message.text ?? '')}</div>${files
          .filter(({ view }) => view.contentType.startsWith('image/'))
          .map(({ view }) => hostedPicture(place, message, view.id))
          .join('')}`,
      },
      attachmentLayout: null,
      attachments: [
        ...message.cards.map((card, index) => ({
          id: String(index),
          contentType: ADAPTIVE_CARD,
          content: JSON.stringify(card),
        })),
        // A picture is in the HTML only (BotFramework-Services#348).
        ...files
          .filter(({ view }) => !view.contentType.startsWith('image/'))
          .map(({ view }) => ({
            id: view.id,
            contentType: 'reference',
            contentUrl: `${filesUrl}/sharepoint/${view.id}/${encodeURIComponent(view.name)}`,
            name: view.name,
          })),
      ],
      mentions: [],
      reactions: message.reactions.flatMap(({ type, by }) =>
        by.map((id) => ({ reactionType: type, user: { user: { userIdentityType: 'aadUser', id } } })),
      ),
    }),
  };
}

/** Where Graph has the picture: nothing that a bot can fetch. */
function hostedPicture(place: Place, { id }: MessageView, file: string): string {
  const address = `https://graph.microsoft.com/v1.0/chats/${encodeURIComponent(place.id)}/messages/${id}`;
  return `<p><img alt="image" src="${address}/hostedContents/${file}/$value"></p>`;
}

/** The block that Teams puts before the answer to a message. */
function quotation(directory: Directory, quoted: MessageView): string {
  const user = directory.user(quoted.from.id);
  const author = user === undefined ? directory.botId : directory.teamsId(user);
  const preview = (quoted.text ?? quoted.summary ?? 'Card').slice(0, 200);
  return (
    `<blockquote itemscope="" itemtype="http://schema.skype.com/Reply" itemid="${quoted.id}">` +
    `<strong itemprop="mri" itemid="${author}">${escapeHtml(quoted.from.name)}</strong>` +
    `<span itemprop="time" itemid="${quoted.id}"></span>` +
    `<p itemprop="preview">${escapeHtml(preview)}</p></blockquote>`
  );
}

function extensionOf(name: string): string {
  const at = name.lastIndexOf('.');
  return at > 0 ? name.slice(at + 1).toLowerCase() : '';
}
