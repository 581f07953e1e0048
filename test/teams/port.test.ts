import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compose } from '../../src/compose.ts';
import { readEnvironment } from '../../src/config/environment.ts';
import { signalsInto } from '../support/signals.ts';
import { startTeams } from '../support/teams.ts';

test('A6 a port that is taken is told to whoever starts the bot, and ends nothing else', async () => {
  const first = await startTeams();
  try {
    const read = readEnvironment({ ...first.local.settings, SERVICE_URL: first.local.serviceUrl });
    assert.ok(read.ok && read.environment.bot);
    const second = compose({
      settings: read.environment.bot,
      desk: first.desk,
      opened: first.opened,
      clock: first.clock,
      ids: { next: () => 'id' },
      ...signalsInto([]),
      port: first.bot.port,
      host: '127.0.0.1',
    });
    await assert.rejects(second, { code: 'EADDRINUSE' });
  } finally {
    await first.stop();
  }
});
