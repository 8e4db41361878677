import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { environmentSchema, loadConfig } from '#config';
import {
  base,
  container,
  dockerfile,
  job,
  migration,
  monitoring,
  one,
  pod,
  settings,
  templates,
} from '../support/deployed.js';
import type { Manifest } from '../support/manifests.js';

const docs = readFileSync('docs/kubernetes.md', 'utf8');

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
      ...pod['spec'].volumes.flatMap(({ secret }: Manifest) =>
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
    const { name, secret } = pod['spec'].volumes.find((volume: Manifest) => volume['secret']);
    const { mountPath, readOnly } = container.volumeMounts.find(
      (mount: Manifest) => mount['name'] === name,
    );
    expect([file, readOnly]).toEqual([`${mountPath}/${secret.items[0].path}`, true]);
    // Through the group that the volume is given, which is the process's.
    expect([secret.defaultMode, pod['spec'].securityContext.fsGroup]).toEqual([
      0o440,
      pod['spec'].securityContext.runAsGroup,
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
