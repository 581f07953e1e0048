import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SUBJECT_EXAMPLES, SUBJECT_REASONS } from '../src/domain/intake/quality.ts';
import type { Locale } from '../src/domain/ticket.ts';
import en from '../src/i18n/en.json' with { type: 'json' };
import italian from '../src/i18n/it.json' with { type: 'json' };
import { type TextKey, translate } from '../src/i18n/translate.ts';

function textsOf(group: object, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(group).flatMap(([name, value]): [string, string][] =>
      typeof value === 'string' ? [[`${prefix}${name}`, value]] : [...textsOf(value, `${prefix}${name}.`)],
    ),
  );
}

const texts: Readonly<Record<Locale, Map<string, string>>> = { it: textsOf(italian), en: textsOf(en) };
const keys = [...texts.it.keys()] as TextKey[];

/** Names of the parameters of a message, those inside plurals too. */
function parametersOf(message: string): string[] {
  return [...new Set([...message.matchAll(/\{(\w+)(?=[,}])/g)].map(([, name]) => name ?? ''))].sort();
}

function filled(key: TextKey): Record<string, number> {
  return Object.fromEntries(parametersOf(texts.it.get(key) ?? '').map((name) => [name, 7]));
}

describe('texts', () => {
  it('K6 are the same in both languages', () => {
    assert.deepEqual([...texts.en.keys()], [...texts.it.keys()]);
  });

  it('K6 take the same parameters in both languages', () => {
    for (const key of keys)
      assert.deepEqual(parametersOf(texts.en.get(key) ?? ''), parametersOf(texts.it.get(key) ?? ''), key);
  });

  it('K6 are there, every one, and can be said', () => {
    for (const locale of ['it', 'en'] as const)
      for (const key of keys) {
        const said = translate(locale, key, filled(key));
        assert.ok(said.trim().length > 0, `${locale} ${key}`);
        assert.ok(!said.includes('{'), `${locale} ${key}: ${said}`);
      }
  });

  it('K6 have no straight apostrophe, which a message would take for a quotation mark', () => {
    for (const locale of ['it', 'en'] as const)
      for (const [key, text] of texts[locale]) assert.ok(!text.includes("'"), `${locale} ${key}`);
  });

  it('K6 are short and free of bureaucratic phrases', () => {
    const stiff =
      /\b(al fine di|si prega|la S\.?V\.?|codest[oa]|suddett[oi]|pervenut[oai]|inoltrare|espletare|ai sensi|in merito a|preposto|trattasi|onde)\b/i;
    for (const [key, text] of texts.it) {
      assert.doesNotMatch(text, stiff, key);
      assert.ok(text.length <= 220, `${key} has ${text.length} characters`);
    }
  });

  it('I5 have a sentence for every reason to turn a subject down, with an example', () => {
    for (const reason of SUBJECT_REASONS.filter((one) => one !== 'tooLong'))
      for (const locale of ['it', 'en'] as const) {
        const said = translate(locale, `error.${reason}`, {
          found: 'AIUTO',
          example: 'La stampante non stampa',
        });
        assert.match(said, /“La stampante non stampa”/);
      }
    for (const example of SUBJECT_EXAMPLES) assert.ok(translate('it', `subjectExample.${example}`));
  });
});

describe('translate', () => {
  it('puts in what people wrote as it is, whatever it looks like', () => {
    const name = "<b>{x}</b> 'it''s' {count, plural, other {#}}";
    assert.equal(translate('it', 'notice.assigned', { who: name }), `${name} ti ha assegnato una richiesta`);
  });

  it('K6 says “ad Anna”, as Italian does before the same vowel, and “a” before any other letter', () => {
    const said = (owner: string) => translate('it', 'notice.assignedTo', { owner });
    for (const owner of ['Anna Bianchi', 'andrea', 'Àlex'])
      assert.equal(said(owner), `Assegnata ad ${owner}.`);
    for (const owner of ['Marco Ferri', 'Elena', '', '{a}'])
      assert.equal(said(owner), `Assegnata a ${owner}.`);
    assert.match(translate('it', 'notice.replySent', { requester: 'Ada' }), / ad Ada\./);
    assert.equal(translate('en', 'notice.assignedTo', { owner: 'Anna' }), 'Assigned to Anna.');
  });

  it('counts as each language does', () => {
    assert.equal(translate('it', 'action.attachments', { count: 1 }), '1 allegato');
    assert.equal(translate('it', 'action.attachments', { count: 3 }), '3 allegati');
    assert.equal(translate('en', 'action.attachments', { count: 3 }), '3 attachments');
    assert.match(
      translate('it', 'refusal.textTooLong', { length: 12_345, limit: 10_000 }),
      /12\.345 .* 10\.000/,
    );
    assert.match(
      translate('en', 'refusal.textTooLong', { length: 12_345, limit: 10_000 }),
      /12,345 .* 10,000/,
    );
  });

  it('does not say half a sentence: a missing parameter is a fault', () => {
    assert.throws(() => translate('it', 'notice.assigned'));
    assert.throws(() => translate('it', 'no.such' as TextKey), /no\.such/);
    // @ts-expect-error a key that does not exist is found by the compiler
    assert.throws(() => translate('it', 'state.unknown'));
  });
});
