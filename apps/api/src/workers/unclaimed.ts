import type { ChildProcess } from 'node:child_process';

interface Handle {
  close(): void;
}

/** Whom a connection was handed last: one that is refused goes to the next. */
const receivers = new WeakMap<Handle, ChildProcess>();

/**
 * Notes the connections that a worker is handed. `node:cluster` hands over one at a time, and closes its own end when the
 * worker has said that it has it. One that nobody takes, because the worker has ended or all have just closed, it forgets
 * without closing it, and the client would wait for ever.
 * @returns closes the last connection, if that is still ours; to be called when nobody can take it any more
 */
export function noteHanded(child: ChildProcess): () => void {
  let last: Handle | undefined;
  const send = child.send.bind(child) as (...values: unknown[]) => boolean;
  child.send = (message: unknown, handle: unknown, ...rest: unknown[]) => {
    if (isHandle(handle)) {
      last = handle;
      receivers.set(handle, child);
    }
    return send(message, handle, ...rest);
  };
  return () => {
    // Closing what is closed already does nothing.
    if (last && receivers.get(last) === child) last.close();
  };
}

function isHandle(value: unknown): value is Handle {
  return typeof value === 'object' && value !== null && 'close' in value;
}
