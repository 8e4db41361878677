import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { untilBlocked } from '../support/barrier.js';
import { modeldb, startModeldb } from '../support/command-line.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { Records } from '../support/records.js';
import { ServiceProcess } from '../support/service-process.js';

// Each test starts a process or more.
jest.setTimeout(60_000);

const CHECK = ['check', 'evaluations'];

describe('modeldb', () => {
  it.each([[['--help']], [[...CHECK, '--help']], [['help', 'check']]])(
    '%j teaches on stdout',
    async (args) => {
      const { exit, stdout, stderr } = await modeldb(args);
      expect([exit, stderr]).toEqual([0, '']);
      expect(stdout).toMatch(/^Usage: modeldb /);
    },
  );

  it('does not mind when nobody reads to the end', async () => {
    const running = startModeldb(['--help']);
    running.stopReading();
    expect(await running.ended).toMatchObject({ exit: 0, stderr: '' });
  });

  it.each([
    [[], 'Usage: modeldb'],
    [['chek'], "error: unknown command 'chek'"],
    [[...CHECK, '--repare'], "error: unknown option '--repare'"],
    [[...CHECK, 'now'], 'error: too many arguments'],
  ])('%j is refused on stderr', async (args, message) => {
    const { exit, stdout, stderr } = await modeldb(args);
    expect([exit, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });
});

describe('modeldb check evaluations', () => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await createDatabase();
    await test.sql.query(
      `INSERT INTO projects (project_id, project_name) VALUES ('p', 'p');
       INSERT INTO models (model_id, project_id, model_name) VALUES ('m', 'p', 'm');
       INSERT INTO experiments (experiment_id, project_id, model_id, model_version_id, evaluations)
         VALUES ('a', 'p', 'm', 'v', '{"accuracy": 0.9}'), ('b', 'p', 'm', 'v', '{"accuracy": 0.8}');
       INSERT INTO experiment_evaluations VALUES
         ('a', 'accuracy', 0.9, 'm', 'p'), ('b', 'accuracy', 0.8, 'm', 'p')`,
    );
  });
  afterAll(() => test.drop());
  const run = (...args: string[]) => modeldb([...CHECK, ...args], { DATABASE_URL: test.url });
  const damage = () =>
    test.sql.query(`DELETE FROM experiment_evaluations WHERE experiment_id = 'a'`);

  it('ends with 0 where all is in step', async () => {
    expect(await run()).toEqual({
      exit: 0,
      stdout: 'Compared 2 experiments with 2 numbers.\nThe index is in step with the documents.\n',
      stderr: '',
    });
  });

  it('ends with 1 where there are differences, and with 0 once it has repaired them', async () => {
    await damage();
    const found = await run();
    expect(found.exit).toBe(1);
    expect(found.stdout).toContain('a "accuracy": the document has 0.9, the index has no row\n');
    const repaired = await run('--repair');
    expect(repaired.exit).toBe(0);
    expect(repaired.stdout).toContain('Repaired 1 experiment: the index is in step.\n');
    expect((await run()).exit).toBe(0);
  });

  it('answers with one JSON object when asked to', async () => {
    await damage();
    const found = await run('--json');
    const report = {
      experiments: 2,
      numbers: 2,
      differences: { not_in_index: 1, not_in_document: 0, value: 0, scope: 0 },
      differing_experiments: 1,
      first: [
        {
          experiment_id: 'a',
          key: 'accuracy',
          kind: 'not_in_index',
          document: { value: '0.9', model_id: 'm', project_id: 'p' },
          index: null,
        },
      ],
    };
    expect([found.exit, found.stderr]).toEqual([1, '']);
    expect(JSON.parse(found.stdout)).toEqual({
      in_step: false,
      ...report,
      repaired_experiments: 0,
    });
    const repaired = await run('--json', '--repair');
    expect(repaired.exit).toBe(0);
    expect(JSON.parse(repaired.stdout)).toEqual({
      in_step: true,
      ...report,
      repaired_experiments: 1,
    });
  });

  it.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('ends between two experiments on %s', async (signal, exit) => {
    await damage();
    await test.sql.query('BEGIN');
    await test.sql.query(`SELECT FROM experiments WHERE experiment_id = 'a' FOR UPDATE`);
    const command = startModeldb([...CHECK, '--repair'], { DATABASE_URL: test.url });
    await untilBlocked(test.sql, 1);
    command.signal(signal);
    await test.sql.query('COMMIT');
    expect(await command.ended).toEqual({
      exit,
      stdout: '',
      stderr: 'Interrupted: what was done until here stays done.\n',
    });
    expect((await run()).exit).toBe(0);
  });

  it.each([
    [
      'cannot be reached',
      { DATABASE_URL: 'postgresql://u:hunter2@127.0.0.1:1/x' },
      'Cannot use the PostgreSQL at postgresql://127.0.0.1:1/x: nothing listens there. Check DATABASE_URL.\n',
    ],
    [
      'is no address',
      { DATABASE_URL: 'hunter2' },
      'The configuration is wrong:\n  - DATABASE_URL must look like postgresql://user:password@host:5432/database\n',
    ],
    [
      'has no data',
      { MODELDB_DATA_DIR: '/nowhere' },
      'There is no data in /nowhere: set MODELDB_DATA_DIR to the folder that the service uses, or set DATABASE_URL.\n',
    ],
  ])('ends with 2 on a database that %s', async (_, environment, stderr) => {
    expect(await modeldb(CHECK, environment)).toEqual({ exit: 2, stdout: '', stderr });
  });

  it('ends with 2 on a database without the tables', async () => {
    const empty = await createDatabase('template0');
    const result = await modeldb(CHECK, { DATABASE_URL: empty.url });
    await empty.drop();
    expect(result).toMatchObject({ exit: 2, stdout: '' });
    expect(result.stderr).toMatch(/^The database has none of the tables of Model DB: .+\n$/);
  });
});

