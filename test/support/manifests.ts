import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** An object of Kubernetes, as it stands in its file. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  // What is in it is what tests are about.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly [member: string]: any;
}

/** A folder with a `kustomization.yaml`, and what that names. */
export interface Kustomization {
  // As it stands in the file: tests look into it as they like.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly options: any;
  readonly manifests: readonly Manifest[];
  /** The settings of its ConfigMaps, by the names of these. */
  readonly configMaps: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Files that are there and that nothing names. */
  readonly forgotten: readonly string[];
}

/** Reads a folder as kustomize would, without changing what it reads. @throws when a file that is named is not there */
export function readKustomization(folder: string): Kustomization {
  const read = (file: string): string => readFileSync(join(folder, file), 'utf8');
  const options = parse(read('kustomization.yaml'));
  const { resources = [], configMapGenerator = [] } = options;
  const generated: { name: string; envs: string[] }[] = configMapGenerator;
  const named = new Set([
    'kustomization.yaml',
    ...resources,
    ...generated.flatMap(({ envs }) => envs),
  ]);
  return {
    options,
    manifests: resources.map((file: string) => parse(read(file))),
    configMaps: new Map(
      generated.map(({ name, envs }) => [
        name,
        new Map(envs.flatMap((file) => linesOf(read(file)))),
      ]),
    ),
    forgotten: readdirSync(folder).filter((file) => !named.has(file)),
  };
}

function linesOf(text: string): [string, string][] {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return lines.map((line) => {
    const [name = '', ...value] = line.split('=');
    return [name, value.join('=')];
  });
}
