import 'reflect-metadata';
import { Controller, Get, Module, Query } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  Answers,
  createAdapter,
  HttpModule,
  QueryChoice,
  QueryInt,
  QueryList,
  QueryText,
} from '#http';
import { HttpClient, type Answer } from '../support/http-client.js';

class WalkQuery {
  @QueryInt({ description: 'How many.', min: -5, max: 1000, optional: true, default: 10 })
  limit = 10;

  @QueryChoice(['asc', 'desc'], { description: 'Which way.', optional: true })
  order?: 'asc' | 'desc';

  @QueryText({ description: 'Which ones.', maxLength: 5, optional: true, example: 'a > 1' })
  where?: string;
}

class PickQuery {
  @QueryList({ description: 'Which.', min: 2, max: 3 })
  ids!: string[];
}

@Controller()
class QueryController {
  @Get('walk')
  @Answers({ needs: 'viewer', id: 'walk', summary: 'Walks', ok: Object, takesQuery: true })
  walk(@Query() query: WalkQuery) {
    return JSON.stringify([query, query instanceof WalkQuery]);
  }

  @Get('pick')
  @Answers({ needs: 'viewer', id: 'pick', summary: 'Picks', ok: Object, takesQuery: true })
  pick(@Query() { ids }: PickQuery) {
    return JSON.stringify(ids);
  }

  @Get('plain')
  @Answers({ needs: 'viewer', id: 'plain', summary: 'Takes nothing', ok: Object })
  plain() {
    return '{}';
  }
}

@Module({ imports: [HttpModule], controllers: [QueryController] })
class QueryModule {}

let app: NestFastifyApplication;
let http: HttpClient;
let document: OpenAPIObject;
beforeAll(async () => {
  const adapter = createAdapter({
    maxBodyBytes: 1000,
    requestTimeoutMs: 60_000,
    trustedProxies: [],
  });
  app = await NestFactory.create(QueryModule, adapter, { logger: false, bodyParser: false });
  await app.listen(0, '127.0.0.1');
  http = new HttpClient(await app.getUrl());
  document = SwaggerModule.createDocument(app, new DocumentBuilder().build());
});
afterAll(() => app.close());

const errors = ({ status, body }: Answer): unknown[] => [
  status,
  body.code,
  ...(body.errors as { path: string; message: string }[]).map(
    ({ path, message }) => `${path} ${message}`,
  ),
];

const LIMIT = 'limit must be a whole number from -5 to 1000';
const ORDER = 'order must be "asc" or "desc"';
const WHERE = 'where must have 1 to 5 characters';
const IDS = 'ids must be 2 to 3 different values, separated by commas';
const UNKNOWN = 'is not a parameter of this request';
const ENCODING = 'is not validly percent-encoded UTF-8';

describe('parameters that are right', () => {
  it.each([
    ['', { limit: 10 }],
    ['?', { limit: 10 }],
    ['?&&', { limit: 10 }],
    ['?limit=1', { limit: 1 }],
    ['?limit=-5', { limit: -5 }],
    ['?limit=1000&order=desc', { limit: 1000, order: 'desc' }],
    ['?where=a%20b', { limit: 10, where: 'a b' }],
    ['?where=a+b', { limit: 10, where: 'a b' }],
    ['?where=a=%26=', { limit: 10, where: 'a=&=' }],
    ['?wh%65re=%2525', { limit: 10, where: '%25' }],
    [`?where=${encodeURIComponent('🌱'.repeat(5))}`, { limit: 10, where: '🌱'.repeat(5) }],
  ])('/walk%s', async (query, expected) => {
    const { status, body } = await http.get(`/walk${query}`);
    expect([status, body]).toEqual([200, [expected, true]]);
  });

  it.each([
    ['?ids=a,b', ['a', 'b']],
    ['?ids=a%2Cb,%20c', ['a', 'b', ' c']],
    ['?ids=__proto__,constructor', ['__proto__', 'constructor']],
  ])('/pick%s', async (query, expected) => {
    const { status, body } = await http.get(`/pick${query}`);
    expect([status, body]).toEqual([200, expected]);
  });
});

