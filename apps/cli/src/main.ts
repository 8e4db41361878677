import 'reflect-metadata';
import { run } from './run.js';

// A terminal that was closed cannot be told anything, but what is open still has to be closed.
process.stderr.on('error', () => undefined);

process.exitCode = await run(process.argv.slice(2));