describe('the embedded database', () => {
  it('is shared with the service while that runs, and started for the command when not', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'modeldb-command-'));
    const environment = { MODELDB_DATA_DIR: join(folder, 'data') };
    const service = new ServiceProcess(environment);
    try {
      const http = await service.ready();
      await new Records(http).experiment({ evaluations: { accuracy: 1 } });
      const found = {
        exit: 0,
        stdout: 'Compared 1 experiment with 1 number.\nThe index is in step with the documents.\n',
        stderr: '',
      };
      expect(await modeldb(CHECK, environment)).toEqual(found);
      expect((await http.get('/experiments/all')).body).toHaveLength(1);
      expect(service.output).not.toContain('lost');
      expect(await service.end('SIGTERM')).toBe(0);

      expect(await modeldb(CHECK, environment)).toEqual(found);
      expect(await readdir(join(folder, 'data', 'postgres'))).not.toContain('postmaster.pid');
    } finally {
      await service.end('SIGTERM');
      await rm(folder, { recursive: true, force: true });
    }
  });
});

describe('modeldb keys', () => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await createDatabase();
  });
  afterAll(() => test.drop());
  const run = (...args: string[]) => modeldb(['keys', ...args], { DATABASE_URL: test.url });

  it('makes, lists, follows and revokes them', async () => {
    const made = await run('create', '--name', 'first "admin"', '--role', 'admin');
    expect([made.exit, made.stdout]).toEqual([
      0,
      expect.stringMatching(/^mdb_[0-9a-f]{16}_[\w-]{43}\n$/),
    ]);
    expect(made.stderr).toContain('The key is told only now');
    const keyId = made.stdout.slice(4, 20);

    const rotated = await run('rotate', keyId, '--overlap', '60', '--json');
    const successor = JSON.parse(rotated.stdout) as { key: string; key_id: string };
    expect(successor).toMatchObject({ name: 'first "admin"', role: 'admin', expires_at: null });

    const revoked = await run('revoke', successor.key_id);
    expect(revoked.stdout).toContain(
      `${successor.key_id}  admin   "first \\"admin\\""  revoked 20`,
    );
    const { stdout } = await run('list');
    expect(stdout.trimEnd().split('\n')).toHaveLength(2);
    expect(stdout).not.toContain(made.stdout.trim());
    const listed = JSON.parse((await run('list', '--json')).stdout) as { key_id: string }[];
    expect(listed.map(({ key_id }) => key_id)).toEqual([keyId, successor.key_id]);
  });

  it.each([
    [['create', '--role', 'admin'], "required option '--name <name>' not specified"],
    [['create', '--name', ' ', '--role', 'admin'], 'It must have 1 to 255 characters.'],
    [['create', '--name', 'x', '--role', 'owner'], 'Allowed choices are viewer, editor, admin.'],
    [
      ['create', '--name', 'x', '--role', 'admin', '--expires', '2020-01-01T00:00:00Z'],
      'It must be a time in the future',
    ],
    [['rotate', 'x', '--overlap', 'long'], 'It must be a whole number'],
    [['rotate', 'x'], 'There is no API key with this id.'],
    [['revoke', 'x'], 'There is no API key with this id.'],
  ])('%j is refused', async (args, message) => {
    const { exit, stdout, stderr } = await run(...args);
    expect([exit, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });
});