describe('parameters that are wrong: 422 that names each', () => {
  it.each([
    ...['', '1e2', '1.0', '+1', ' 1', '01', '-0x1', '0x10', '1001', '-6', 'NaN', '٣', '--1']
      .concat('9'.repeat(400))
      .map((value): [string, string[]] => [`limit=${encodeURIComponent(value)}`, [LIMIT]]),
    ['limit', [LIMIT]],
    ['order=ASC', [ORDER]],
    ['order=', [ORDER]],
    ['where=', [WHERE]],
    ['where=123456', [WHERE]],
    ['where=a%00', ['where holds a NUL character, which cannot be stored']],
    ['where=%zz', [`where ${ENCODING}`]],
    ['where=%ed%a0%80', [`where ${ENCODING}`]],
    ['limit=1&limit=1', ['limit is given more than once']],
    ['limit[]=1', [`"limit[]" ${UNKNOWN}`]],
    ['Limit=1', [`Limit ${UNKNOWN}`]],
    ['made=1', [`made ${UNKNOWN}`]],
    ['__proto__=1', [`__proto__ ${UNKNOWN}`]],
    ['constructor=1&toString=2', [`constructor ${UNKNOWN}`, `toString ${UNKNOWN}`]],
    ['%zz=1', [`"%zz" ${UNKNOWN}`]],
    ['=1', [`"" ${UNKNOWN}`]],
    ['x=1&limit=a&order=b', [`x ${UNKNOWN}`, LIMIT, ORDER]],
  ])('/walk?%s', async (query, expected) => {
    const answer = await http.get(`/walk?${query}`);
    expect(errors(answer)).toEqual([422, 'VALIDATION_FAILED', ...expected]);
  });

  it.each([
    ['', ['ids is required']],
    ['?ids=', [IDS]],
    ['?ids=a', [IDS]],
    ['?ids=a,', [IDS]],
    ['?ids=a,b,a', [IDS]],
    ['?ids=a,b,c,d', [IDS]],
    ['?ids=a,b&ids=c', ['ids is given more than once']],
    ['?ids=a%00,b', ['ids holds a NUL character, which cannot be stored']],
  ])('/pick%s', async (query, expected) => {
    const answer = await http.get(`/pick${query}`);
    expect(errors(answer)).toEqual([422, 'VALIDATION_FAILED', ...expected]);
  });
});

describe('a route that declares none', () => {
  it('ignores what is sent', async () => {
    expect((await http.get('/plain?x=1&x=2&%zz=%zz')).status).toBe(200);
  });
});

describe('the OpenAPI document', () => {
  it('describes each parameter', () => {
    expect(document.paths['/walk']?.get?.parameters).toEqual([
      {
        name: 'limit',
        in: 'query',
        required: false,
        description: 'How many.',
        schema: { type: 'integer', minimum: -5, maximum: 1000, default: 10 },
      },
      {
        name: 'order',
        in: 'query',
        required: false,
        description: 'Which way.',
        schema: { type: 'string', enum: ['asc', 'desc'] },
      },
      {
        name: 'where',
        in: 'query',
        required: false,
        description: 'Which ones.',
        schema: { type: 'string', minLength: 1, maxLength: 5, example: 'a > 1' },
      },
    ]);
    expect(document.paths['/pick']?.get?.parameters).toEqual([
      {
        name: 'ids',
        in: 'query',
        required: true,
        explode: false,
        description: 'Which.',
        schema: {
          type: 'array',
          items: { type: 'string', minLength: 1 },
          minItems: 2,
          maxItems: 3,
          uniqueItems: true,
        },
      },
    ]);
  });

  it('has the 422, and no schema that only parameters use', () => {
    expect(document.paths['/walk']?.get?.responses).toHaveProperty('422');
    expect(document.paths['/plain']?.get?.responses).not.toHaveProperty('422');
    expect(Object.keys(document.components?.schemas ?? {})).not.toContain('WalkQuery');
  });
});
