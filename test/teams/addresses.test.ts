import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isLoopbackAddress, isPublicAddress } from '../../src/teams/addresses.ts';

test('A2 addresses inside a network are told from those of the internet, however they are written', () => {
  for (const address of [
    ...['0.0.0.0', '10.1.2.3', '100.64.0.1', '127.0.0.1', '127.255.255.254', '169.254.169.254'],
    ...[
      '172.16.0.1',
      '172.31.255.255',
      '192.0.0.8',
      '192.168.1.1',
      '198.18.0.1',
      '224.0.0.1',
      '255.255.255.255',
    ],
    ...['::', '::1', '::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:10.0.0.1', '::127.0.0.1', '64:ff9b::a00:1'],
    ...['fc00::1', 'fd12:3456::1', 'fe80::1', 'febf::1', 'ff02::1', '2001:db8::1', '2002:7f00:1::'],
    ...['2130706433', '0x7f000001', '127.1', 'localhost', 'comune.sharepoint.com', ''],
  ])
    assert.equal(isPublicAddress(address), false, address);
  for (const address of ['13.107.136.9', '52.113.194.132', '172.32.0.1', '2620:1ec:8f8::8', '2603:1026::1'])
    assert.equal(isPublicAddress(address), true, address);
});

test('A2 loopback is this machine and nothing else', () => {
  for (const address of ['127.0.0.1', '127.9.9.9', '::1']) assert.equal(isLoopbackAddress(address), true);
  for (const address of ['0.0.0.0', '10.0.0.1', '::2', 'localhost', '8.8.8.8'])
    assert.equal(isLoopbackAddress(address), false, address);
});
