import type { Command } from 'commander';
import type { JsonOption } from './keys.js';

const DEMO = `
Two projects with two models each, experiments for every combination of a few parameters, and
learning curves: something to try searches, rankings and comparisons on. They are written by the
code of the service, so the audit has their events. Nothing else is touched; where there is a
project of a name of the demo already, the command says so and ends with 2.`;

/** Adds `modeldb demo`. What it needs is loaded when it runs: help should not wait for it. */
export function addDemoCommand(program: Command, done: (exitCode: number) => void): void {
  program
    .command('demo')
    .summary('fill in a small data set')
    .description('Fills in a small, realistic data set.')
    .option('--json', 'answer with one JSON object, and show no progress')
    .addHelpText('after', DEMO)
    .action(async (options: JsonOption) => {
      done(await (await import('./demo.js')).demo(options));
    });
}
