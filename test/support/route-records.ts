import type { ClosedService } from './closed-service.js';

/** Makes what the requests of `ROUTE_ROWS` are about, but for keys: by the names that stand there for it. */
export async function makeRouteRecords(
  service: ClosedService,
  name: string,
): Promise<Record<string, string>> {
  const ok = service.ok.bind(service);
  const { project_id } = await ok('POST', '/projects', { project_name: name });
  const { model_id } = await ok('POST', '/models', { project_id, model_name: `${name} model` });
  const make = (accuracy: number) =>
    ok('POST', '/experiments', {
      model_id,
      model_version_id: `${name} v`,
      evaluations: { accuracy },
    });
  const [one, other] = [await make(0.9), await make(0.8)];
  for (const { experiment_id } of [one, other]) {
    await ok('POST', `/experiments/id/${experiment_id}/metrics`, {
      metrics: [{ key: 'loss', value: 0.5, step: 0 }],
    });
  }
  return {
    project_id,
    project_name: name,
    model_id,
    model_name: `${name} model`,
    model_version_id: `${name} v`,
    experiment_id: one.experiment_id,
    other_id: other.experiment_id,
  };
}

/** Puts records where their names stand in braces. */
export function fillIn(text: string, records: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{(\w+)\}/g, (match, name: string) => records[name] ?? match);
}
