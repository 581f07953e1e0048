import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Desk, Rule, RuleConditions } from '../../src/domain/desk.ts';
import { TICKET_TYPES } from '../../src/domain/desk.ts';
import { type RoutingFacts, route } from '../../src/domain/routing.ts';
import { personRef, testDesk } from '../support/desk.ts';

const FACTS: RoutingFacts = {
  service: 'payment-orders',
  type: 'fault',
  organisation: 'comune',
  subject: 'Non riesco a emettere i mandati',
  text: 'Esce “soggetto inesistente” su ogni mandato.',
  email: 'maria.rinaldi@comune.example.it',
};

function deskWith(...rules: readonly Rule[]): Desk {
  return { ...testDesk(), rules };
}

/** A rule that sends to taxes, so that it cannot be taken for a fallback. */
function ruleFor(when: RuleConditions, id = 'under-test'): Rule {
  return { id, when, queue: 'taxes' };
}

describe('route', () => {
  it('R1 sends a request to the queue of the first rule whose conditions all hold', () => {
    assert.deepEqual(route(testDesk(), FACTS), {
      queue: 'finance',
      responsible: personRef('dario'),
      reason: { rule: 'finance', because: [{ condition: 'service', value: 'payment-orders' }] },
      unmatched: false,
    });
  });

  it('R1 lets the first of several matching rules win', () => {
    const facts = { ...FACTS, text: 'Ho aperto una mail di phishing' };
    const routed = route(testDesk(), facts);
    assert.equal(routed.reason.rule, 'security');
    assert.equal(routed.queue, 'systems');
    assert.equal(routed.priority, 5);
  });

  it('R1 sets responsible and owner where the rule names them', () => {
    const routed = route(testDesk(), { ...FACTS, service: 'taxes', organisation: 'unione' });
    assert.equal(routed.reason.rule, 'taxes-south');
    assert.deepEqual(routed.responsible, personRef('dario'));
    assert.deepEqual(routed.owner, personRef('carla'));
    assert.equal(routed.priority, undefined);
  });

  it('R1 falls back to the queue’s responsible, and to none where it has none', () => {
    assert.deepEqual(route(testDesk(), { ...FACTS, service: 'email' }).responsible, personRef('dario'));
    assert.equal('responsible' in route(testDesk(), { ...FACTS, service: 'registry' }), false);
  });

  it('R1 leaves out a person who has left the desk', () => {
    const rule = { ...ruleFor({}), owner: 'gone', responsible: 'gone' };
    const routed = route(deskWith(rule), FACTS);
    assert.equal('owner' in routed, false);
    assert.equal('responsible' in routed, false);
  });

  it('I3 sends what a rule without a queue fits to the queue of its service, and says so (R5)', () => {
    const desk = { ...testDesk(), rules: [{ id: 'the-rest', when: { service: ['payroll'] } }] };
    assert.deepEqual(route(desk, { ...FACTS, service: 'payroll', type: 'other' }), {
      queue: 'contact-centre',
      reason: {
        rule: 'the-rest',
        because: [
          { condition: 'service', value: 'payroll' },
          { condition: 'serviceQueue', value: 'contact-centre' },
        ],
      },
      unmatched: false,
    });
  });

  it('R2 sends what no rule fits to the raw queue and says so', () => {
    assert.deepEqual(route(testDesk(), { ...FACTS, service: 'payroll', type: 'other' }), {
      queue: 'raw',
      reason: { because: [] },
      unmatched: true,
    });
  });

  const CONDITIONS: readonly {
    readonly title: string;
    readonly when: RuleConditions;
    readonly facts?: Partial<RoutingFacts>;
    readonly because: readonly { condition: string; value: string }[] | undefined;
  }[] = [
    { title: 'no condition holds always', when: {}, because: [{ condition: 'always', value: '' }] },
    {
      title: 'service',
      when: { service: ['taxes', 'payment-orders'] },
      because: [{ condition: 'service', value: 'payment-orders' }],
    },
    { title: 'another service', when: { service: ['taxes'] }, because: undefined },
    { title: 'type', when: { type: ['fault'] }, because: [{ condition: 'type', value: 'fault' }] },
    { title: 'another type', when: { type: ['other'] }, because: undefined },
    {
      title: 'organisation',
      when: { organisation: ['comune'] },
      because: [{ condition: 'organisation', value: 'comune' }],
    },
    { title: 'another organisation', when: { organisation: ['unione'] }, because: undefined },
    { title: 'area', when: { area: ['north'] }, because: [{ condition: 'area', value: 'north' }] },
    { title: 'another area', when: { area: ['south'] }, because: undefined },
    {
      title: 'area of an organisation that the desk does not know',
      when: { area: ['north'] },
      facts: { organisation: 'elsewhere' },
      because: undefined,
    },
    {
      title: 'a word at the beginning of one in the subject',
      when: { words: ['rivers', 'mandat'] },
      because: [{ condition: 'words', value: 'mandati' }],
    },
    {
      title: 'several words in the text, accents and case ignored',
      when: { words: ['SOGGÈTTO inesist'] },
      because: [{ condition: 'words', value: 'soggetto inesistente' }],
    },
    { title: 'a word in the middle of one', when: { words: ['andati'] }, because: undefined },
    {
      title: 'a term that begins in the subject and ends in the text',
      when: { words: ['mandati esce'] },
      because: undefined,
    },
    {
      title: 'domain, case ignored',
      when: { domain: ['Comune.Example.IT'] },
      facts: { email: 'Maria@COMUNE.example.it' },
      because: [{ condition: 'domain', value: 'comune.example.it' }],
    },
    { title: 'the end of a domain', when: { domain: ['example.it'] }, because: undefined },
    {
      title: 'the domain after the last @',
      when: { domain: ['elsewhere.example'] },
      facts: { email: '"a@comune.example.it"@elsewhere.example' },
      because: [{ condition: 'domain', value: 'elsewhere.example' }],
    },
    {
      title: 'all together, in order',
      when: { domain: ['comune.example.it'], type: ['fault'], service: ['payment-orders'] },
      because: [
        { condition: 'service', value: 'payment-orders' },
        { condition: 'type', value: 'fault' },
        { condition: 'domain', value: 'comune.example.it' },
      ],
    },
    {
      title: 'all but one',
      when: { domain: ['comune.example.it'], type: ['other'], service: ['payment-orders'] },
      because: undefined,
    },
  ];
  for (const { title, when, facts, because } of CONDITIONS) {
    it(`R5 ${because ? 'explains' : 'turns down'}: ${title}`, () => {
      const routed = route(deskWith(ruleFor(when)), { ...FACTS, ...facts });
      assert.deepEqual(routed.reason, because ? { rule: 'under-test', because } : { because: [] });
      assert.equal(routed.unmatched, because === undefined);
    });
  }

  it('R1 does without organisation and address', () => {
    const { organisation: _organisation, email: _email, ...facts } = FACTS;
    const desk = deskWith(
      ruleFor({ organisation: ['comune'] }),
      ruleFor({ area: ['north'] }),
      ruleFor({ domain: [''] }),
    );
    assert.equal(route(desk, facts).unmatched, true);
  });

  it('fails loudly on a desk without a raw queue', () => {
    const desk = { ...deskWith(), queues: new Map() };
    assert.throws(() => route(desk, FACTS), /raw queue/);
    assert.throws(() => route({ ...desk, rules: [ruleFor({})] }, FACTS), /under-test/);
  });

  it('R1 stays quick on a text of 100,000 characters and many words to look for', () => {
    const rule = ruleFor({ words: Array.from({ length: 50 }, (_, index) => `aaaab${index} aaaa`) });
    assert.equal(route(deskWith(rule), { ...FACTS, text: 'aaaa '.repeat(20_000) }).unmatched, true);
  });

  const desk = testDesk();
  const some = <T>(values: readonly T[]) => fc.subarray([...values], { minLength: 1 });
  const conditions = fc.record(
    {
      service: some([...desk.services.keys()]),
      type: some(TICKET_TYPES),
      organisation: some([...desk.organisations.keys()]),
      area: some(['north', 'south']),
      words: some(['mandat', 'pec', 'phishing']),
      domain: some(['comune.example.it', 'partner.example.it']),
    },
    { requiredKeys: [] },
  );
  const facts = fc.record(
    {
      service: fc.constantFrom(...desk.services.keys()),
      type: fc.constantFrom(...TICKET_TYPES),
      organisation: fc.constantFrom(...desk.organisations.keys()),
      subject: fc.constantFrom('Mandati bloccati', 'La PEC non arriva', 'Altro'),
      text: fc.string({ maxLength: 40 }),
      email: fc.constantFrom('a@comune.example.it', 'b@partner.example.it', 'c'),
    },
    { requiredKeys: ['service', 'type', 'subject', 'text'] },
  );
  const rulesOf = fc
    .array(conditions, { maxLength: 6 })
    .map((whens) => whens.map((when, index) => ruleFor(when, `rule-${index}`)));

  it('R1 decides by the first rule that would match alone', () => {
    fc.assert(
      fc.property(rulesOf, facts, (rules, asked) => {
        const first = rules.find((rule) => !route(deskWith(rule), asked).unmatched);
        assert.equal(route(deskWith(...rules), asked).reason.rule, first?.id);
      }),
    );
  });

  it('R1 never lets a later rule change the outcome of an earlier one', () => {
    fc.assert(
      fc.property(rulesOf, rulesOf, facts, (rules, more, asked) => {
        const routed = route(deskWith(...rules), asked);
        fc.pre(!routed.unmatched);
        assert.deepEqual(route(deskWith(...rules, ...more), asked), routed);
      }),
    );
  });

  it('R5 names one reason for each condition of the rule that won', () => {
    fc.assert(
      fc.property(rulesOf, facts, (rules, asked) => {
        const { reason, unmatched } = route(deskWith(...rules), asked);
        const when = rules.find(({ id }) => id === reason.rule)?.when;
        assert.equal(unmatched, when === undefined);
        if (when === undefined) return;
        const expected = Object.keys(when).length === 0 ? ['always'] : Object.keys(when);
        assert.deepEqual(
          new Set<string>(reason.because.map(({ condition }) => condition)),
          new Set(expected),
        );
      }),
    );
  });
});
