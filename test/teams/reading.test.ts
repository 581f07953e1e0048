import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { PERSON } from '../support/desk.ts';
import { APP_ID } from '../support/teams.ts';
import { type Activity, deliver, message } from './support/activities.ts';
import { wordsOf } from './support/cards.ts';
import { CLEAR, heardBy, lastHeardBy, openTicket, reread, say } from './support/people.ts';
import { type Stage, setStage } from './support/stage.ts';

let activities = 1_793_870_000_000;

describe('I1 a message is read as it was written', () => {
  let stage: Stage;
  before(async () => {
    stage = await setStage();
  });
  after(() => stage.stop());

  /** What the bot takes for the text of the message, and all that it says about it. */
  const taken = async (text: string, over: Activity = {}) => {
    const heard = heardBy(stage, 'maria').length;
    const activity = message(stage, 'maria', text, { id: String(++activities), ...over });
    assert.equal((await deliver(stage, activity)).status, 200);
    await stage.settle();
    const draft = await stage.store.pendingDraftOf(PERSON.maria);
    if (draft)
      await stage.store.commitDraft({
        draft: { ...draft, version: draft.version + 1, withdrawn: true },
        expected: draft.version,
        deliveries: [],
      });
    const said = heardBy(stage, 'maria').slice(heard).map(wordsOf).join('\n');
    return { text: draft?.text, files: draft?.attachments.length, said };
  };
  const html = (content: string) => ({ attachments: [{ contentType: 'text/html', content }] });
  const bot = { id: `28:${APP_ID}`, name: 'Sportello' };
  const EMOJI =
    '<img itemtype="http://schema.skype.com/Emoji" itemid="yes" alt="👍" src="https://statics.teams.cdn.office.net/evergreen-assets/x">';
  const PICTURE =
    '<img itemtype="http://schema.skype.com/AMSImage" src="https://eu-api.asm.skype.com/v1/objects/1/views/imgo">';

  const READ: Record<string, [text: string, over: Activity, read: string]> = {
    entities: [
      'la&nbsp;stampante &egrave; ferma &amp; &lt;spenta&gt; &#x2013; s&#236;',
      {},
      'la stampante è ferma & <spenta> – sì',
    ],
    'addresses whose parameters look like entities': [
      'https://a.example/?id=5&copy=2&lt=3',
      {},
      'https://a.example/?id=5&copy=2&lt=3',
    ],
    'angle brackets that are no tags': ['esce <errore 12> se a < b', {}, 'esce <errore 12> se a < b'],
    'HTML that says so': [
      '<p>i mandati<br>sono &quot;fermi&quot;</p>',
      { textFormat: 'xml' },
      'i mandati\nsono "fermi"',
    ],
    'HTML that says it is plain': [
      '<div>i mandati</div><div>sono <b>fermi</b></div>',
      { textFormat: 'plain' },
      'i mandati\nsono fermi',
    ],
    'a mention whose entity has no text': [
      '<at>Sportello</at>&nbsp;i mandati sono fermi',
      { entities: [{ type: 'mention', mentioned: bot }] },
      'i mandati sono fermi',
    ],
    'a mention whose entity has nothing but the id': [
      '<at>Aiuto</at> i mandati sono fermi',
      { entities: [{ type: 'mention', mentioned: { id: bot.id } }] },
      'i mandati sono fermi',
    ],
    'a mention of somebody else': [
      'lo sa <at id="0">Anna Villa</at>',
      {
        entities: [
          { type: 'mention', mentioned: { id: '29:anna', name: 'Anna Villa' }, text: '<at>Anna Villa</at>' },
        ],
      },
      'lo sa Anna Villa',
    ],
    'a mention in HTML only': [
      'Sportello i mandati sono fermi',
      {
        ...html(
          '<p><span itemtype="http://schema.skype.com/Mention" itemscope itemid="0">Sportello</span>&nbsp;i mandati sono fermi</p>',
        ),
        entities: [{ type: 'mention', mentioned: bot, text: '<at>Sportello</at>' }],
      },
      'i mandati sono fermi',
    ],
    'emoji that are pictures': [
      'i mandati vanno ',
      html(`<p>i mandati vanno ${EMOJI}</p>`),
      'i mandati vanno 👍',
    ],
    'emoji as elements': [
      'i mandati',
      html('<p>i mandati <emoji id="sad" alt="😢" title="triste"></emoji></p>'),
      'i mandati 😢',
    ],
    'a table': [
      'Mandato Importo123499,50',
      html(
        '<table><tbody><tr><th>Mandato</th><th>Importo</th></tr><tr><td><p>1234</p></td><td>99,50</td></tr></tbody></table>',
      ),
      'Mandato | Importo\n1234 | 99,50',
    ],
    code: [
      'ERRORE 12riga 2',
      html('<p>esce:</p><pre itemtype="x"><code>ERRORE 12<br>  riga 2\nriga 3</code></pre>'),
      'esce:\nERRORE 12\n  riga 2\nriga 3',
    ],
    'a list': ['unodue', html('<ul><li>uno</li><li>due</li></ul>'), '• uno\n• due'],
    'a link that hides where it leads': [
      'guarda qui',
      html('<p>guarda <a href="https://a.example/x">qui</a> e <a href="https://b.example">b.example</a></p>'),
      'guarda qui (https://a.example/x) e b.example',
    ],
    'words of the language': ['constructor __proto__ toString', {}, 'constructor __proto__ toString'],
    'half a character and NUL': ['i man\ud800dati\u0000 fermi', {}, 'i man\ufffddati fermi'],
    'a quotation of somebody’s words': [
      'mah',
      html(
        '<blockquote itemscope itemtype="http://schema.skype.com/Reply" itemid="1793000000001"><strong>Anna</strong><p itemprop="preview">la domanda</p></blockquote><p>la risposta è 42</p>',
      ),
      'la risposta è 42',
    ],
    'script and style': ['x', html('<style>p{}</style><p>fermi</p><script>alert(1)</script>'), 'fermi'],
  };
  for (const [what, [text, over, read]] of Object.entries(READ))
    test(`I1 ${what}`, async () => {
      assert.equal((await taken(text, over)).text, read);
    });

  const OWN = () => ({
    contentType: 'image/*',
    contentUrl: new URL('/v3/attachments/none/views/original', stage.local.serviceUrl).href,
  });
  const STRANGE: Record<string, [attachments: () => unknown, said: RegExp | undefined]> = {
    'no list': [() => 'x', undefined],
    'nothing at all': [() => [null, 7, 'x', [], {}], undefined],
    'sixty cards': [
      () =>
        Array.from({ length: 60 }, () => ({
          contentType: 'application/vnd.microsoft.card.adaptive',
          content: {},
        })),
      undefined,
    ],
    'a picture without address': [
      () => [{ contentType: 'image/*' }],
      /Un’immagine non è arrivata: mandala qui/,
    ],
    'pictures in their own address': [
      () => [1, 2].map(() => ({ contentType: 'image/png', contentUrl: 'data:image/png;base64,AAAA' })),
      /2 immagini non sono arrivate: mandale qui/,
    ],
    'pictures of which only the HTML tells': [
      () => [{ contentType: 'text/html', content: `<p>${CLEAR}</p>${PICTURE}${PICTURE}${PICTURE}` }],
      /3 immagini non sono arrivate/,
    ],
    'an emoji beside its picture': [
      () => [
        { contentType: 'image/*', contentUrl: 'https://statics.teams.cdn.office.net/evergreen-assets/x' },
        { contentType: 'text/html', content: `<p>${CLEAR}</p>${EMOJI}` },
      ],
      undefined,
    ],
    'a file without address': [
      () => [
        {
          contentType: 'application/vnd.microsoft.teams.file.download.info',
          name: 'mandato.pdf',
          content: {},
        },
      ],
      /Non sono arrivati: mandato\.pdf/,
    ],
    'a film and a page of the team': [
      () => [
        { contentType: 'video/mp4', contentUrl: 'https://a.example/1' },
        { contentType: 'reference', name: 'verbale.docx', contentUrl: 'https://a.sharepoint.com/1' },
      ],
      /Non sono arrivati: verbale\.docx e un altro file/,
    ],
    'a name that is no text': [() => [{ ...OWN(), name: { x: 1 } }], /Non sono riuscito a leggere “immagine/],
    'an address that is no text': [
      () => [{ contentType: 'image/*', contentUrl: 7 }],
      /Un’immagine non è arrivata/,
    ],
    'a type that is no text': [() => [{ contentType: 7, contentUrl: 'https://a.example' }], undefined],
  };
  for (const [what, [attachments, said]] of Object.entries(STRANGE))
    test(`T15 with ${what} among its attachments the text is kept, and what is lost is said`, async () => {
      const heard = await taken(CLEAR, { attachments: attachments() });
      assert.ok(heard.text?.startsWith(CLEAR), heard.text);
      if (said) assert.match(heard.said, said);
      else assert.doesNotMatch(heard.said, /arrivat|leggere/);
    });

  test('T15 with more pictures than are taken at once the text is kept, and the rest is counted', async () => {
    const { text, said } = await taken(CLEAR, { attachments: Array.from({ length: 120 }, OWN) });
    assert.equal(text, CLEAR);
    assert.match(said, /70 immagini non sono arrivate: mandale qui/);
  });

  test('T15 where nothing came but a picture that did not arrive, that is what is said', async () => {
    const { text, said } = await taken('', { attachments: [{ contentType: 'image/*' }] });
    assert.equal(text, undefined);
    assert.equal(said, 'Un’immagine non è arrivata: mandala qui.');
  });

  test('A2 NUL and halves of characters anywhere are answered in words', async () => {
    for (const [what, over] of Object.entries({
      name: {
        from: { id: stage.local.teamsId(PERSON.maria), name: 'Ma\ud800ria\u0000', aadObjectId: PERSON.maria },
      },
      id: { id: `\u0000${++activities}\udfff` },
      key: {
        'a\u0000\ud800': 1,
        ['__proto__']: { type: 'x' },
        channelData: { tenant: { id: 'a0000000-0000-4000-8000-000000000000' }, '\ud800': 1 },
      },
      attachment: { attachments: [{ contentType: 'image/\u0000*', contentUrl: '\ud800', name: '\u0000' }] },
      locale: { locale: '\u0000it' },
    })) {
      const { status } = await deliver(
        stage,
        message(stage, 'maria', '?', { id: String(++activities), ...over }),
      );
      assert.equal(status, 200, what);
    }
    await stage.settle();
  });
});

