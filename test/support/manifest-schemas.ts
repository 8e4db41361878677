import { PodMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PodMonitor';
import { PrometheusRule } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PrometheusRule';
import { Deployment } from 'kubernetes-models/apps/v1/Deployment';
import { Job } from 'kubernetes-models/batch/v1/Job';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget';
import { Namespace } from 'kubernetes-models/v1/Namespace';
import { Service } from 'kubernetes-models/v1/Service';
import { ServiceAccount } from 'kubernetes-models/v1/ServiceAccount';
import ts from 'typescript';
import type { Manifest } from './manifests.js';

/** What says of one kind of object what it may be. */
type Model = new (manifest: never) => { validate(): void };

const MODELS: ReadonlyMap<string, Model> = new Map<string, Model>([
  ['v1/Namespace', Namespace],
  ['v1/Service', Service],
  ['v1/ServiceAccount', ServiceAccount],
  ['apps/v1/Deployment', Deployment],
  ['batch/v1/Job', Job],
  ['networking.k8s.io/v1/NetworkPolicy', NetworkPolicy],
  ['policy/v1/PodDisruptionBudget', PodDisruptionBudget],
  ['monitoring.coreos.com/v1/PodMonitor', PodMonitor],
  ['monitoring.coreos.com/v1/PrometheusRule', PrometheusRule],
]);

const OF_THE_OPERATOR = 'monitoring.coreos.com/';

/**
 * What the schemas of Kubernetes and of the Prometheus Operator find wrong with each manifest. Two halves of them are in the
 * same packages: the validators look at values, and let members pass that they do not know; the types know all members.
 */
export function schemaFaults(manifests: readonly Manifest[]): string[][] {
  const ofMembers = memberFaults(manifests);
  return manifests.map((manifest, at) => [...valueFaults(manifest), ...(ofMembers[at] ?? [])]);
}

function nameOf({ apiVersion, kind }: Manifest): string {
  return `${apiVersion}/${kind}`;
}

function valueFaults(manifest: Manifest): string[] {
  const model = MODELS.get(nameOf(manifest));
  if (!model) return [`there is no schema here for ${nameOf(manifest)}`];
  try {
    new model(manifest as never).validate();
    return [];
  } catch (error) {
    return [(error as Error).message];
  }
}

const COMPILER_OPTIONS: ts.CompilerOptions = {
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  types: [],
  lib: ['lib.es5.d.ts'],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
};

/** Lets the compiler look at each manifest as a literal of its type, one a line. */
function memberFaults(manifests: readonly Manifest[]): string[][] {
  const name = ts.sys.resolvePath('manifests.ts');
  const lines = manifests.map(
    (manifest) => `(${JSON.stringify(manifest)}) satisfies ${typeOf(manifest)};`,
  );
  const file = ts.createSourceFile(name, lines.join('\n'), ts.ScriptTarget.ES2022);
  const host = ts.createCompilerHost(COMPILER_OPTIONS);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (asked, ...more) => (asked === name ? file : read(asked, ...more));
  const program = ts.createProgram([name], COMPILER_OPTIONS, host);
  const faults: string[][] = manifests.map(() => []);
  for (const { messageText, start = 0 } of program.getSemanticDiagnostics(file)) {
    const { line } = file.getLineAndCharacterOfPosition(start);
    faults[line]?.push(ts.flattenDiagnosticMessageText(messageText, ' '));
  }
  return faults;
}

function typeOf(manifest: Manifest): string {
  const name = nameOf(manifest);
  const from = name.startsWith(OF_THE_OPERATOR)
    ? '@kubernetes-models/prometheus-operator'
    : 'kubernetes-models';
  return `import('${from}/${name}').I${manifest.kind}`;
}
