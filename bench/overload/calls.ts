import type { Call } from '../support/caller.js';
import { makeBodies } from '../hot/bodies.js';
import type { Stock } from '../hot/stock.js';

/** One in so many is a create; the others read an experiment. */
const CREATES = 4;

/** What pipelines and people do at the same time. */
export function mixedCalls({ experiments, growingModel }: Stock): Call[] {
  const bodies = makeBodies(Math.ceil(experiments.length / CREATES));
  return experiments.map((id, index): Call => {
    if (index % CREATES > 0) return { method: 'GET', path: `/experiments/id/${id}` };
    const body = JSON.stringify({ model_id: growingModel, ...bodies[index / CREATES] });
    return { method: 'POST', path: '/experiments', body };
  });
}
