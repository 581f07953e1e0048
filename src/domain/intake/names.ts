/**
 * Names of people that are known without asking the desk. Only names that are no ordinary word as well, or that are far
 * commoner as names: a fountain (`fontana`) or the accounts (`conti`) must not pass for a person.
 */

const FIRST_NAMES = new Set(
  `andrea antonio alessandro alessandra alessia alessio alberto aldo alfredo alice anna annalisa annamaria antonella
  antonietta arianna aurora barbara beatrice benedetta bruno camilla carla carlo carlotta carmela caterina cecilia
  chiara cinzia claudia claudio cristian cristina cristiano daniela daniele dario davide debora diego domenico
  donatella edoardo elena eleonora elisa elisabetta emanuela emanuele emilia emilio emma enrica enrico enzo erica
  ernesto eugenio eva fabiana fabio fabrizio federica federico filippo flavia flavio francesca francesco gabriele
  gabriella gaetano gennaro giacomo gianluca gianni gianfranco gianpaolo ginevra giorgia giorgio giovanna giovanni
  giuliana giulia giulio giuseppe giuseppina grazia greta guido igor ilaria irene isabella ivan ivana jacopo laura
  leonardo letizia lorenza lorenzo luca lucia luciana luciano ludovica luigi luisa maddalena manuela manuel mara marcella
  marcello marco margherita maria mariagrazia marianna mario marta martina massimiliano massimo matilde matteo mattia
  maurizio mauro michela michele mirko monica nadia nicola nicole nicolo noemi ornella orietta paola paolo pasquale
  patrizia pietro pina raffaele raffaella renata renato riccardo rita roberta roberto rocco romina rosa rosanna rosaria
  rossella rossana sabrina salvatore samuele sandra sandro sara sebastiano serena sergio silvana silvia silvio simona
  simone sofia sonia stefania stefano susanna tania teresa tiziana tiziano tommaso ugo umberto valentina valeria valerio
  vanessa vera veronica vincenzo viola vito vittoria vittorio walter
  john jane james mary michael sarah david emily robert jennifer william linda richard susan thomas jessica charles
  karen christopher nancy daniel lisa matthew betty anthony margaret mark sandra donald ashley steven kimberly paul
  andrew joshua kenneth kevin brian george edward ronald timothy jason jeffrey ryan jacob gary nicholas eric jonathan
  stephen larry justin scott brandon benjamin samuel gregory frank alexander raymond patrick jack dennis jerry peter
  henry tom bob mike joe jim kate anne helen julia alice oliver harry charlotte sophie lucy olivia amelia`.split(
    /\s+/,
  ),
);

const SURNAMES = new Set(
  `rossi russo ferrari esposito bianchi romano colombo ricci marino greco gallo mancini giordano rizzo lombardi moretti
  barbieri santoro mariani rinaldi caruso ferrara galli martini longo martinelli vitale lombardo coppola desantis
  dangelo marchetti parisi conte ferraro fabbri marini grassi messina sala cattaneo monti palumbo pellegrini palmieri
  bernardi verdi fiore deluca brambilla fumagalli ferri bruni neri orlando sartori silvestri testa caputo guerra
  smith jones taylor williams johnson davies evans thomas roberts walker wright robinson thompson hughes edwards clarke
  jackson harris cooper anderson miller davis wilson moore martin`.split(/\s+/),
);

export function isFirstName(word: string): boolean {
  // Italian given names are joined freely: Pierluca, Gianmarco, Mariateresa.
  const joined = /^(?:pier|gian|maria|anna)(?=\p{L}{3})/u.exec(word)?.[0];
  return FIRST_NAMES.has(word) || (joined !== undefined && FIRST_NAMES.has(word.slice(joined.length)));
}

export function isSurname(word: string): boolean {
  return SURNAMES.has(word);
}
