import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import {
  container,
  deployment,
  dockerfile,
  one,
  pod,
  settings,
  templates,
} from '../support/deployed.js';
import type { Manifest } from '../support/manifests.js';

/** Whether a selector finds pods of a template. */
function finds(selector: Record<string, string>, template: Manifest): boolean {
  const labels = template['metadata'].labels;
  return Object.entries(selector).every(([name, value]) => labels[name] === value);
}

describe('what finds the pods', () => {
  it('finds those that serve, and only them', () => {
    const selectors = [
      deployment['spec'].selector.matchLabels,
      one('Service')['spec'].selector,
      one('PodDisruptionBudget')['spec'].selector.matchLabels,
      one('PodMonitor')['spec'].selector.matchLabels,
      ...pod['spec'].topologySpreadConstraints.map(
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
    expect(pod['metadata'].labels[jobLabel]).toBe('modeldb');
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
    expect(pod['spec'].terminationGracePeriodSeconds).toBeGreaterThan(delay + drain);
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
