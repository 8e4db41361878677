import 'reflect-metadata';
import { run } from './run.js';

// A terminal that was closed, or a `head` that has read enough, cannot be told anything, but what was begun is still to be ended.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

process.exitCode = await run(process.argv.slice(2));
