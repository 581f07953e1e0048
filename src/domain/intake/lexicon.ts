/**
 * Classes of Italian and English words, so that a text can be judged by what remains when everything that says nothing
 * is taken away. A word that stands in no class is taken to say something specific. `*` ends a stem: `problem*` stands
 * for problema, problemi, problematica, problems. Words are written as `wordsOf` gives them, without accents.
 */

/**
 * - `stop`: grammar, quantities and colourless adjectives
 * - `help`: that something is wanted or wrong, without saying what
 * - `error`: like `help`, but together with a number it names the fault ("errore 504")
 * - `urgency`, `courtesy`, `salutation`, `title`: what their names say
 * - `thing`: a thing that everybody has; says something only together with an `event`
 * - `event`: what happens or is to be done; says so only together with a thing
 * - `time`, `place`: when and where, but not what
 * - `filler`: typed to get past a required field
 */
export type WordClass =
  | 'stop'
  | 'help'
  | 'error'
  | 'urgency'
  | 'courtesy'
  | 'salutation'
  | 'title'
  | 'thing'
  | 'event'
  | 'time'
  | 'place'
  | 'filler';

/** Earlier classes win where a word would fit several. */
const CLASSES: readonly (readonly [WordClass, string])[] = [
  [
    'stop',
    `il lo la i gli le l un uno una uni di del dello della dei degli delle d a al allo alla ai agli alle all da dal dallo
    dalla dai dagli dalle dall in nel nello nella nei negli nelle nell con col coi su sul sullo sulla sui sugli sulle
    sull per tra fra e ed o od oppure ma pero anche pure se che chi cui ci vi si mi ti ne me te noi voi io tu lui lei
    loro mio mia miei mie tuo tua tuoi tue suo sua suoi sue nostro nostra nostri nostre vostro vostra vostri vostre
    questo questa questi queste quello quella quelli quelle quel quell quest cio come quando quanto quanti quante
    quanta quale quali dove perche poiche quindi dunque allora cosi poi gia ancora sempre mai non no si sono sei siamo
    siete essere stato stata stati state e era erano sia ho hai ha abbiamo avete hanno avere avuto avuta avrei avrebbe
    avremmo avevo aveva c v s t m ve ce piu meno molto molta molti molte tanto tanta tanti poco poca troppo tutto tutta
    tutti tutte niente nulla nessun nessuno nessuna qualcosa qualcuno qualche alcun alcuni alcune ogni cosa cose qua
    qui li appena solo soltanto adesso proprio davvero circa po comunque inoltre invece mentre finche forse magari almeno
    quasi purtroppo attualmente improvvisamente possibile possibili abbia fosse siano saremmo ovvero ossia va vanno andare fa fare fatto faccio fate fanno
    posso puo possiamo potete possono poter potere potrei potreste potrebbe devo deve dobbiamo dovete devono dovere
    dover dovrei voglio vuole vogliamo volere vorrei vorremmo volevo volevamo viene vengono venire sto sta stanno
    stiamo da dare dato mette metto mettere nuovamente vario varia vari varie altro altra altri
    altre stesso stessa grande grosso grossa grave gravi serio seria primo prima dopo senza verso via ok okay vedi vedete guarda guardate leggi leggete leggere see look read
    the a an of to in on at by for from with without and or but if then than that this these those there here it its
    is are was were be been being am do does did done doing have has had having will would can could shall should may
    might must not no nor don doesn didn isn aren wasn won can couldn wouldn i you he she we they me him her us them my
    your his our their mine yours who whom which what when where why how all any some every each none nothing
    everything something anything someone anyone somebody anybody everybody everyone thing things one ones so as very
    too much many more most less few lot lots just only also again still already yet now however because since while maybe perhaps
    actually unfortunately possible suddenly right fwd fw rif fyi btw re ll d m out into
    about over get gets getting got make makes go goes going please other others another same big huge serious
    various`,
  ],
  [
    'help',
    `aiut* help* desk sos mayday assist* support* sostegno richiest* richied* request* domand* question* quesit* query queries
    enquir* inquir* problem* issue issues trouble* difficolt* inconvenient* guai guaio guast* malfunzion* malfunction*
    disservizi* funziona funzionano funzionava funzionavano funzionare funzionante funzionanti funzionat* funzionament*
    work works working worked rotto rotta rotti rotte broken broke fail fails failed failing failure bisogn* serve
    servono servirebbe necessit* need* want wants wanted info informazion* information inform informare chiariment*
    chiarir* clarif* delucidazion* dubb* doubt* consiglio consigli consigliate advice suggeriment* parere opinion* interven*
    verific* controll* check checks checking segnalo segnalare segnalazion* segnalato report reports reporting comunic* messaggi* message* notizia
    notizie news ticket tickets pratica varie misc miscellaneous generico generica generic general generale risolv*
    risoluzione soluzione soluzioni solve solved solution* fix fixed fixing sistemare sistemate ripara* repair* riesco
    riesce riescono riusciamo riuscire riusciamo riuscit* riuscendo able unable cannot sapere sappia sapete know
    capire capisco capito understand understanding trova trovo trovare find scrivo scrivere scrivervi writing write parlare parlarvi parlato talk talking speak
    speaking contatt* contact* chiama* richiama* call calling callback telefona* sentire sentirci sentirvi rispond*
    rispost* reply answer* operatore operatori operator* agent agents strano strana strani strane strange weird wrong
    storto sbagliato bad male malissimo tecnico tecnica tecnici tecniche technical informatico informatica informatici
    informatiche programm* softwar* applicazion* applicativ* application* app apps sistem* system* procedur* procedure*
    gestional* servizio servizi service services lavoro lavorare lavoriamo lavorando ko succede successo capita
    capitato accade happen* veloce velocement* quick quickly rapid* fast bug bugs anomali* incident* disguid* reclam*
    complain* lamentel* sollecit* disastr* disaster* casino caos chaos panic* vergogn* assurd* ridicol* incredibil*
    unbelievable nightmare mess uffa insomma basta cazzo merda schifo fuck* shit wtf damn situazion* situation* caso case faccenda questione questioni oggetto subject`,
  ],
  ['error', 'errore errori error errors codice codici code codes cod err eccezione exception'],
  [
    'urgency',
    `urgen* asap subito immediat* presto emergenz* emergency emergencies important* critico critica
    critici critiche critical* crucial* vitale fretta hurry priorit*
    prioritari* scaden* deadline* scade scadono tempestiv* indifferibil* inderogabil* improrogabil* disperat* desperate*`,
  ],
  [
    'courtesy',
    `grazie ringrazi* thank thanks thx tks ty cortesia cortesemente cortese cortesi favore piacere prego prega pregasi preghiamo scusa scusate
    scusi scusarmi scusandomi disturbo sorry excuse kindly gentilmente cordiali cordialmente cordialita saluti saluto
    regards sincerely best distinti anticipo anticipatamente advance attesa gentilezza disponibilita cheers pls plz
    apologies appreciate* appreciated bothering welcome`,
  ],
  [
    'salutation',
    `buongiorno buonasera buondi buonanotte buon buona giorno ciao salve ehi ehila hey hello hi hallo dear gentile
    gentili gentilissim* egregio egregia egregi spettabile spett caro cara cari care carissim* pregiat* stimat* morning
    evening afternoon good greetings pomeriggio sera
    signori signore sigg colleghi colleghe colleague* sir sirs madam team attenzione attention attn att fao`,
  ],
  [
    'title',
    `dott dottor dottore dottoressa dottssa dssa ssa dr dra drssa sig signor signora signorina sigra ra ing ingegner ingegnere arch architetto avv avvocato geom geometra rag ragionier ragioniere
    ragioniera prof professor professore professoressa mr mrs ms miss mister doctor sindaco sindaca
    assessore assessora dirigente dirigenti direttore direttrice segretario segretaria responsabile collega
    manager capo boss`,
  ],
  [
    'thing',
    `pc computer computers terminale terminali postazione postazioni workstation*
    macchina macchine dispositiv* device devices apparecchi* hardware sito siti site sites website* portale portali
    portal portals pagina page web desktop allegat* attachment* attached file files documento documenti document documents
    dati data schermata screenshot*`,
  ],
  [
    'event',
    `nuovo nuova nuovi nuove new lent* rallent* slow slowly slower blocc* sblocc* impall* piantat* fermo ferma fermi freez* frozen froze stuck
    blocked locked lock crash* spent* spegne spegnere spegnersi accend* acces* acced* apr* open opens opening
    opened parte partono partire partito start starts starting started avvia avviare avvio avviano avviato chiud* chius* close closes closed entra entrare
    entriamo entrano log logging
    carica caricare caricano load loads loading vedo vede vedere vedono compare compaiono appare esce escono
    uscire aggiorn* update* upgrade* modific* change changes changing cambio cambi cambiare cambiato sostitu* replace*
    cancell* delet* elimin* inserir* inseriment* inserito configur* attiva attivare attivazion* disattiv* activat*
    enable* abilit* disabilit* install* reinstall* corso corsi course courses formazion* training consulenz*
    consultanc* lezion* spiegazion* spiegare down offline problematic`,
  ],
  [
    'time',
    `oggi ieri domani stamattina stamani stasera mattina mattino mattinata settimana settimane mese mesi anno anni ora
    ore minuti minuto giorno giorni lunedi martedi mercoledi giovedi venerdi sabato domenica entro today yesterday
    tomorrow tonight week weeks month months year years hour hours minute minutes day days monday tuesday wednesday
    thursday friday saturday sunday soon weekend recente recentemente recently`,
  ],
  [
    'place',
    `ufficio uffici sede sedi piano stanza stanze room rooms floor reparto settore settori area servizi
    comune comuni ente enti municipio municipality council body unione provincia regione ministero department
    headquarters casa home`,
  ],
  [
    'filler',
    `test tests testing tested prova prove provo boh mah bah beh vabbe eccetera etc pippo pluto paperino foo bar baz
    foobar lorem ipsum bla blah nd na nn null undefined none nessuno xyz abc abcd tizio caio sempronio qwerty asd xxx lol
    ciaone dummy sample esempio example`,
  ],
];

const exact = new Map<string, WordClass>();
/** By the first three letters, which every stem has. */
const stems = new Map<string, { readonly stem: string; readonly of: WordClass }[]>();

for (const [of, list] of CLASSES) {
  for (const entry of list.split(/\s+/)) {
    if (!entry.endsWith('*')) {
      if (!exact.has(entry)) exact.set(entry, of);
      continue;
    }
    const stem = entry.slice(0, -1);
    const start = stem.slice(0, 3);
    stems.set(start, [...(stems.get(start) ?? []), { stem, of }]);
  }
}

/** The class of a word as `wordsOf` gives it; absent for a word that says something specific. */
export function classOf(word: string): WordClass | undefined {
  return lookUp(word) ?? (DRAWN_OUT.test(word) ? lookUp(word.replace(DRAWN_OUT, '$1')) : undefined);
}

/** "Aiutoooo", "infoooo": a letter three times or more stands for itself once. */
const DRAWN_OUT = /([a-z])\1{2,}/;

function lookUp(word: string): WordClass | undefined {
  return (
    exact.get(word) ?? stems.get(word.slice(0, 3))?.find(({ stem }) => word.startsWith(stem))?.of ?? undefined
  );
}
