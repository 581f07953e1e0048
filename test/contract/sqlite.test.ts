/** SQLite passes the contract suite. */

import { storeContract } from './contract.ts';
import { newSqliteBackend } from './sqlite-backend.ts';

storeContract('SQLite', newSqliteBackend);
