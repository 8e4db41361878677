import type { Duplex } from 'node:stream';
import pg, { type ClientConfig, type Connection } from 'pg';
import { WireReader } from './wire-reader.js';

/** What the types of the driver's connection leave out. */
interface Listening extends Connection {
  /** Whether somebody wants to hear of every message. */
  readonly _emitMessage: boolean;
  attachListeners: (stream: Duplex) => void;
}

/** The driver's client, on whose connection rows are left as they came: see {@link WireReader}. */
export class RowClient extends pg.Client {
  constructor(config?: ClientConfig) {
    super(config);
    const connection = this.connection as Listening;
    // Asked for the stream that is read, which is another one once it is encrypted.
    connection.attachListeners = (stream) => {
      const reader = new WireReader((message) => {
        if (connection._emitMessage) connection.emit('message', message);
        connection.emit(message.name === 'error' ? 'errorMessage' : message.name, message);
      });
      stream.on('data', (piece: Buffer) => {
        reader.read(piece);
      });
    };
  }
}
