import { existsSync, readFileSync } from 'node:fs';
import { expect, it, jest } from '@jest/globals';
import { parse } from 'yaml';
import { schemaFaults } from '../support/manifest-schemas.js';
import { readKustomization, type Manifest } from '../support/manifests.js';

// The compiler reads a few hundred files.
jest.setTimeout(60_000);

const manifests = ['base', 'migration', 'monitoring'].flatMap(
  (folder) => readKustomization(`deploy/kubernetes/${folder}`).manifests,
);

const docs = readFileSync('docs/kubernetes.md', 'utf8');
const examples: Manifest[] = [...docs.matchAll(/^ *```yaml\n(.*?)```$/gms)].map(([, text]) =>
  parse(text ?? ''),
);
const kustomizations = examples.filter(({ kind }) => kind === 'Kustomization');

/** What a mistake in a manifest of ours is told of with. */
const MISTAKES: [mistake: string, kind: string, text: string, instead: string, fault: RegExp][] = [
  [
    'a member that there is not',
    'Deployment',
    '"readinessProbe"',
    '"readynessProbe"',
    /readynessProbe/,
  ],
  ['a member at the wrong place', 'Deployment', '"replicas":2', '"minAvailable":2', /minAvailable/],
  [
    'a value that is no number',
    'Deployment',
    '"containerPort":8000',
    '"containerPort":"http"',
    /containerPort must be integer/,
  ],
  ['a value that there is not', 'Job', '"Never"', '"Newer"', /"Newer"' is not assignable/],
  ['a member that is missing', 'NetworkPolicy', '"podSelector"', '"selector"', /podSelector/],
  [
    'a wrong member of another maker',
    'PodMonitor',
    '"podMetricsEndpoints"',
    '"endpoints"',
    /podMetricsEndpoints/,
  ],
  [
    'a kind that there is not',
    'Service',
    '"kind":"Service"',
    '"kind":"Servce"',
    /no schema here for v1\/Servce/,
  ],
];

function withMistake([, kind, text, instead]: (typeof MISTAKES)[number]): Manifest {
  const sound = JSON.stringify(manifests.find((manifest) => manifest.kind === kind));
  expect(sound).toContain(text);
  return JSON.parse(sound.replace(text, instead));
}

it('the schemas of Kubernetes find nothing wrong with deploy/kubernetes, and would', () => {
  // All at once: reading the schemas is what takes its time.
  const sound = [...manifests, ...examples.filter((example) => !kustomizations.includes(example))];
  const faults = schemaFaults([...sound, ...MISTAKES.map(withMistake)]);
  expect(manifests.length).toBeGreaterThan(8);
  expect(sound.length).toBeGreaterThan(manifests.length);
  expect(faults.slice(0, sound.length).flat()).toEqual([]);
  for (const [at, [mistake, , , , fault]] of MISTAKES.entries()) {
    const found = faults[sound.length + at]?.join('\n');
    expect([mistake, found]).toEqual([mistake, expect.stringMatching(fault)]);
  }
});

it('the kustomizations of docs/kubernetes.md stand on folders that there are', () => {
  const named = kustomizations.flatMap(({ resources }) => resources);
  expect(named.length).toBeGreaterThan(2);
  for (const path of named) {
    expect([path, existsSync(path.replace('../modeldb/', ''))]).toEqual([path, true]);
  }
});
