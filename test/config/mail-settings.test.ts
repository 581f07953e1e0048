import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readEnvironment } from '../../src/config/environment.ts';
import { readMail } from '../../src/config/mail-settings.ts';

const SMTP_URL = 'smtps://sportello:p%40ss%2Fword@mail.comune.example';
const MAIL_FROM = 'sportello@comune.example';
const IMAP_URL = 'imaps://sportello:p%40ss@mail.comune.example:1993';

describe('W9 A5 how mail is sent and fetched', () => {
  test('W9 none of it is mail that is not set up', () => {
    assert.deepEqual(readMail({}), {});
    const read = readEnvironment({});
    assert.ok(read.ok && read.environment.mail === undefined);
  });

  test('W9 addresses of servers carry user and password, and TLS is the rule', () => {
    const read = readEnvironment({ SMTP_URL, MAIL_FROM, IMAP_URL });
    assert.deepEqual(read.ok && read.environment.mail, {
      address: MAIL_FROM,
      smtp: {
        ...{ host: 'mail.comune.example', port: 465, secure: true, plain: false },
        ...{ user: 'sportello', password: 'p@ss/word' },
      },
      imap: {
        ...{ host: 'mail.comune.example', port: 1993, secure: true, plain: false },
        ...{ user: 'sportello', password: 'p@ss' },
      },
    });
    const server = (url: string) => {
      const asked = readMail({ SMTP_URL: url, MAIL_FROM });
      return 'mail' in asked ? asked.mail?.smtp : undefined;
    };
    assert.deepEqual(server('smtp://relay.example'), {
      host: 'relay.example',
      port: 587,
      secure: false,
      plain: false,
    });
    // No TLS at all: this machine alone.
    for (const host of ['127.0.0.1', 'localhost', '[::1]'])
      assert.deepEqual(server(`smtp://${host}:2525`), {
        ...{ host: host.replace(/[[\]]/g, ''), port: 2525, secure: false, plain: true },
      });
  });

  test('A5 W9 each mistake is a sentence that names the variable, the remedy, and no secret', () => {
    for (const [variables, said] of [
      [{ IMAP_URL }, /^IMAP_URL: is set without SMTP_URL/],
      [{ MAIL_FROM }, /^MAIL_FROM: is set without SMTP_URL/],
      [{ SMTP_URL }, /^MAIL_FROM: is missing/],
      [{ SMTP_URL, MAIL_FROM: 'Sportello <a@b.it>' }, /^MAIL_FROM: must be one e-mail address/],
      [{ SMTP_URL: 'mail.comune.example', MAIL_FROM }, /^SMTP_URL: must be smtps:/],
      [{ SMTP_URL: 'https://sportello:p%40ss@mail.comune.example', MAIL_FROM }, /^SMTP_URL: must be smtps:/],
      [{ SMTP_URL: 'smtps://sportello@mail.comune.example', MAIL_FROM }, /^SMTP_URL: must be smtps:/],
      [{ SMTP_URL: 'smtps://sportello:p%zz@mail.comune.example', MAIL_FROM }, /^SMTP_URL: must be smtps:/],
      [{ SMTP_URL: `${SMTP_URL}/?tls=no`, MAIL_FROM }, /^SMTP_URL: must be smtps:/],
      [
        { SMTP_URL, MAIL_FROM, IMAP_URL: 'imaps://mail.comune.example' },
        /^IMAP_URL: must name user and password/,
      ],
      [{ SMTP_URL, MAIL_FROM, IMAP_URL: SMTP_URL }, /^IMAP_URL: must be imaps:/],
    ] as const) {
      const read = readEnvironment(variables);
      assert.equal(read.ok, false, JSON.stringify(variables));
      const problems = read.ok ? [] : read.problems;
      assert.ok(
        problems.some((problem) => said.test(problem)),
        problems.join('\n'),
      );
      assert.doesNotMatch(problems.join('\n'), /p%|p@ss/);
    }
  });
});
