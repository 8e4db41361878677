import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { fire } from '../../bench/overload/fire.js';
import { broken, type Overload } from '../../bench/overload/verdict.js';

const tally = (successes: number, others: Record<string, number> = {}) => ({
  seconds: 10,
  statuses: { 200: successes, ...others },
  broken: 0,
  unsent: 0,
  p50: 1,
  p99: 2,
  refusalP50: 1,
});
const well: Overload = {
  peak: tally(1100),
  peakAfter: tally(900),
  overload: tally(800, { 503: 9000, 429: 1 }),
  seen: { asked: 30, unhealthy: 0, slowestMs: 9, residentMiB: [100, 150, 160, 160, 170, 165] },
  recovery: 1,
  usual: 1,
  residentBefore: 100,
  cpu: [1, 2, 3],
};

describe('too much load', () => {
  it('may be refused, and nothing else may happen', () => {
    expect(broken(well)).toEqual([]);
    expect(broken({ ...well, overload: tally(799, { 500: 2, 503: 9 }) })).toEqual([
      'goodput: 0.80 of the peak, the budget is 0.8',
      '2 requests were neither answered 200 nor refused',
    ]);
    expect(broken({ ...well, overload: { ...well.overload, broken: 3 } })).toEqual([
      '3 requests were neither answered 200 nor refused',
    ]);
    const seen = { ...well.seen, unhealthy: 1, residentMiB: [100, 150, 160, 160, 200, 210] };
    expect(broken({ ...well, seen, recovery: Infinity })).toEqual([
      '1 of 30 questions of those that watch failed',
      'as before after Infinity s, the budget is 5 s',
      'memory grew from 160 to 210 MiB',
    ]);
  });
});

describe('the generator', () => {
  let server: Server;
  let url: string;
  const bodies: string[] = [];
  beforeAll(async () => {
    server = createServer((request, response) => {
      request.setEncoding('utf8').on('data', (text: string) => bodies.push(text));
      request.on('end', () => {
        if (request.url === '/gone') request.socket.destroy();
        else
          response.writeHead(request.url === '/no' ? 503 : 200, { 'content-length': 2 }).end('é');
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it.each([undefined, 2000])('counts what came back, at a rate of %s', async (rate) => {
    const { statuses, broken: lost } = await fire({
      url,
      seconds: 0.5,
      connections: 4,
      calls: [
        { method: 'GET', path: '/yes' },
        { method: 'POST', path: '/yes', body: '{"a":"ü"}' },
        { method: 'GET', path: '/no' },
        { method: 'GET', path: '/gone' },
      ],
      ...(rate !== undefined && { rate }),
    });
    const { 200: yes = 0, 503: no = 0 } = statuses;
    expect(Object.keys(statuses)).toEqual(['200', '503']);
    expect(yes).toBeGreaterThan(no);
    expect(lost).toBeGreaterThan(0);
    expect(new Set(bodies)).toEqual(new Set(['{"a":"ü"}']));
  });
});
