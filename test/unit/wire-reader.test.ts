import { PassThrough } from 'node:stream';
import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parse } from 'pg-protocol';
import { DataRow } from '../../libs/database/src/wire/data-row.js';
import { WireReader } from '../../libs/database/src/wire/wire-reader.js';

type Said = readonly [name: string, fields?: readonly (string | null)[]];

/** A message of the protocol: its kind, its length without that, what it says. */
function message(kind: string, body: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.write(kind);
  head.writeUInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

function dataRow(fields: readonly (string | null)[]): Buffer {
  const count = Buffer.alloc(2);
  count.writeInt16BE(fields.length);
  const parts = fields.map((field) => {
    const value = Buffer.from(field ?? '');
    const length = Buffer.alloc(4);
    length.writeInt32BE(field === null ? -1 : value.length);
    return Buffer.concat([length, value]);
  });
  return message('D', Buffer.concat([count, ...parts]));
}

const text = fc.string({ unit: 'binary', maxLength: 40 }).filter((one) => one.isWellFormed());
const messages = fc.oneof(
  fc.array(fc.option(text), { maxLength: 6 }).map(dataRow),
  fc.constant(message('C', Buffer.from('SELECT 1\0'))),
  fc.constant(message('Z', Buffer.from('I'))),
  fc.constant(message('S', Buffer.from('TimeZone\0UTC\0'))),
  fc.constant(message('E', Buffer.from('SERROR\0C57014\0Mstopped\0\0'))),
  fc.constant(message('1', Buffer.alloc(0))),
);

const said = (one: { readonly name: string }): Said =>
  'fields' in one ? [one.name, one.fields as (string | null)[]] : [one.name];

async function driverReads(bytes: Buffer): Promise<Said[]> {
  const stream = new PassThrough();
  const all: Said[] = [];
  const ended = parse(stream, (one) => all.push(said(one)));
  stream.end(bytes);
  await ended;
  return all;
}

it('reads what the driver reads, wherever the bytes are cut', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(messages, { maxLength: 12 }),
      fc.array(fc.integer({ min: 1, max: 64 }), { minLength: 1 }),
      async (sent, sizes) => {
        const bytes = Buffer.concat(sent);
        const heard: { readonly name: string }[] = [];
        const reader = new WireReader((one) => heard.push(one));
        for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
          const size = sizes[turn % sizes.length] ?? 1;
          // Each piece is a buffer of its own, as it is when it comes from a socket.
          reader.read(Buffer.from(bytes.subarray(at, at + size)));
          at += size;
        }
        // Asked when all has been read: nothing of what a row stands in has been used again.
        expect(heard.map(said)).toEqual(await driverReads(bytes));
        const rows = heard.filter((one) => one instanceof DataRow);
        const lengths = sent.filter((one) => one[0] === 68).map((one) => one.readUInt32BE(1));
        expect(rows.map(({ length }) => length)).toEqual(lengths);
      },
    ),
  );
});

it('reads a message of many pieces without reading it again for each', () => {
  const long = 'x'.repeat(4_000_000);
  const bytes = dataRow([long, null, 'end']);
  const heard: { readonly name: string }[] = [];
  const reader = new WireReader((one) => heard.push(one));
  for (let at = 0; at < bytes.length; at += 65_536) reader.read(bytes.subarray(at, at + 65_536));
  expect(heard.map(said)).toEqual([['dataRow', [long, null, 'end']]]);
});
