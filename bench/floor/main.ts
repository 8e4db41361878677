import fastify from 'fastify';
import pg from 'pg';
import { asText } from './as-text.js';
import { addHotRoutes } from './hot-routes.js';
import { QUESTIONS, type Question } from './questions.js';
import { writeAnswer } from './write-answer.js';

/**
 * What Model DB is measured against: each question one route, its best statement and its answer written by hand, without
 * validation, errors or anything else that a service needs. It has as many connections as Model DB.
 */
const pool = new pg.Pool({
  connectionString: process.env['DATABASE_URL'],
  max: 10,
  options: '-c timezone=UTC',
});

/** A value of the query string `v=…`, or several. */
interface Values {
  readonly v?: string | string[];
}

const app = fastify();
for (const [name, { sql, shape }] of Object.entries<Question>(QUESTIONS)) {
  const write = writeAnswer[shape];
  app.get<{ Querystring: Values }>(`/${name}`, async ({ query: { v = [] } }, reply) => {
    const values = typeof v === 'string' ? [v] : v;
    const question = { name, text: sql, values, rowMode: 'array', types: asText };
    const { rows } = await pool.query<string[]>(question);
    return reply.type('application/json; charset=utf-8').send(write(rows));
  });
}
addHotRoutes(app, pool);

process.once('SIGTERM', () => {
  void app.close().then(() => pool.end());
});
const url = await app.listen({ host: '127.0.0.1', port: Number(process.env['PORT'] ?? 0) });
console.log(JSON.stringify({ url }));
