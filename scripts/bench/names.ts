/** Names that the processes of a benchmark share. */

export const APP_ID = '5d3f2a54-8f5e-4c0a-9f0e-2f6f8c1b7a10';
/** What the fake connector gives the bot, and wants to see again in each call. */
export const BOT_TOKEN = 'token-of-the-bot';
