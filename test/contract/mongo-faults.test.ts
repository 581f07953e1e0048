import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MongoNetworkError } from 'mongodb';
import { untilHeard } from '../../src/stores/mongo/faults.ts';

test('N3 a write whose connection was lost is made again, however the driver says so, and a refused one is not', async () => {
  for (const lost of [
    new MongoNetworkError('connection 8 to 127.0.0.1:27017 closed'),
    Object.assign(new Error('This socket has been ended by the other party'), { code: 'EPIPE' }),
    Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }),
  ]) {
    let writes = 0;
    const write = async () => {
      writes += 1;
      if (writes < 3) throw lost;
      return 'written';
    };
    assert.equal(await untilHeard(write), 'written', lost.message);
    assert.equal(writes, 3);
  }
  let writes = 0;
  const refused = untilHeard(async () => {
    writes += 1;
    throw new Error('not authorised');
  });
  await assert.rejects(refused, /not authorised/);
  assert.equal(writes, 1);
});
