import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { untilBlocked } from '../support/barrier.js';
import { ADMIN_KEY } from '../support/closed-service.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { HttpClient } from '../support/http-client.js';
import { LoadWatch } from '../support/loaded-packages.js';
import { Records } from '../support/records.js';
import { ServiceProcess } from '../support/service-process.js';
import { TraceReceiver } from '../support/trace-receiver.js';

const SERVER = 2;
const CLIENT = 3;
const ERROR = 2;
const PARENT = 'b7ad6b7169203331';

let database: TestDatabase;
let receiver: TraceReceiver;
const started: ServiceProcess[] = [];
beforeAll(async () => {
  database = await createDatabase();
  receiver = await TraceReceiver.start();
});
afterAll(async () => {
  await Promise.all(started.map((service) => service.end('SIGKILL')));
  await receiver[Symbol.asyncDispose]();
  await database.drop();
});

async function start(environment: Record<string, string>) {
  const service = new ServiceProcess({
    DATABASE_URL: database.url,
    MODELDB_AUTH: 'required',
    MODELDB_ADMIN_KEY: ADMIN_KEY,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    OTEL_BSP_SCHEDULE_DELAY: '50',
    ...environment,
  });
  started.push(service);
  const { url } = await service.ready();
  return { service, http: new HttpClient(url, { 'x-api-key': ADMIN_KEY }) };
}

let traces = 0;
/** The headers of a trace that nobody else has. */
function newTrace(flags = '01') {
  traces += 1;
  const traceId = `0af7651916cd43dd8448eb21${traces.toString(16).padStart(8, '0')}`;
  return { traceId, headers: { traceparent: `00-${traceId}-${PARENT}-${flags}` } };
}

