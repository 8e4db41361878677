import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getDataSourceToken } from '@nestjs/typeorm';
import pg, { type Pool } from 'pg';
import { DataSource } from 'typeorm';
import { Records } from '../support/records.js';
import { startService, type TestService } from '../support/service.js';
import { walk } from '../support/walk.js';

const MOMENT = '2020-11-02T03:04:05.880000Z';

/** Another's PostgreSQL: everything that changes how it answers is set otherwise. */
async function settle(databaseUrl: string, dateStyle: string): Promise<string> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const settings = {
    datestyle: `'${dateStyle}'`,
    timezone: `'Asia/Kolkata'`,
    default_transaction_isolation: `'serializable'`,
    intervalstyle: `'sql_standard'`,
    bytea_output: `'escape'`,
    extra_float_digits: '-15',
  };
  for (const [name, value] of Object.entries(settings)) {
    await client.query(
      `ALTER DATABASE ${new URL(databaseUrl).pathname.slice(1)} SET ${name} = ${value}`,
    );
  }
  await client.end();
  return databaseUrl;
}

describe.each(['SQL, DMY', 'German', 'Postgres, MDY'])(
  'a database whose DateStyle is %s, in another zone, and serializable',
  (dateStyle) => {
    let service: TestService;
    let experimentId: string;
    beforeAll(async () => {
      service = await startService({ databaseUrl: (direct) => settle(direct, dateStyle) });
      ({ experiment_id: experimentId } = await new Records(service.http).experiment());
      await service.database.sql.query(`UPDATE experiments SET created_datetime = $1`, [MOMENT]);
    });
    afterAll(() => service.stop());

    it('answers times in ISO 8601, in UTC, with six digits', async () => {
      const { body } = await service.http.get(`/experiments/id/${experimentId}`);
      expect(body.created_datetime).toBe(MOMENT);
      expect(body.updated_datetime).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
    });

    it('answers pages, one after the other, and conditions on times', async () => {
      const records = new Records(service.http);
      const { model_id } = await records.model();
      for (let i = 0; i < 3; i += 1) await records.experiment({ model_id });
      const rows = await walk(service.http, `/experiments/model-id/${model_id}?limit=1`);
      expect(rows).toHaveLength(3);
      const where = encodeURIComponent(`created_datetime <= '${MOMENT}'`);
      const { body } = await service.http.get(`/experiments/all?where=${where}`);
      expect(body).toHaveLength(1);
    });

    it('merges without asking anybody to try again', async () => {
      for (const token of [DataSource, getDataSourceToken('searches')]) {
        const { driver } = service.app.get<DataSource>(token);
        const pool = (driver as unknown as { master: Pool }).master;
        const { rows } = await pool.query('SHOW transaction_isolation');
        expect(rows).toEqual([{ transaction_isolation: 'read committed' }]);
      }
      const path = `/experiments/evaluations/${experimentId}`;
      const merges = Array.from({ length: 100 }, (_, i) =>
        service.http.post(path, { evaluations: { [`k${String(i)}`]: i } }),
      );
      const statuses = (await Promise.all(merges)).map(({ status }) => status);
      expect(new Set(statuses)).toEqual(new Set([200]));
      const { body } = await service.http.get(`/experiments/id/${experimentId}`);
      expect(Object.keys(body.evaluations)).toHaveLength(100);
    });
  },
);
