import { describe, expect, it } from '@jest/globals';
import { CodedError } from '#errors';
import pg from 'pg';
import { translateError } from '../../libs/database/src/errors/translate-error.js';
import { statement } from '../../libs/database/src/statement.js';

const some = statement('some.statement', 'SELECT 1');

function fromPostgres(code: string): pg.DatabaseError {
  const error = new pg.DatabaseError('what PostgreSQL says', 20, 'error');
  error.code = code;
  return error;
}

function fromNetwork(code: string): Error {
  return Object.assign(new Error(`read ${code}`), { code });
}

describe('translateError', () => {
  it.each([
    ...['08000', '08001', '08003', '08004', '08006', '08007'],
    ...['53000', '53100', '53200', '53300', '53400'],
    ...['57P01', '57P02', '57P03', '57P04', '57P05'],
    ...['25006', '25P03', '25P04'],
  ])('takes SQLSTATE %s for a database that is away', (code) => {
    expect(translateError(fromPostgres(code), some)).toMatchObject({
      code: 'DATABASE_UNAVAILABLE',
      kind: 'unavailable',
      retryAfter: 1,
    });
  });

  it.each([
    ...['ECONNRESET', 'ECONNREFUSED', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT'],
    ...['EHOSTUNREACH', 'EHOSTDOWN', 'ENETUNREACH', 'ENETDOWN', 'ENETRESET'],
    ...['ERR_STREAM_DESTROYED', 'ERR_STREAM_WRITE_AFTER_END', 'ERR_SOCKET_CLOSED'],
  ])('takes %s for a database that is away', (code) => {
    expect(translateError(fromNetwork(code), some)).toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
  });

  it.each([
    'Connection terminated',
    'Connection terminated unexpectedly',
    'Client has encountered a connection error and is not queryable',
    'Client was closed and is not queryable',
    'Query read timeout',
  ])('takes "%s" for a database that is away', (message) => {
    expect(translateError(new Error(message), some)).toMatchObject({
      code: 'DATABASE_UNAVAILABLE',
    });
  });

  it.each([
    ['57014', 'DATABASE_TIMEOUT'],
    ['40001', 'TOO_MUCH_CONTENTION'],
    ['40P01', 'TOO_MUCH_CONTENTION'],
    ['22003', 'VALUE_NOT_STORABLE'],
    ['54001', 'VALUE_NOT_STORABLE'],
  ])('gives SQLSTATE %s the code %s', (sqlState, code) => {
    expect(translateError(fromPostgres(sqlState), some)).toMatchObject({ code });
  });

  it.each(['08P01', '42601', '42P01', '0A000', 'XX000'])(
    'does not show SQLSTATE %s, which is a mistake of ours',
    (code) => {
      const error = translateError(fromPostgres(code), some);
      expect(error).not.toBeInstanceOf(CodedError);
      expect(error).toMatchObject({ message: expect.stringContaining(`some.statement: SQLSTATE`) });
    },
  );

  it('leaves what the database has nothing to do with as it is', () => {
    const mistake = new TypeError('x is not a function');
    expect(translateError(mistake, some)).toBe(mistake);
  });
});
