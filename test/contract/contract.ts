/** The suite that every store passes: each promise of the ports `Store` and `AttachmentStore` is a test here. */

import { describe } from 'node:test';
import { attachmentContract } from './attachment-contract.ts';
import type { NewBackend } from './backend.ts';
import { becomingContract } from './becoming-contract.ts';
import { commitContract } from './commit-contract.ts';
import { deliveryContract } from './delivery-contract.ts';
import { durabilityContract } from './durability-contract.ts';
import { failedContract } from './failed-contract.ts';
import { formDraftContract } from './form-draft-contract.ts';
import { instancesContract } from './instances-contract.ts';
import { lookupContract } from './lookup-contract.ts';
import { raceContract } from './race-contract.ts';
import { redeliveryContract } from './redelivery-contract.ts';
import { savedSearchesContract } from './saved-searches-contract.ts';
import { searchContract } from './search-contract.ts';
import { searchPropertyContract } from './search-property-contract.ts';
import { sharedOutboxContract } from './shared-outbox-contract.ts';
import { unsentContract } from './unsent-contract.ts';
import { upkeepContract } from './upkeep-contract.ts';

/** @param newBackend called for every test */
export function storeContract(name: string, newBackend: NewBackend): void {
  describe(`${name}: commits`, () => commitContract(newBackend));
  describe(`${name}: from draft to ticket, and cards`, () => becomingContract(newBackend));
  describe(`${name}: look-ups`, () => lookupContract(newBackend));
  describe(`${name}: search`, () => searchContract(newBackend));
  describe(`${name}: search by chance`, () => searchPropertyContract(newBackend));
  describe(`${name}: saved searches`, () => savedSearchesContract(newBackend));
  describe(`${name}: forms not sent`, () => formDraftContract(newBackend));
  describe(`${name}: outbox`, () => deliveryContract(newBackend));
  describe(`${name}: outbox, asked again and lost leases`, () => redeliveryContract(newBackend));
  describe(`${name}: outbox beside commits`, () => sharedOutboxContract(newBackend));
  describe(`${name}: failed deliveries and alerts`, () => failedContract(newBackend));
  describe(`${name}: races`, () => raceContract(newBackend));
  describe(`${name}: several instances`, () => instancesContract(newBackend));
  describe(`${name}: what waits`, () => upkeepContract(newBackend));
  describe(`${name}: what nobody goes on with`, () => unsentContract(newBackend));
  describe(`${name}: durability`, () => durabilityContract(newBackend));
  describe(`${name}: attachments`, () => attachmentContract(newBackend));
}
