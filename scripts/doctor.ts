/** `npm run doctor`: what stands in the way of a start, and what to do about it. Ends with 1 where something does. */

import { fileURLToPath } from 'node:url';
import { examine } from './doctor/doctor.ts';
import { written } from './doctor/finding.ts';

const findings = await examine({
  variables: process.env,
  nodeVersion: process.versions.node,
  appPackage: fileURLToPath(new URL('../appPackage', import.meta.url)),
  packagePath: 'out/sportello.zip',
  now: Date.now,
  patienceMs: 8_000,
});
console.log(written(findings));
process.exitCode = findings.some(({ state }) => state === 'bad') ? 1 : 0;
