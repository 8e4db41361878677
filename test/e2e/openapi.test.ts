import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { format } from 'prettier';
import { Records } from '../support/records.js';
import { startService, type TestService } from '../support/service.js';

const COMMITTED = new URL('../../docs/openapi.json', import.meta.url);
let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

interface Schema {
  $ref?: string;
  properties?: Record<string, object>;
  required?: string[];
}
interface Operation {
  operationId: string;
  summary: string;
  tags: string[];
  description?: string;
  parameters: {
    $ref?: string;
    name?: string;
    in?: string;
    description?: string;
    example?: unknown;
  }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<
    string,
    {
      description: string;
      content?: Record<
        string,
        {
          schema: Schema & { items?: Schema };
          examples?: Record<string, { value: { instance: string; status: number } }>;
        }
      >;
    }
  >;
}
interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}

async function load(): Promise<Document> {
  return (await service.http.get('/openapi.json')).body as Document;
}

const operations = (document: Document): [string, string, Operation][] =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, string, Operation] => [
      method.toUpperCase(),
      path,
      operation,
    ]),
  );

describe('/openapi.json', () => {
  it('is what docs/openapi.json says (npm run openapi writes it)', async () => {
    const { text } = await service.http.get('/openapi.json');
    const formatted = await format(text, { parser: 'json', printWidth: 100 });
    if (process.env['UPDATE_OPENAPI'] === '1') await writeFile(COMMITTED, formatted);
    expect(formatted).toBe(await readFile(COMMITTED, 'utf8'));
  });

  it('has the routes of the contract, of the life of a record, and of searches', async () => {
    const routes = operations(await load()).map(([method, path]) => `${method} ${path}`);
    expect(routes.sort()).toEqual(
      [
        'GET /projects/all',
        'GET /projects/id/{project_id}',
        'GET /projects/name/{project_name}',
        'POST /projects',
        'GET /models/all',
        'GET /models/project-id/{project_id}',
        'GET /models/project-name/{project_name}',
        'GET /models/name/{model_name}',
        'GET /models/id/{model_id}',
        'POST /models',
        'GET /experiments/all',
        'GET /experiments/model-id/{model_id}',
        'GET /experiments/project-id/{project_id}',
        'GET /experiments/id/{experiment_id}',
        'GET /experiments/model-version-id/{model_version_id}',
        'POST /experiments',
        'POST /experiments/evaluations/{experiment_id}',
        'POST /experiments/artifact-file-paths/{experiment_id}',
        'POST /experiments/search',
        'GET /experiments/leaderboard',
        'GET /models/best/{model_id}',
        'GET /experiments/compare',
        'GET /experiments/id/{experiment_id}/diff/{other_id}',
        'POST /experiments/id/{experiment_id}/metrics',
        'GET /experiments/id/{experiment_id}/metrics',
        'GET /experiments/id/{experiment_id}/metrics/summary',
        'GET /experiments/metrics',
        'GET /models/id/{model_id}/keys',
        'GET /models/id/{model_id}/summary',
        'GET /projects/id/{project_id}/summary',
        'GET /health',
        'GET /health/live',
        'GET /health/ready',
        'GET /version',
        'GET /projects/id/{project_id}/members',
        'PUT /projects/id/{project_id}/members',
        'DELETE /projects/id/{project_id}/members',
        'POST /auth/keys',
        'GET /auth/keys',
        'POST /auth/keys/{key_id}/rotate',
        'DELETE /auth/keys/{key_id}',
        'GET /auth/whoami',
        'GET /audit/events',
        ...['project', 'model', 'experiment'].flatMap((kind) => [
          `POST /${kind}s/batch`,
          `PATCH /${kind}s/id/{${kind}_id}`,
          `DELETE /${kind}s/id/{${kind}_id}`,
          `POST /${kind}s/id/{${kind}_id}/restore`,
          `GET /${kind}s/id/{${kind}_id}/history`,
        ]),
      ].sort(),
    );
  });

  it('gives every operation an id of its own, a summary, one tag and its errors', async () => {
    const all = operations(await load());
    expect(new Set(all.map(([, , { operationId }]) => operationId)).size).toBe(all.length);
    for (const [, , { operationId, summary, tags, responses }] of all) {
      expect(operationId).toMatch(/^[a-z]+[A-Za-z]+$/);
      expect(summary.length).toBeGreaterThan(5);
      expect(tags).toHaveLength(1);
      for (const [status, response] of Object.entries(responses)) {
        // Not modified: the client has the body already.
        if (status === '304') continue;
        const type = status === '200' ? 'application/json' : 'application/problem+json';
        expect(response.content).toHaveProperty([type]);
      }
    }
  });

  it('says of every path what stands in it, and what can be wrong with that', async () => {
    const all = operations(await load()).filter(([, path]) => path.includes('{'));
    expect(all.length).toBeGreaterThan(20);
    for (const [, path, { parameters, responses }] of all) {
      const inPath = parameters.filter((parameter) => parameter.in === 'path');
      expect(inPath.map(({ name }) => `{${name!}}`)).toEqual(path.match(/\{\w+\}/g));
      for (const { description, example } of inPath) {
        expect([path, description?.length, typeof example]).toEqual([
          path,
          expect.any(Number),
          'string',
        ]);
      }
      const codes = (status: string) =>
        Object.keys(responses[status]?.content?.['application/problem+json']?.examples ?? {});
      expect(codes('400')).toContain('BAD_URL');
      expect(codes('422')).toContain('VALIDATION_FAILED');
    }
  });

  it('says of every operation what it answers, how to name a request, and the path of a problem', async () => {
    for (const [, path, { parameters, responses }] of operations(await load())) {
      expect(parameters).toContainEqual({ $ref: '#/components/parameters/RequestId' });
      expect(responses['200']?.description).toMatch(/^(?!Done)[A-Z].{6,}\.$/);
      const shape = new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/{}]+')}$`);
      for (const { content } of Object.values(responses)) {
        const examples = content?.['application/problem+json']?.examples ?? {};
        for (const { value } of Object.values(examples)) expect(value.instance).toMatch(shape);
      }
    }
  });

  it('describes exactly the fields that are answered', async () => {
    const { components } = await load();
    const experiment = await new Records(service.http).experiment();
    const project = (await service.http.get('/projects/all')).body[0];
    const model = (await service.http.get('/models/all')).body[0];
    const answers = { ExperimentDto: experiment, ProjectDto: project, ModelDto: model };
    for (const [name, answer] of Object.entries(answers)) {
      const fields = Object.keys(answer).sort();
      expect(Object.keys(components.schemas[name]?.properties ?? {}).sort()).toEqual(fields);
      expect([...(components.schemas[name]?.required ?? [])].sort()).toEqual(fields);
    }
  });

  it('has an example for every field of every body', async () => {
    const { components } = await load();
    for (const { properties = {} } of Object.values(components.schemas)) {
      for (const property of Object.values(properties)) {
        if (!('type' in property && property.type === 'array')) {
          const documented = 'example' in property || 'enum' in property || '$ref' in property;
          expect([property, documented]).toEqual([property, true]);
        }
      }
    }
  });
});

describe('/docs', () => {
  it('serves Swagger UI from the service itself', async () => {
    const page = await service.http.get('/docs');
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toContain('text/html');
    const sources = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(
      ([, source]) => source ?? '',
    );
    expect(sources.length).toBeGreaterThan(3);
    for (const source of sources) {
      expect(source).not.toMatch(/^(https?:)?\/\//);
      const { pathname } = new URL(source, `${service.http.url}/docs`);
      expect((await service.http.get(pathname)).status).toBe(200);
    }
  });
});
