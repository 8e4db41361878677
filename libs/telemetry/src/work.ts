import { AsyncLocalStorage } from 'node:async_hooks';
import type { RequestTrace } from './tracing/tracer.js';

/** What is done for one request. */
export interface Work {
  readonly requestId: string;
  /** Statements that were run, and how long they took together. */
  statements: number;
  seconds: number;
  /** Is told of each of them, too. */
  readonly trace?: RequestTrace | undefined;
}

const storage = new AsyncLocalStorage<Work>();

/**
 * Does something, and lets all that it leads to find {@link currentWork}. Until this is called once, nothing in the process
 * pays for it.
 */
export function duringWork(work: Work, step: () => void): void {
  storage.run(work, step);
}

/** For what the caller works, if that is kept account of. */
export function currentWork(): Work | undefined {
  return storage.getStore();
}