describe('a service with OTEL_EXPORTER_OTLP_ENDPOINT', () => {
  let service: ServiceProcess;
  let http: HttpClient;
  let experiment: { experiment_id: string; model_id: string };
  beforeAll(async () => {
    ({ service, http } = await start({
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test',
      LOG_REQUESTS: 'true',
      DATABASE_STATEMENT_TIMEOUT_MS: '500',
    }));
    experiment = await new Records(http).experiment();
  });

  it('sends a span for a request, below that of its client, with the statements below it', async () => {
    const { traceId, headers } = newTrace();
    const path = `/experiments/id/${experiment.experiment_id}`;
    const answer = await http.get(path, { headers: { ...headers, 'x-request-id': 'a-read' } });
    expect(answer.status).toBe(200);
    const spans = await receiver.spansOf(traceId, 2);
    const request = spans.find(({ kind }) => kind === SERVER);
    const statement = spans.find(({ kind }) => kind === CLIENT);
    expect(spans).toHaveLength(2);
    expect(request).toMatchObject({
      name: 'GET /experiments/id/{experiment_id}',
      parentSpanId: PARENT,
      attributes: {
        'http.request.method': 'GET',
        'http.route': '/experiments/id/{experiment_id}',
        'http.response.status_code': 200,
        'url.scheme': 'http',
        'enduser.id': 'administrator',
        'modeldb.request_id': 'a-read',
      },
      resource: {
        'service.name': 'modeldb',
        'service.version': '0.1.0',
        'deployment.environment.name': 'test',
      },
    });
    expect(statement).toMatchObject({
      name: 'experiment.by_id',
      parentSpanId: request?.spanId,
      attributes: { 'db.system.name': 'postgresql', 'db.query.summary': 'experiment.by_id' },
    });
    expect(BigInt(statement!.startTimeUnixNano)).toBeGreaterThanOrEqual(
      BigInt(request!.startTimeUnixNano),
    );
    expect(BigInt(statement!.endTimeUnixNano)).toBeLessThanOrEqual(
      BigInt(request!.endTimeUnixNano),
    );
    expect(await service.says(/\{.*"request_id":"a-read".*"trace_id":"(\w+)"/)).toBe(traceId);
    expect(receiver.asked).toContain('/v1/traces');
  });

  it('makes a trace of its own where none is brought, and says which in the log', async () => {
    const headers = { 'x-request-id': 'without-a-trace' };
    await http.post('/experiments/search', { where: 'evaluations.a > 1' }, { headers });
    const pattern = /\{.*"request_id":"without-a-trace".*"trace_id":"(\w+)"/;
    const spans = await receiver.spansOf(await service.says(pattern), 2);
    const names = spans.map(({ name }) => name);
    expect(names).toContain('POST /experiments/search');
    expect(spans.filter(({ parentSpanId }) => !parentSpanId)).toHaveLength(1);
  });

  it('sends nothing of a trace that its client does not keep, nor of those that watch', async () => {
    const unsampled = newTrace('00');
    const watched = newTrace();
    const last = newTrace();
    await http.get('/projects/all', { headers: unsampled.headers });
    await http.get('/health/ready', { headers: watched.headers });
    await http.get('/projects/all', { headers: last.headers });
    await receiver.spansOf(last.traceId, 2);
    const ids = receiver.spans.map(({ traceId }) => traceId);
    expect(ids).not.toContain(unsampled.traceId);
    expect(ids).not.toContain(watched.traceId);
  });

  it('says what has failed: a statement by its SQLSTATE, a request by its status', async () => {
    const failed = newTrace();
    const missing = newTrace();
    const { sql } = database;
    await sql.query('BEGIN');
    await sql.query('SELECT FROM experiments FOR UPDATE');
    const path = `/experiments/id/${experiment.experiment_id}`;
    const change = http.send('PATCH', path, {
      json: { description: 'x' },
      headers: failed.headers,
    });
    await untilBlocked(sql, 1);
    expect((await change).status).toBe(503);
    await sql.query('ROLLBACK');
    const spans = await receiver.spansOf(failed.traceId, 2);
    for (const [kind, type] of [
      [SERVER, '503'],
      [CLIENT, '57014'],
    ] as const) {
      const span = spans.find((one) => one.kind === kind);
      expect(span?.status.code).toBe(ERROR);
      expect(span?.attributes['error.type']).toBe(type);
    }
    await http.get('/nowhere-at-all', { headers: missing.headers });
    const [span] = await receiver.spansOf(missing.traceId, 1);
    expect([span?.name, span?.status.code ?? 0]).toEqual(['GET', 0]);
    expect(span?.attributes['http.response.status_code']).toBe(404);
  });

  it('holds nothing that is secret, and nothing that users have written', async () => {
    const { traceId, headers } = newTrace();
    const planted = 'planted-text-of-a-user';
    await http.post(`/projects?${planted}=1`, { project_name: planted }, { headers });
    await http.post('/projects', { project_name: planted }, { headers });
    await http.get(`/projects/name/${planted}`, { headers });
    await http.get('/projects/all', { headers: { ...headers, 'x-api-key': planted } });
    await receiver.spansOf(traceId, 6);
    for (const text of [planted, ADMIN_KEY, database.url, experiment.experiment_id, 'SELECT']) {
      expect(receiver.text).not.toContain(text);
    }
  });
});

describe('a collector that is away', () => {
  it('keeps nobody waiting, is told of once, and does not keep the service from ending', async () => {
    const { service, http } = await start({
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1',
      OTEL_EXPORTER_OTLP_TIMEOUT: '200',
    });
    for (let n = 0; n < 20; n += 1) expect((await http.get('/projects/all')).status).toBe(200);
    await service.says('traces could not be sent');
    for (let n = 0; n < 20; n += 1) expect((await http.get('/projects/all')).status).toBe(200);
    expect(await service.end('SIGTERM')).toBe(0);
    expect(service.output.match(/traces could not be sent/g)).toHaveLength(1);
  });
});

describe('what is loaded of OpenTelemetry', () => {
  /** The packages that a process has loaded when it ends, after some work. */
  async function packagesOf(
    environment: Record<string, string>,
    work: (http: HttpClient) => Promise<unknown>,
  ): Promise<string[]> {
    await using watch = await LoadWatch.begin();
    const { service, http } = await start({ ...watch.environment, ...environment });
    await work(http);
    expect(await service.end('SIGTERM')).toBe(0);
    const { installed, bundled } = await watch.packages();
    return [...installed, ...bundled]
      .filter((name) => name.startsWith('@opentelemetry/'))
      .map((name) => name.slice('@opentelemetry/'.length));
  }

  it('is what prom-client needs, and no SDK, unless traces are wanted', async () => {
    expect(await packagesOf({}, (http) => http.get('/projects/all'))).toEqual(['api']);
  });

  it('is the SDK and one exporter where they are, and what is left is sent at the end', async () => {
    const { traceId, headers } = newTrace();
    const environment = {
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${receiver.url}/of-our-own`,
      OTEL_SERVICE_NAME: 'another',
      OTEL_BSP_SCHEDULE_DELAY: '600000',
    };
    const packages = await packagesOf(environment, (http) =>
      http.get('/projects/all', { headers }),
    );
    expect(packages).toEqual(
      expect.arrayContaining(['exporter-trace-otlp-http', 'sdk-trace-base']),
    );
    expect(packages).not.toContain('exporter-trace-otlp-proto');
    const [span] = await receiver.spansOf(traceId, 1);
    expect(span?.resource['service.name']).toBe('another');
    expect(receiver.asked.at(-1)).toBe('/of-our-own');
  });
});
