import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { checkMail } from '../../scripts/doctor/mail.ts';
import { checkEnvironment } from '../../scripts/doctor/settings.ts';
import { IMAP_USER } from '../support/imap-server.ts';
import { DESK_ADDRESS, type MailWorld, startMailWorld } from '../support/mail-world.ts';

describe('A6 W9 the doctor looks at e-mail', () => {
  let world: MailWorld;
  let variables: Record<string, string>;
  beforeEach(async () => {
    world = await startMailWorld();
    const { smtp, imap } = world.settings;
    variables = {
      SMTP_URL: `smtp://127.0.0.1:${smtp.port}`,
      MAIL_FROM: DESK_ADDRESS,
      IMAP_URL: `imap://${encodeURIComponent(IMAP_USER)}:p%40ss%2Fword@127.0.0.1:${imap.port}`,
    };
  });
  afterEach(() => world.close());

  const look = async () => {
    const { findings, environment } = checkEnvironment(variables);
    return environment ? checkMail(environment.mail, 5_000) : findings;
  };

  test('A6 W9 nothing is wrong where both let the desk in, or where none is set up', async () => {
    assert.deepEqual(
      (await look()).map(({ about, state }) => [about, state]),
      [
        ['SMTP_URL', 'good'],
        ['IMAP_URL', 'good'],
      ],
    );
    variables = {};
    assert.deepEqual(
      (await look()).map(({ state }) => state),
      ['note'],
    );
  });

  for (const [name, plant, said, remedy] of [
    [
      'a wrong password',
      () => ({ IMAP_URL: variables.IMAP_URL?.replace('word', 'hidden') }),
      /IMAP_URL: .*refuses the user/,
      /%40/,
    ],
    [
      'a port on which nobody listens',
      () => ({ SMTP_URL: 'smtp://127.0.0.1:1' }),
      /SMTP_URL: .*ECONNREFUSED/,
      /host, port and TLS/,
    ],
    [
      'TLS where there is none',
      () => ({ IMAP_URL: variables.IMAP_URL?.replace('imap:', 'imaps:') }),
      /IMAP_URL: .*cannot be used/,
      /STARTTLS/,
    ],
    ['an address that is none', () => ({ MAIL_FROM: 'sportello' }), /MAIL_FROM must be one/, /Set MAIL_FROM/],
    ['a misspelt variable', () => ({ IMAP_URI: 'imaps://hidden' }), /IMAP_URI is set/, /Call it IMAP_URL/],
    [
      'a mailbox without a server that sends',
      () => ({ SMTP_URL: '', MAIL_FROM: '' }),
      /IMAP_URL is set without SMTP_URL/,
      /Set IMAP_URL/,
    ],
  ] as const)
    test(`A6 W9 the doctor finds ${name}`, async () => {
      variables = { ...variables, ...(plant() as Record<string, string>) };
      const all = [...checkEnvironment(variables).findings, ...(await look())];
      const wrong = all.filter(({ state }) => state === 'bad');
      const found = wrong.find((finding) => said.test(`${finding.about}: ${finding.said}`));
      assert.ok(found, JSON.stringify(all));
      assert.match(found.remedy ?? '', remedy);
      assert.doesNotMatch(JSON.stringify(wrong), /hidden|p@ss/);
    });
});
