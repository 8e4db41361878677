import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { environmentSchema, loadConfig } from '#config';
import { parse } from 'yaml';
import { readKustomization, type Manifest } from '../support/manifests.js';

const FOLDER = 'deploy/kubernetes';
const base = readKustomization(`${FOLDER}/base`);
const migration = readKustomization(`${FOLDER}/migration`);
const monitoring = readKustomization(`${FOLDER}/monitoring`);
const docs = readFileSync('docs/kubernetes.md', 'utf8');
const dockerfile = readFileSync('Dockerfile', 'utf8');

function one(kind: string): Manifest {
  const found = [base, migration, monitoring].flatMap(({ manifests }) =>
    manifests.filter((manifest) => manifest.kind === kind),
  );
  expect([kind, found.length]).toEqual([kind, 1]);
  return found[0]!;
}

const deployment = one('Deployment');
const job = one('Job');
const pod = deployment['spec'].template;
const [container] = pod.spec.containers;
const templates = [pod, job['spec'].template];
const settings = base.configMaps.get('modeldb-settings')!;

/** Whether a selector finds pods of a template. */
function finds(selector: Record<string, string>, template: Manifest): boolean {
  const labels = template['metadata'].labels;
  return Object.entries(selector).every(([name, value]) => labels[name] === value);
}

describe('deploy/kubernetes', () => {
  it('has no file that nothing names', () => {
    expect([base, migration, monitoring].flatMap(({ forgotten }) => forgotten)).toEqual([]);
  });

  it('puts everything into the namespace that it makes', () => {
    const { name } = one('Namespace')['metadata'];
    for (const { options } of [base, migration, monitoring]) expect(options.namespace).toBe(name);
  });

  it('runs the image of this release', () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
    for (const { options } of [base, migration]) {
      expect(options.images).toEqual([
        { name: 'modeldb', newName: 'registry.example.com/modeldb', newTag: version },
      ]);
    }
    for (const { spec } of templates) expect(spec.containers[0].image).toBe('modeldb');
  });

  it('holds no secret, and docs/kubernetes.md makes each one that is asked for', () => {
    const kinds = [base, migration].flatMap(({ manifests }) => manifests.map(({ kind }) => kind));
    expect(kinds).not.toContain('Secret');
    const asked = [
      ...templates.flatMap(({ spec }) =>
        spec.containers[0].env.flatMap(({ valueFrom }: Manifest) =>
          valueFrom ? [[valueFrom.secretKeyRef.name, valueFrom.secretKeyRef.key]] : [],
        ),
      ),
      ...pod.spec.volumes.flatMap(({ secret }: Manifest) =>
        secret ? [[secret.secretName, secret.items[0].key]] : [],
      ),
      ...one('PodMonitor')['spec'].podMetricsEndpoints.map(({ authorization }: Manifest) => [
        authorization.credentials.name,
        authorization.credentials.key,
      ]),
    ];
    expect(asked).toHaveLength(4);
    for (const [name, key] of asked) {
      expect(docs).toContain(`create secret generic ${name} --from-file=${key}=/dev/stdin`);
    }
  });

  it('sets nothing that the service does not know, or would refuse', () => {
    const fromImage = /^ENV (.*)$/m.exec(dockerfile)?.[1]?.split(' ') ?? [];
    const image = Object.fromEntries(fromImage.map((setting) => setting.split('=')));
    const direct = templates.flatMap(({ spec }) => spec.containers[0].env);
    const names = [...settings.keys(), ...direct.map(({ name }: { name: string }) => name)];
    const known = Object.keys(environmentSchema.shape);
    expect(names.filter((name) => !known.includes(name))).toEqual([]);
    const { isOpen, host } = loadConfig({
      HOST: image.HOST,
      ...Object.fromEntries(settings),
      DATABASE_URL: 'postgresql://modeldb:secret@db.example.com:5432/modeldb',
    });
    expect([isOpen, host]).toEqual([false, '0.0.0.0']);
  });

  it('reads the key of the administrator where its secret is mounted', () => {
    const file = container.env.find(
      ({ name }: Manifest) => name === 'MODELDB_ADMIN_KEY_FILE',
    ).value;
    const { name, secret } = pod.spec.volumes.find((volume: Manifest) => volume['secret']);
    const { mountPath, readOnly } = container.volumeMounts.find(
      (mount: Manifest) => mount['name'] === name,
    );
    expect([file, readOnly]).toEqual([`${mountPath}/${secret.items[0].path}`, true]);
    // Through the group that the volume is given, which is the process's.
    expect([secret.defaultMode, pod.spec.securityContext.fsGroup]).toEqual([
      0o440,
      pod.spec.securityContext.runAsGroup,
    ]);
  });

  it('migrates with the program of the image', () => {
    const [served] = /^CMD \[.*"(.*)"\]$/m.exec(dockerfile)?.slice(1) ?? [];
    expect(job['spec'].template.spec.containers[0].command).toEqual([
      'node',
      served?.replace('apps/api', 'apps/cli'),
      'migrate',
      'up',
    ]);
  });
});

