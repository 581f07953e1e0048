/** MongoDB passes the contract suite. */

import { onMongoDB } from '../support/mongodb.ts';
import { storeContract } from './contract.ts';

await onMongoDB(({ newBackend }) => storeContract('MongoDB', newBackend));
