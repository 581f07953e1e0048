/** Imports the chosen packages and nothing else, and waits to be looked at. */

import 'botbuilder';
import '@microsoft/teams-ai';
import 'restify';

process.on('disconnect', () => process.exit(0));
process.on('message', () => {});
process.send?.('ready');
