/** What Microsoft asks of an app package in its documents and at the upload, and what the schema does not say. */

import type { TeamsManifestV1D25 } from '@microsoft/app-manifest';

/** Of the one schema version that the package uses. */
export type Manifest = TeamsManifestV1D25.TeamsManifestV1D25;

/**
 * @param manifest filled, and valid against its schema
 * @returns a sentence for each thing to put right, with what to do
 */
export type ManifestRule = (manifest: Manifest) => string[];

/** Each that stands there a second time, once. Case and blanks around make no difference to whoever reads it. */
export function repeated(texts: readonly string[]): string[] {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const text of texts) {
    const same = text.trim().toLowerCase();
    if (seen.has(same)) twice.add(text.trim());
    seen.add(same);
  }
  return [...twice];
}
