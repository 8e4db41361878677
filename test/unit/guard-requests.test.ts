import { describe, expect, it } from '@jest/globals';
import { notAuthenticated } from '#errors';
import { createAdapter, guardRequests, type Gate, type Needs } from '#http';

/** A web server behind a gate, with a route that takes no care of itself. */
async function guarded(admit: Gate['admit']) {
  const options = { maxBodyBytes: 1000, requestTimeoutMs: 60_000, trustedProxies: [] };
  const fastify = createAdapter(options).getInstance();
  let bodies = 0;
  guardRequests(fastify, { admit });
  fastify.addHook('preParsing', (_request, _reply, payload, done) => {
    bodies += 1;
    done(null, payload);
  });
  fastify.post('/forgotten', () => 'served');
  const url = await fastify.listen({ host: '127.0.0.1', port: 0 });
  return {
    post: async () => {
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(`${url}/forgotten`, { method: 'POST', headers, body: '{}' });
      return [await answer.text(), bodies];
    },
    [Symbol.asyncDispose]: () => fastify.close(),
  };
}

describe('a route', () => {
  it('is for administrators when it does not say whom it serves', async () => {
    const asked: Needs[] = [];
    await using service = await guarded(({ needs }) => {
      asked.push(needs());
      return undefined;
    });
    expect(await service.post()).toEqual(['served', 1]);
    expect(asked).toEqual(['administrator']);
  });
});

describe('a request', () => {
  it('goes on when it is admitted later', async () => {
    await using service = await guarded(() => Promise.resolve(undefined));
    expect(await service.post()).toEqual(['served', 1]);
  });

  it.each<[string, Gate['admit']]>([
    [
      'at once',
      () => {
        throw notAuthenticated();
      },
    ],
    ['later', () => Promise.reject(notAuthenticated())],
  ])('is refused %s, before its body is read', async (_when, admit) => {
    await using service = await guarded(admit);
    expect(await service.post()).toEqual([expect.not.stringContaining('served'), 0]);
  });
});
