/**
 * Tickets, and what their requesters write next: more about the same matter, or another one (I11). Made up for this
 * project, in the words of a Comune; half of the messages are signed, in six styles.
 */

export type Spoken = {
  readonly service: string;
  readonly subject: string;
  readonly text: string;
  /** What the office answered last, where it did. */
  readonly reply?: string;
  readonly continues: readonly string[];
  readonly others: readonly string[];
};

export const SPOKEN: readonly Spoken[] = [
  {
    service: 'mandati',
    subject: 'Mandato 1482 fermo su soggetto inesistente',
    text: 'Emettendo il mandato 1482 per la cooperativa Girasole esce “soggetto inesistente”.',
    reply: 'Può controllare il codice fiscale del fornitore?',
    continues: [
      'Il codice fiscale della cooperativa Girasole è giusto, l’ho ricontrollato',
      'Purtroppo non è ancora risolto',
      'Ho riprovato col mandato 1482 e il soggetto inesistente compare sempre',
      'La cooperativa Girasole sollecita il pagamento, ci sono novità?',
    ],
    others: [
      'La stampante al primo piano mangia la carta',
      'Non ricordo più la password per entrare nel computer',
      'Nel cedolino di ottobre manca lo straordinario',
      'Serve un’abilitazione al protocollo per la nuova collega',
    ],
  },
  {
    service: 'postazione',
    subject: 'La stampante del piano terra non stampa a colori',
    text: 'La stampante del piano terra stampa tutto in grigio anche se scelgo il colore.',
    continues: [
      'La stampante del piano terra adesso fa anche le righe',
      'Ho cambiato la cartuccia del magenta ma i colori non tornano, sempre grigio',
      'Come richiesto ho fatto la prova di stampa: esce in grigio',
      'Il problema persiste',
    ],
    others: [
      'Vorrei sapere quanti giorni di ferie mi restano',
      'Il mandato 77 è stato respinto dal tesoriere',
      'Il lettore di impronte della carta d’identità non riconosce il dito',
      'Non vedo il calendario condiviso su Teams',
    ],
  },
  {
    service: 'tari',
    subject: 'Bolletta TARI doppia per via Garibaldi 12',
    text: 'Al contribuente Bellini sono arrivate due bollette TARI per lo stesso immobile di via Garibaldi 12.',
    reply: 'Ci può mandare il codice fiscale del contribuente?',
    continues: [
      'Il contribuente Bellini ha portato allo sportello entrambe le bollette',
      'Dimenticavo: una delle due bollette di via Garibaldi è intestata alla moglie',
      'Bellini chiede se deve pagare intanto la prima',
      'Allego le due bollette di Bellini',
    ],
    others: [
      'Il sito del Comune non carica la pagina degli eventi',
      'La fattura elettronica 221 è stata scartata dallo SdI',
      'Il telefono dell’anagrafe squilla a vuoto',
      'Come si chiede il congedo di maternità?',
    ],
  },
  {
    service: 'cedolino',
    subject: 'Manca l’assegno familiare nel cedolino di settembre',
    text: 'Nel cedolino di settembre non trovo l’assegno familiare per il secondo figlio.',
    continues: [
      'Anche in quello di ottobre l’assegno per il secondo figlio non compare',
      'A che punto siamo con l’assegno familiare?',
      'Vi allego il certificato di nascita del figlio per l’assegno',
      'Sollecito cortesemente una risposta',
    ],
    others: [
      'Il monitor della mia postazione si spegne da solo',
      'Da stamattina la rete va a singhiozzo',
      'Devo protocollare una PEC arrivata nella casella sbagliata',
      'Un cittadino chiede copia della planimetria catastale',
    ],
  },
  {
    service: 'rete-vpn',
    subject: 'La VPN cade ogni dieci minuti da casa',
    text: 'Lavorando da casa la VPN si disconnette ogni dieci minuti.',
    reply: 'Quale gestore usa a casa?',
    continues: [
      'Uso Fastweb, e la VPN continua a cadere',
      'Ho provato come mi avete detto ma si disconnette di nuovo',
      'Anche dalla casa dei miei la VPN si disconnette dopo dieci minuti',
      'Ancora niente, stessa situazione',
    ],
    others: [
      'Mi serve il certificato di residenza storico per un cittadino',
      'La reversale 340 risulta regolarizzata due volte',
      'L’iscrizione al corso sulla privacy non mi è stata confermata',
      'La tastiera del portatile ha due tasti rotti',
    ],
  },
  {
    service: 'fatture-elettroniche',
    subject: 'Fattura Enel 2026/88123 rifiutata per errore',
    text: 'Abbiamo rifiutato per sbaglio la fattura Enel 2026/88123, si può recuperare?',
    continues: [
      'Enel dice che non può riemettere la fattura, come procediamo?',
      'La fattura Enel rifiutata scade venerdì',
      'Avete notizie della mia richiesta?',
      'Preciso che il rifiuto della 2026/88123 è del 4 novembre',
    ],
    others: [
      'Il tablet del sopralluogo non si accende',
      'La timbratura di martedì pomeriggio non risulta',
      'Mi si è bloccata la firma digitale, PIN errato tre volte',
      'Alla biblioteca manca il toner',
    ],
  },
  {
    service: 'presenze',
    subject: 'Timbratura di lunedì 9 mancante',
    text: 'Lunedì 9 ho timbrato in entrata alle 8:02 ma non risulta sul cartellino.',
    continues: [
      'Il responsabile ha confermato che lunedì 9 ero in ufficio dalle 8:02',
      'Sul cartellino la timbratura di lunedì 9 ancora non risulta',
      'Non è stata sistemata, potete riaprire?',
      'Come dicevo ho usato il badge al tornello di via Mazzini',
    ],
    others: [
      'La casella pec della segreteria è piena',
      'Si può pubblicare oggi all’albo la determina 512?',
      'Il programma delle mense non calcola le tariffe',
      'Serve la VPN per il collega appena arrivato',
    ],
  },
  {
    service: 'pec',
    subject: 'Ricevuta di consegna assente per la PEC al Tribunale',
    text: 'La PEC mandata al Tribunale di Lodi il 3 novembre non ha la ricevuta di consegna.',
    reply: 'Ci può dire l’ora di invio?',
    continues: [
      'L’ho mandata al Tribunale alle 11:40',
      'Il Tribunale dice di non averla ricevuta',
      'Ora compare un errore sulla consegna al Tribunale',
      'È arrivata la ricevuta di accettazione ma non quella del Tribunale',
    ],
    others: [
      'L’IMU di un immobile inagibile va ridotta?',
      'Non riesco a installare l’aggiornamento di Excel',
      'Il wifi in sala consiliare non prende',
      'Come faccio a sapere a chi spetta una buca nella strada?',
    ],
  },
  {
    service: 'carta-identita',
    subject: 'Lettore impronte guasto allo sportello 2',
    text: 'Il lettore di impronte dello sportello 2 in Municipio lampeggia rosso e non acquisisce.',
    continues: [
      'Il lettore lampeggia rosso anche dopo il riavvio',
      'Abbiamo spostato il lettore di impronte sullo sportello 3, stesso errore',
      'Intanto facciamo le carte allo sportello 1, ma il lettore ci serve',
      'Il lettore impronte non è sistemato, c’è fila',
    ],
    others: [
      'Nel bilancio il capitolo 1040 non ha disponibilità',
      'Vorrei iscrivere due colleghi al webinar sul codice dei contratti',
      'La mail di un cittadino finisce sempre nello spam',
      'È possibile avere una seconda tastiera?',
    ],
  },
  {
    service: 'protocollo-informatico',
    subject: 'Protocollo 20345 assegnato al settore sbagliato',
    text: 'Il protocollo 20345 è finito ai Lavori pubblici e doveva andare all’Ambiente.',
    continues: [
      'Il 20345 risulta ancora ai Lavori pubblici',
      'Anche i due allegati del protocollo 20345 vanno spostati all’Ambiente',
      'Il settore Ambiente chiede quando riceve il protocollo 20345',
      'Non ho ricevuto nessuna risposta',
    ],
    others: [
      'Mio cognato ha cambiato residenza e la tessera elettorale non è arrivata',
      'Il computer nuovo non vede lo scanner',
      'La busta paga è più bassa del solito',
      'Con PagoPA un avviso risulta pagato due volte',
    ],
  },
  {
    service: 'pagopa',
    subject: 'Avviso PagoPA della mensa non trovato dal tabaccaio',
    text: 'Una mamma dice che il tabaccaio non trova l’avviso della mensa.',
    continues: [
      'La mamma ha riprovato in posta, nemmeno lì trovano l’avviso della mensa',
      'Il tabaccaio dice che il codice della mensa è scaduto',
      'Vi mando la foto dell’avviso della mensa',
      'Stessa cosa per un’altra famiglia della mensa',
    ],
    others: [
      'La chat di Teams mi manda le notifiche due volte',
      'Ho perso il token della firma',
      'Chi si occupa del rinnovo del contratto di pulizie?',
      'Il cartellino di ottobre non si chiude',
    ],
  },
  {
    service: 'programmi',
    subject: 'Il gestionale dei cimiteri si chiude all’avvio',
    text: 'Da lunedì il gestionale dei cimiteri si chiude appena lo apro.',
    reply: 'Compare un messaggio prima che si chiuda?',
    continues: [
      'Prima che il gestionale dei cimiteri si chiuda compare “access violation”',
      'Anche dal computer della collega il programma cimiteri si chiude',
      'Sì, compare una finestra grigia per un istante, poi i cimiteri si chiudono',
      'Non funziona ancora',
    ],
    others: [
      'La delibera 45 va pubblicata entro sera',
      'Un contribuente vuole rateizzare l’IMU',
      'La porta dell’archivio non si chiude a chiave',
      'Serve un preventivo per nuove sedie',
    ],
  },
  {
    service: 'credenziali',
    subject: 'Utente bloccato sul portale ANPR',
    text: 'Il mio utente risulta bloccato sul portale ANPR dopo il cambio della smart card.',
    continues: [
      'L’utente ANPR è bloccato anche stamattina',
      'Con la vecchia smart card il portale ANPR mi fa entrare',
      'Ho seguito le vostre indicazioni ma l’utente resta bloccato',
      'Avete aggiornamenti sulla mia richiesta?',
    ],
    others: [
      'La bolletta dell’acqua della scuola è da liquidare',
      'Il condizionatore della sala server fa rumore',
      'Vorrei chiedere due ore di permesso per giovedì',
      'La stampante etichette del protocollo stampa storto',
    ],
  },
  {
    service: 'posta-elettronica',
    subject: 'Non arrivano le mail dalla Regione',
    text: 'Da una settimana le mail dell’assessorato regionale non ci arrivano.',
    continues: [
      'La Regione conferma di averle spedite anche ieri',
      'Ne abbiamo trovata una della Regione nella quarantena',
      'Le mail della Regione non arrivano nemmeno alla segreteria',
      'Il problema si ripresenta',
    ],
    others: [
      'Il mandato collettivo degli stipendi va anticipato',
      'Come si cambia la foto nel tesserino?',
      'Il plotter dell’ufficio tecnico ha la testina sporca',
      'Servono le liste elettorali aggiornate per la sezione 4',
    ],
  },
  {
    service: 'formazione',
    subject: 'Attestato del corso antincendio mai ricevuto',
    text: 'A giugno ho fatto il corso antincendio ma non ho l’attestato.',
    continues: [
      'Il docente del corso antincendio dice di averlo spedito in estate',
      'L’attestato antincendio mi serve per la visita ispettiva',
      'Non l’ho ancora ricevuto',
      'Preciso che il corso antincendio era quello del 12 giugno',
    ],
    others: [
      'La pratica SUAP del bar in piazza è ferma',
      'Non riesco ad aprire i file p7m',
      'Il registro giornaliero del protocollo è vuoto',
      'Il mouse senza filo perde il collegamento',
    ],
  },
  {
    service: 'pratiche-edilizie',
    subject: 'CILA 311/2026 di Martinelli senza allegati',
    text: 'La CILA 311/2026 presentata dal geometra Martinelli è arrivata senza allegati.',
    continues: [
      'Martinelli ha rimandato gli allegati ma alla 311 non compaiono',
      'Gli allegati della CILA 311 pesano 40 MB, è per quello?',
      'Il geometra chiede se deve ripresentare la CILA',
      'Riaprite per favore, gli allegati mancano sempre',
    ],
    others: [
      'Il badge non apre il cancello del parcheggio',
      'Nel portale dipendenti non vedo la certificazione unica',
      'Il proiettore della sala giunta ha l’immagine verde',
      'Una cittadina chiede un duplicato del libretto di famiglia',
    ],
  },
  {
    service: 'impegni',
    subject: 'Impegno 502 senza copertura sul capitolo 2210',
    text: 'Registrando l’impegno 502 sul capitolo 2210 il programma dice che manca la copertura.',
    reply: 'La variazione di ottobre è esecutiva?',
    continues: [
      'La variazione è esecutiva da ieri, ma sul capitolo 2210 la copertura non si vede',
      'Anche l’impegno 503 sul 2210 dà lo stesso errore di copertura',
      'Sì, esecutiva dal 12',
      'Come da voi indicato ho ricalcolato il capitolo 2210',
    ],
    others: [
      'Il tornello dell’ingresso non legge i badge nuovi',
      'La webcam non funziona nelle riunioni Teams',
      'Mi serve l’estratto di nascita di un residente all’estero',
      'Gli avvisi TARI della frazione non sono partiti',
    ],
  },
  {
    service: 'albo-pretorio',
    subject: 'Ordinanza 88 pubblicata con la data sbagliata',
    text: 'L’ordinanza 88 sul traffico è all’albo con la data del 2025.',
    continues: [
      'Sull’ordinanza 88 compare ancora 2025',
      'I vigili chiedono quando si corregge l’ordinanza sul traffico',
      'Vi mando il testo dell’ordinanza 88 corretto',
      'Ho visto che adesso la data è 2027, sempre sbagliata',
    ],
    others: [
      'Il telefono VoIP della portineria non ha linea',
      'Quando arriva l’arretrato del rinnovo contrattuale?',
      'Serve ripristinare una cartella cancellata dal disco condiviso',
      'La reversale della mensa va annullata',
    ],
  },
  {
    service: 'firma-digitale',
    subject: 'Il certificato di firma della dirigente scade domani',
    text: 'Il certificato di firma della dirigente scade domani e non riusciamo a rinnovarlo.',
    continues: [
      'La dirigente ha il certificato scaduto da stamattina',
      'Rinnovando il certificato della dirigente compare “OTP non valido”',
      'La dirigente chiede se può usare il vecchio dispositivo',
      'Novità sulla mia richiesta?',
    ],
    others: [
      'Si è rotta la sedia della postazione 4',
      'L’avviso di accertamento IMU ha il nome sbagliato',
      'Non trovo il modulo per l’aspettativa',
      'La rete della scuola Rodari è lenta',
    ],
  },
  {
    service: 'suap',
    subject: 'Domanda del mercato di Natale non inviata',
    text: 'Un ambulante non riesce a inviare la domanda per il mercato di Natale.',
    continues: [
      'L’ambulante ha riprovato la domanda del mercato con un altro browser, niente',
      'Altri due ambulanti non riescono con la domanda del mercato di Natale',
      'Le domande per il mercato scadono venerdì',
      'L’ambulante ci ha mandato la schermata dell’errore',
    ],
    others: [
      'Lo scanner dell’anagrafe fa pagine nere',
      'Il mio collega non riceve le mie mail',
      'Un assegno familiare è stato pagato doppio',
      'Come si annulla un protocollo in uscita?',
    ],
  },
  {
    service: 'economato',
    subject: 'Rimborso del buono taxi di settembre',
    text: 'Non ho ancora avuto il rimborso del taxi per Milano di settembre, 48 euro.',
    continues: [
      'Ho trovato la ricevuta del taxi per Milano',
      'I 48 euro del taxi non mi sono stati rimborsati',
      'L’economo mi ha chiesto la ricevuta: è in allegato',
      'Nessuna risposta finora',
    ],
    others: [
      'L’ANPR non mi fa cambiare l’indirizzo di una famiglia',
      'Il salvaschermo mi chiede la password ogni minuto',
      'Manca il responsabile nella determina 610',
      'Un cittadino vuole pagare la multa e il bollettino non passa',
    ],
  },
  {
    service: 'postazione',
    subject: 'My laptop overheats and shuts down',
    text: 'Since Monday my laptop gets very hot and shuts down after an hour.',
    reply: 'Could you tell us the inventory number?',
    continues: [
      'The inventory number of the laptop is PC-0417',
      'It still shuts down, the laptop was hot again this morning',
      'I tried what you said but it still overheats',
      'Any news?',
    ],
    others: [
      'I cannot find my October payslip',
      'The payment notice of a citizen shows the wrong amount',
      'My badge was not recognised at the gate',
      'How do I register a document sent by certified mail?',
    ],
  },
  {
    service: 'canone-unico',
    subject: 'Passo carrabile di via Verdi intestato al defunto',
    text: 'Il canone del passo carrabile di via Verdi 3 è intestato al signor Caruso, deceduto.',
    continues: [
      'La figlia del signor Caruso vuole volturare il passo carrabile',
      'Gli eredi Caruso hanno pagato il canone di via Verdi',
      'Aggiungo che Caruso è deceduto a marzo',
      'Il passo carrabile risulta sempre a Caruso',
    ],
    others: [
      'Non parte l’aggiornamento del portatile',
      'Il congedo parentale si chiede online?',
      'Lo schermo touch del totem in atrio è nero',
      'La nota di credito 12 non si collega alla fattura',
    ],
  },
  {
    service: 'stato-civile',
    subject: 'Atto di matrimonio con il cognome errato',
    text: 'Nell’atto di matrimonio Fusco-Delli Carri il cognome della sposa è senza spazio.',
    continues: [
      'La sposa Delli Carri chiede quando avrà l’atto corretto',
      'Anche sulla trascrizione il cognome Delli Carri è attaccato',
      'Gli sposi Fusco partono il 20 e l’atto serve prima',
      'Come richiesto allego il documento della sposa',
    ],
    others: [
      'Il backup della cartella contratti non è partito',
      'Le ferie dell’anno scorso sono sparite dal portale',
      'La PEC in uscita si ferma in coda',
      'Vorrei un secondo monitor',
    ],
  },
  {
    service: 'permessi',
    subject: 'Permesso 104 rifiutato per il 18 novembre',
    text: 'Il permesso 104 chiesto per il 18 novembre risulta rifiutato senza motivo.',
    continues: [
      'Il dirigente dice di non aver rifiutato il permesso del 18',
      'Il permesso 104 del 18 novembre è ancora rifiutato',
      'Preciso: il permesso 104 è per mia madre, il verbale è agli atti',
      'Riaprite la richiesta, non è risolta',
    ],
    others: [
      'Il sito della biblioteca mostra gli orari estivi',
      'Non stampa il registro dei matrimoni',
      'Il tesoriere ha scartato la distinta 18',
      'Un’insegna in corso Italia non ha pagato il canone',
    ],
  },
  {
    service: 'elettorale',
    subject: 'Tessera elettorale con seggio sbagliato',
    text: 'La tessera elettorale della signora Pozzi riporta il seggio 7 invece del 9.',
    continues: [
      'La signora Pozzi è passata a ritirare la tessera ma riporta ancora il seggio 7',
      'Anche il marito della Pozzi ha il seggio 7 sulla tessera',
      'Il seggio della Pozzi è il 9, via Dante',
      'Invece del duplicato la Pozzi chiede l’etichetta',
    ],
    others: [
      'Il mio PC non si collega alla stampante di rete',
      'L’ordinativo 900 manca della firma',
      'Come si attiva lo SPID professionale?',
      'Mi hanno trattenuto due volte la quota sindacale',
    ],
  },
];