describe('an answer that quotes goes to the request that it quotes', () => {
  const QUOTING: Record<string, (id: string) => Activity> = {
    'an entity and a placeholder': (id) => ({
      text: `<quoted messageId="${id}"/> il codice è 5120`,
      entities: [{ type: 'quotedReply', quotedReply: { messageId: id } }],
    }),
    'a placeholder alone': (id) => ({ text: `<quoted messageId="${id}"></quoted>il codice è 5120` }),
    'an entity alone': (id) => ({
      text: 'il codice è 5120',
      entities: [{ type: 'x' }, { type: 'quotedReply', quotedReply: { messageId: id, preview: '<b>' } }],
    }),
    'HTML, as it was before': (id) => ({
      text: 'il codice è 5120',
      attachments: [
        {
          contentType: 'text/html',
          content: `<blockquote itemscope itemtype="http://schema.skype.com/Reply" itemid="${id}"><p>x</p></blockquote><p>il codice è 5120</p>`,
        },
      ],
    }),
  };
  for (const [how, over] of Object.entries(QUOTING))
    test(`W10 quoted by ${how}`, async () => {
      const stage = await setStage();
      const first = await openTicket(stage);
      await openTicket(stage, 'maria', {
        text: 'un’altra richiesta: non riesco a emettere i mandati del gas',
      });
      const card = heardBy(stage, 'maria').find((one) => wordsOf(one).includes(first.number));
      assert.ok(card);
      await deliver(stage, message(stage, 'maria', '', { id: String(++activities), ...over(card.id) }));
      await stage.settle();
      const { articles } = await reread(stage, first);
      await stage.stop();
      assert.equal(articles.at(-1)?.text, 'il codice è 5120');
    });
});

test('W6 a search for what no ticket can hold finds nothing and says so; words of the language are words', async () => {
  const stage = await setStage();
  const ticket = await openTicket(stage, 'maria', { text: `${CLEAR} nel metodo constructor` });
  await openTicket(stage, 'maria', { text: 'un’altra richiesta: non riesco a emettere i mandati del gas' });
  for (const what of ['%', '€', '_', '*', '"', '%%', '...', '👍', '\\']) {
    await say(stage, 'anna', `cerca ${what}`);
    await stage.settle();
    assert.match(wordsOf(lastHeardBy(stage, 'anna')), /nessuna|Nessuna/, what);
  }
  for (const [what, found] of [
    ['constructor', true],
    ['__proto__', false],
    ['hasOwnProperty', false],
  ] as const) {
    await say(stage, 'anna', `cerca ${what}`);
    await stage.settle();
    assert.equal(wordsOf(lastHeardBy(stage, 'anna')).includes(ticket.number), found, what);
  }
  await stage.stop();
});
