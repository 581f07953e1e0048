/** Desks move from SQLite to MongoDB, back, and between databases of MongoDB. */

import { describe } from 'node:test';
import { onMongoDB } from '../support/mongodb.ts';
import { backupContract } from './backup-contract.ts';
import { movingContract } from './moving-contract.ts';
import { newSqliteBackend } from './sqlite-backend.ts';

await onMongoDB(({ newBackend }) => {
  describe('from SQLite to MongoDB', () => movingContract(newSqliteBackend, newBackend));
  describe('from MongoDB to SQLite', () => movingContract(newBackend, newSqliteBackend));
  describe('from MongoDB to MongoDB', () => movingContract(newBackend, newBackend));
  describe('back-ups of MongoDB', () => backupContract(newBackend));
});
