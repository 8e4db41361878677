import { readFileSync } from 'node:fs';
import { expect } from '@jest/globals';
import { readKustomization, type Manifest } from './manifests.js';

/** What deploy/kubernetes makes. */
const FOLDER = 'deploy/kubernetes';
export const base = readKustomization(`${FOLDER}/base`);
export const migration = readKustomization(`${FOLDER}/migration`);
export const monitoring = readKustomization(`${FOLDER}/monitoring`);

/** The one manifest of a kind. */
export function one(kind: string): Manifest {
  const found = [base, migration, monitoring].flatMap(({ manifests }) =>
    manifests.filter((manifest) => manifest.kind === kind),
  );
  expect([kind, found.length]).toEqual([kind, 1]);
  return found[0]!;
}

export const deployment = one('Deployment');
export const job = one('Job');
/** Of the pods that serve, and of the one that migrates. */
export const templates: readonly [Manifest, Manifest] = [
  deployment['spec'].template,
  job['spec'].template,
];
/** What serves. */
export const pod = templates[0];
export const [container] = pod['spec'].containers;
export const settings = base.configMaps.get('modeldb-settings')!;
export const dockerfile = readFileSync('Dockerfile', 'utf8');
