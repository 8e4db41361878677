import { createServer, type IncomingMessage, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Case } from '../../bench/queries/cases/case.js';
import { belowTheFloor, brokenBudgets } from '../../bench/queries/report.js';
import { prepare } from '../../bench/queries/walk.js';
import { Caller, WrongAnswerError } from '../../bench/support/caller.js';

const FACTS = { project: '', model: '', largestProject: '', largestModel: '', experiments: [] };

/** Five pages of a list, the last of them short: `/list?page=3` holds the items 30 to 39. */
describe('walking to a page', () => {
  let server: Server;
  let caller: Caller;

  beforeAll(async () => {
    server = createServer((request, response) => {
      void answer(request).then(({ status, link, body }) => {
        response.writeHead(status, link === undefined ? {} : { link });
        response.end(JSON.stringify(body));
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    caller = new Caller(`http://127.0.0.1:${port}`);
  });
  afterAll(() => {
    caller.close();
    server.close();
  });

  async function answer(request: IncomingMessage) {
    const url = new URL(request.url ?? '', 'http://localhost');
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const sent = Buffer.concat(chunks).toString();
    const cursor = sent === '' ? url.searchParams.get('page') : JSON.parse(sent).cursor;
    const page = Number(cursor ?? 0);
    const items = Array.from({ length: page === 4 ? 3 : 10 }, (_, at) => ({ n: 10 * page + at }));
    const next = page < 4 ? String(page + 1) : null;
    if (url.pathname === '/missing') return { status: 404, link: undefined, body: {} };
    if (sent !== '') {
      return { status: 200, link: undefined, body: { experiments: items, next_cursor: next } };
    }
    const link = next === null ? undefined : `</list?page=${next}>; rel="next"`;
    return { status: 200, link, body: items };
  }

  const list = (page?: number): Case => ({
    name: 'list',
    ...(page !== undefined && { page }),
    call: () => ({ method: 'GET', path: '/list' }),
  });

  it('asks for the first page without walking', async () => {
    expect(await prepare(list(), caller, FACTS)).toEqual({
      call: { method: 'GET', path: '/list' },
      before: undefined,
    });
  });

  it('follows the Link header', async () => {
    expect(await prepare(list(3), caller, FACTS)).toEqual({
      call: { method: 'GET', path: '/list?page=2' },
      before: { n: 19 },
    });
  });

  it('stops at the last full page', async () => {
    expect(await prepare(list(1000), caller, FACTS)).toEqual({
      call: { method: 'GET', path: '/list?page=3' },
      before: { n: 29 },
    });
  });

  it('follows the cursor of a search', async () => {
    const search: Case = {
      name: 'search',
      page: 3,
      call: () => ({ method: 'POST', path: '/search', body: '{"where":"x"}' }),
    };
    expect(await prepare(search, caller, FACTS)).toEqual({
      call: { method: 'POST', path: '/search', body: '{"where":"x","cursor":"2"}' },
      before: { n: 19 },
    });
  });

  it('says what was answered instead', async () => {
    const missing: Case = { ...list(2), call: () => ({ method: 'GET', path: '/missing' }) };
    await expect(prepare(missing, caller, FACTS)).rejects.toThrow(
      new WrongAnswerError('status 404'),
    );
  });
});

describe('the budgets', () => {
  it('are broken by failures and by growth, where the scope does not grow', () => {
    const results = [
      { name: 'good', grows: false, large: 1.5, small: 1 },
      { name: 'slow', grows: false, large: 1.6, small: 1 },
      { name: 'large', grows: true, large: 10, small: 1 },
      { name: 'gone', grows: false, failure: 'status 404' },
    ];
    expect(brokenBudgets(results)).toEqual([
      'slow: 1.60 times the time at 100k, the budget is 1.5',
      'gone: status 404',
    ]);
  });

  it('report what is slower than by hand', () => {
    const result = (floor: number) => ({ name: `${floor}`, grows: false, large: 10, floor });
    expect(belowTheFloor([result(8), result(9)])).toEqual([
      '8: 0.80 of the floor, the target is 0.85',
    ]);
  });
});