describe('what finds the pods', () => {
  it('finds those that serve, and only them', () => {
    const selectors = [
      deployment['spec'].selector.matchLabels,
      one('Service')['spec'].selector,
      one('PodDisruptionBudget')['spec'].selector.matchLabels,
      one('PodMonitor')['spec'].selector.matchLabels,
      ...pod.spec.topologySpreadConstraints.map(
        ({ labelSelector }: Manifest) => labelSelector.matchLabels,
      ),
    ];
    expect(selectors).toHaveLength(6);
    for (const selector of selectors) {
      expect(templates.map((template) => finds(selector, template))).toEqual([true, false]);
    }
  });

  it('lets the network policy find all', () => {
    const { podSelector } = one('NetworkPolicy')['spec'];
    expect(templates.map((template) => finds(podSelector.matchLabels, template))).toEqual([
      true,
      true,
    ]);
  });

  it('uses the one port that the image listens on', () => {
    const [{ name, containerPort }, ...others] = container.ports;
    expect(others).toEqual([]);
    expect(dockerfile).toContain(`EXPOSE ${containerPort}\n`);
    const { ingress, egress } = one('NetworkPolicy')['spec'];
    const ports = [
      one('Service')['spec'].ports[0].targetPort,
      one('PodMonitor')['spec'].podMetricsEndpoints[0].port,
      ...ingress[0].ports.map(({ port }: Manifest) => port),
      ...['startupProbe', 'livenessProbe', 'readinessProbe'].map(
        (probe) => container[probe].httpGet.port,
      ),
    ];
    expect(ports).toEqual(ports.map(() => name));
    const left = egress.flatMap((rule: Manifest) =>
      rule['ports'].map(({ port }: Manifest) => port),
    );
    expect(left).toEqual([53, 53, 5432]);
  });

  it('gives the alerts the job that they ask for', () => {
    const { jobLabel } = one('PodMonitor')['spec'];
    expect(pod.metadata.labels[jobLabel]).toBe('modeldb');
  });
});

describe('a replica', () => {
  it('is asked at paths that there are, and its database only for whether it is ready', () => {
    const { paths } = JSON.parse(readFileSync('docs/openapi.json', 'utf8'));
    const asked = ['startupProbe', 'livenessProbe', 'readinessProbe'].map(
      (probe) => container[probe].httpGet.path,
    );
    expect(asked).toEqual(['/health/live', '/health/live', '/health/ready']);
    for (const path of asked) expect(Object.keys(paths)).toContain(path);
  });

  it('is not killed before it has ended in order, and serves until it is known to be unready', () => {
    const delay = Number(settings.get('SHUTDOWN_DELAY_MS')) / 1000;
    const drain = Number(settings.get('SHUTDOWN_TIMEOUT_MS')) / 1000;
    const { periodSeconds, failureThreshold } = container.readinessProbe;
    expect(delay).toBeGreaterThanOrEqual(periodSeconds * failureThreshold);
    expect(pod.spec.terminationGracePeriodSeconds).toBeGreaterThan(delay + drain);
  });

  it('is replaced by another, and one always serves', () => {
    const { replicas, strategy } = deployment['spec'];
    expect(strategy.rollingUpdate.maxUnavailable).toBe(0);
    const { minAvailable } = one('PodDisruptionBudget')['spec'];
    expect(minAvailable).toBeGreaterThan(0);
    expect(minAvailable).toBeLessThan(replicas);
  });

  it('is told of as too large before it is ended for that', () => {
    const bytes = (text: string): number =>
      Number(/^\d+/.exec(text)) * (text.endsWith('Gi') ? 2 ** 30 : 2 ** 20);
    const { requests, limits } = container.resources;
    const { groups } = parse(readFileSync('deploy/prometheus/alerts.yml', 'utf8'));
    const { expr } = groups[0].rules.find(({ alert }: Manifest) => alert === 'ModelDBMemory');
    const told = Number(/> ([\d.e]+)/.exec(expr)?.[1]);
    expect(told).toBeGreaterThan(bytes(requests.memory));
    expect(told).toBeLessThan(0.75 * bytes(limits.memory));
  });
});

// https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
describe.each([
  ['Deployment', templates[0]],
  ['Job', templates[1]],
])('the pods of the %s', (_kind, { spec }) => {
  it('are what the restricted standard asks for, which the namespace enforces', () => {
    expect(one('Namespace')['metadata'].labels).toMatchObject({
      'pod-security.kubernetes.io/enforce': 'restricted',
    });
    expect(spec.securityContext).toMatchObject({
      runAsNonRoot: true,
      runAsUser: 1000,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    for (const { securityContext } of spec.containers) {
      expect(securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
    }
    for (const { hostPath } of spec.volumes ?? []) expect(hostPath).toBeUndefined();
  });

  it('have no business with the cluster', () => {
    expect(spec.automountServiceAccountToken).toBe(false);
    expect(one('ServiceAccount')['automountServiceAccountToken']).toBe(false);
  });
});
