import type { LocalUser, Scenario } from '../../../src/local/protocol.ts';

function user(givenName: string, surname: string, digit: number): LocalUser {
  const email = `${givenName}.${surname}@comune.example`.toLowerCase();
  return {
    aadObjectId: `00000000-0000-4000-8000-00000000000${digit}`,
    name: `${givenName} ${surname}`,
    givenName,
    surname,
    email,
    userPrincipalName: email,
    role: { it: 'persona', en: 'person' },
  };
}

export const ada = user('Ada', 'Bassi', 1);
export const bruno = user('Bruno', 'Conti', 2);
export const carla = user('Carla', 'Dossi', 3);

export const deskChannel = '19:desk@thread.tacv2';
export const payChannel = '19:pay@thread.tacv2';

export const scenario: Scenario = {
  tenantId: '10000000-0000-4000-8000-000000000000',
  bot: {
    appId: '20000000-0000-4000-8000-000000000000',
    name: 'Echo',
    commands: [
      {
        id: 'keep',
        title: { it: 'Conserva', en: 'Keep' },
        description: { it: 'Conserva il messaggio', en: 'Keeps the message' },
        type: 'action',
        contexts: ['message'],
        parameters: [],
        initialRun: false,
      },
      {
        id: 'find',
        title: { it: 'Cerca', en: 'Search' },
        description: { it: 'Cerca per parole', en: 'Searches by words' },
        type: 'query',
        contexts: ['compose', 'commandBox'],
        parameters: [{ name: 'words', title: { it: 'Parole', en: 'Words' } }],
        initialRun: true,
      },
      {
        id: 'add',
        title: { it: 'Aggiungi', en: 'Add' },
        description: { it: 'Aggiunge una voce', en: 'Adds an entry' },
        type: 'action',
        contexts: ['compose', 'commandBox', 'message'],
        parameters: [],
        initialRun: false,
      },
    ],
  },
  users: [ada, bruno, carla],
  teams: [
    {
      id: '19:team@thread.tacv2',
      groupId: '30000000-0000-4000-8000-000000000000',
      name: 'Uffici',
      channels: [
        { id: deskChannel, name: 'Sportello', members: [ada.aadObjectId, bruno.aadObjectId] },
        { id: payChannel, name: 'Pagamenti', members: [bruno.aadObjectId, carla.aadObjectId] },
      ],
    },
  ],
};
