/**
 * What Sportello is measured against: an echo on the stock `CloudAdapter` and restify, put together as Microsoft's
 * samples do it. Its one difference is a fixed outbound token, because the stock credentials only ask Microsoft: that
 * spares it work which Sportello does.
 */

import {
  ActivityHandler,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  MessageFactory,
} from 'botbuilder';
import { ServiceClientCredentialsFactory } from 'botframework-connector';
import restify from 'restify';
import { BOT_TOKEN } from './names.ts';

class FixedToken extends ServiceClientCredentialsFactory {
  async isValidAppId(appId: string): Promise<boolean> {
    return appId === process.env.MicrosoftAppId;
  }
  async isAuthenticationDisabled(): Promise<boolean> {
    return false;
  }
  async createCredentials(): ReturnType<ServiceClientCredentialsFactory['createCredentials']> {
    return {
      async signRequest(request) {
        request.headers.set('authorization', `Bearer ${BOT_TOKEN}`);
        return request;
      },
    };
  }
}

class EchoBot extends ActivityHandler {
  constructor() {
    super();
    this.onMessage(async (context, next) => {
      const text = `Echo: ${context.activity.text}`;
      await context.sendActivity(MessageFactory.text(text, text));
      await next();
    });
  }
}

const settings = process.env as ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>[0];
const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication(settings, new FixedToken()));
adapter.onTurnError = async (_context, error) => {
  console.error(error);
};
const bot = new EchoBot();
const server = restify.createServer();
server.use(restify.plugins.bodyParser());
server.post('/api/messages', async (request: restify.Request, response: restify.Response) => {
  await adapter.process(request as never, response, (context) => bot.run(context));
});
process.on('disconnect', () => process.exit(0));
server.listen(0, '127.0.0.1', () => process.send?.({ kind: 'ready', port: server.address().port }));