const WHO = ['Giulia Moretti', 'Paolo Santini', 'Giovanna Esposito', 'Michele Brambilla'] as const;

/** How people sign, given a name. */
export const STYLES: Readonly<Record<string, (text: string, name: string) => string>> = {
  letter: (text, name) =>
    `Buongiorno,\n${text}.\n\nCordiali saluti\n${name}\nUfficio Tributi\nTel. 0999 555 231 – int. 231`,
  mail: (text, name) =>
    `${text}\n\n-- \nDott. ${name}\nIstruttore amministrativo\nComune di Roccaferrata – Settore Finanze\nVia Roma 1, 00100 Roccaferrata\nTel. 0999 555 412\n\nQuesto messaggio è riservato ai destinatari indicati. Ai sensi del Regolamento UE 2016/679 chi lo ricevesse per errore è pregato di cancellarlo.`,
  line: (text, name) => `${text}. ${name}, Ufficio Ragioneria, tel. 0999 555 100`,
  thanks: (text, name) => `${text} grazie ${name} ufficio protocollo int. 204`,
  introduced: (text, name) => `Buongiorno, sono ${name} dell’ufficio anagrafe, ${text}`,
  phone: (text, name) => `${text}\nGrazie, ${name}\nDisponibile dalle 9 alle 12\n\nInviato da iPhone`,
};

export type Pair = {
  readonly ticket: Spoken;
  readonly text: string;
  readonly goesOn: boolean;
  readonly style: string;
};

/** Every pair once: the first half of each ticket’s messages plain, the other half signed, the styles in turn. */
export function pairs(): Pair[] {
  const styles = Object.keys(STYLES);
  let turn = 0;
  return SPOKEN.flatMap((ticket) =>
    [
      ...ticket.continues.map((text) => ({ text, goesOn: true })),
      ...ticket.others.map((text) => ({ text, goesOn: false })),
    ].map(({ text, goesOn }, index) => {
      if (index % 2 === 0) return { ticket, text, goesOn, style: 'plain' };
      const style = styles[turn % styles.length] ?? '';
      const name = WHO[turn++ % WHO.length] ?? '';
      return { ticket, text: STYLES[style]?.(text, name) ?? text, goesOn, style };
    }),
  );
}
