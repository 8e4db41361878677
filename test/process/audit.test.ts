import 'reflect-metadata';
import { describe, expect, it, jest } from '@jest/globals';
import { audited } from '../support/audited.js';
import { modeldb } from '../support/command-line.js';
import { createDatabase } from '../support/database.js';
import { Records } from '../support/records.js';
import { ServiceProcess } from '../support/service-process.js';

// Each test starts a process or more.
jest.setTimeout(60_000);

describe('modeldb audit', () => {
  it('seals, verifies and prunes', async () => {
    await using audit = await audited();
    const { sql, url } = audit.test;
    const run = (...args: string[]) => modeldb(['audit', ...args], { DATABASE_URL: url });
    expect((await run('seal')).stdout).toBe('There was nothing to seal.\n');
    const keys = (name: string) =>
      modeldb(['keys', 'create', '--name', name, '--role', 'viewer'], { DATABASE_URL: url });
    await keys('one');
    const { rows } = await sql.query('SELECT actor, method, action FROM audit_events');
    expect(rows).toEqual([{ actor: 'command line', method: 'command_line', action: 'key.create' }]);
    await audit.sealAll();
    const sound = await run('verify');
    const anchor = /anchor: (1:[0-9a-f]{64})\n$/.exec(sound.stdout)?.[1] ?? '';
    expect(sound).toEqual({
      exit: 0,
      stdout: [
        'Verified 1 event in 1 seal.',
        '0 events not sealed yet.',
        'Everything is as it was sealed.',
        `The last seal, to be kept as an anchor: ${anchor}\n`,
      ].join('\n'),
      stderr: '',
    });
    expect((await run('verify', '--anchor', anchor.toUpperCase())).exit).toBe(0);
    const other = await run('verify', '--anchor', `1:${'0'.repeat(64)}`);
    expect([other.exit, other.stdout]).toEqual([
      1,
      expect.stringContaining('WRONG: seal 1 is not the one that the anchor names'),
    ]);

    const none = await run('prune', '--before', '2020-01-01');
    expect(none.stdout).toBe('No seal is that old: nothing was pruned.\n');
    await audit.break(`UPDATE audit_events SET actor = 'mallory'`);
    const altered = await run('verify', '--json');
    expect(JSON.parse(altered.stdout)).toMatchObject({
      is_sound: false,
      finding: { damage: 'event_altered', seal_id: '1', event_id: '1' },
    });
    const refused = await run('prune', '--before', '2099-01-01');
    expect([altered.exit, refused.exit]).toEqual([1, 1]);
    expect(refused.stdout).toContain('WRONG: event 1 of seal 1 was altered.\n');
    await audit.break(`UPDATE audit_events SET actor = 'command line'`);
    const pruned = await run('prune', '--before', '2099-01-01', '--json');
    expect(JSON.parse(pruned.stdout)).toEqual({ seals: 1, events: 1, last_seal_id: '1' });
    const after = await run('verify');
    expect(after.stdout).toContain('1 event more had been pruned; their seals are sound.\n');
  });

  it.each([
    [['verify', '--anchor', '1:abc'], 'It must be the number of a seal, a colon, and its digest.'],
    [['prune'], "required option '--before <time>' not specified"],
    [['prune', '--before', 'yesterday'], 'It must be a day or a time'],
  ])('%j is refused', async (args, message) => {
    const { exit, stdout, stderr } = await modeldb(['audit', ...args]);
    expect([exit, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });
});

describe('the service', () => {
  it('seals by itself, and logs what can be held against the chain', async () => {
    const database = await createDatabase();
    const service = new ServiceProcess({ DATABASE_URL: database.url, AUDIT_SEAL_SECONDS: '1' });
    try {
      await new Records(await service.ready()).project();
      const line = await service.says(/(\{[^\n]*"audit sealed"[^\n]*\})\n/);
      const { level, seal_id, digest } = JSON.parse(line) as Record<string, unknown>;
      const { rows } = await database.sql.query(
        `SELECT 30 AS level, seal_id, encode(digest, 'hex') AS digest FROM audit_seals ORDER BY seal_id LIMIT 1`,
      );
      expect([{ level, seal_id, digest }]).toEqual(rows);
    } finally {
      await service.end('SIGTERM');
      await database.drop();
    }
  });
});
