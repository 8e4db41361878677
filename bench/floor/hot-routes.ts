import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Pool } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { asText } from './as-text.js';
import { HOT } from './hot-statements.js';
import { experiment, project, type Row } from './write-answer.js';

const JSON_TYPE = 'application/json; charset=utf-8';
const PAGE = 100;

interface Id {
  readonly Params: { readonly id: string };
}

/** The body comes as its text: what has to look into it parses it. */
interface Write extends Id {
  readonly Body: string;
}

type Members = Readonly<Record<string, unknown>>;

/** The routes that are measured under load, under the paths and with the answers that they have in Model DB. */
export function addHotRoutes(app: FastifyInstance, pool: Pool): void {
  const run = async (name: keyof typeof HOT, values: unknown[]): Promise<Row[]> => {
    const question = { name, text: HOT[name], values, rowMode: 'array', types: asText };
    return (await pool.query<string[]>(question)).rows;
  };
  const asIs = (_: unknown, text: string, done: (error: null, body: string) => void): void => {
    done(null, text);
  };
  app.addContentTypeParser('application/json', { parseAs: 'string' }, asIs);

  app.get<Id>('/experiments/id/:id', async ({ params: { id } }, reply) =>
    sendOne(reply, await run('experiment', [id]), experiment),
  );
  app.get<Id>('/projects/name/:id', async ({ params: { id } }, reply) =>
    sendOne(reply, await run('project', [id]), project),
  );
  app.get<Id>('/experiments/model-id/:id', async ({ params: { id }, url }, reply) =>
    sendPage(reply, url, await run('experiments_of_model', [id]), experiment),
  );
  app.get('/projects/all', async ({ url }, reply) =>
    sendPage(reply, url, await run('projects', []), project),
  );
  app.post<Write>('/experiments', async (request, reply) => {
    const { body, headers, url } = request;
    const values = [...newExperiment(JSON.parse(body) as Members), originOf(request)];
    const key = headers['idempotency-key'];
    if (key === undefined) return sendOne(reply, await run('create', values), experiment);
    const fingerprint = createHash('sha256').update(`POST ${url}\n`).update(body);
    const keyed = [...values, key, fingerprint.digest('base64url')];
    return sendOne(reply, await run('create_keyed', keyed), experiment);
  });
  app.post<Write>('/experiments/evaluations/:id', async (request, reply) => {
    const { evaluations } = JSON.parse(request.body) as Members;
    const values = [request.params.id, document(evaluations), originOf(request)];
    const rows = await run('merge_evaluations', values);
    return sendOne(reply, rows, experiment);
  });
  app.post<Write>('/experiments/artifact-file-paths/:id', async (request, reply) => {
    const { artifact_file_paths: paths } = JSON.parse(request.body) as Members;
    const values = [request.params.id, document(paths), originOf(request)];
    const rows = await run('merge_artifact_file_paths', values);
    return sendOne(reply, rows, experiment);
  });
}

/** Who did it, as the audit has it. */
function originOf({ id, ip }: FastifyRequest): (string | null)[] {
  return ['anybody', 'none', null, id, ip];
}

function newExperiment(members: Members): unknown[] {
  return [
    uuidv7(),
    members['model_id'],
    members['model_version_id'],
    members['experiment_name'],
    members['description'],
    document(members['parameters']),
    members['training_dataset'],
    members['validation_dataset'],
    members['test_dataset'],
    document(members['evaluations']),
    document(members['artifact_file_paths']),
    document(members['tags']),
  ];
}

function document(value: unknown): string | null {
  return value === undefined || value === null ? null : JSON.stringify(value);
}

function sendOne(reply: FastifyReply, [row]: Row[], write: (row: Row) => string): FastifyReply {
  return row ? reply.type(JSON_TYPE).send(write(row)) : reply.code(404).send();
}

function sendPage(
  reply: FastifyReply,
  url: string,
  rows: Row[],
  write: (row: Row) => string,
): FastifyReply {
  const page = rows.slice(0, PAGE);
  if (rows.length > PAGE) {
    const after = Buffer.from(String(page.at(-1)?.[0])).toString('base64url');
    void reply.header('link', `<${url}&cursor=${after}>; rel="next"`);
  }
  return reply.type(JSON_TYPE).send(`[${page.map(write).join(',')}]`);
}
