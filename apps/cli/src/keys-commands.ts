import type { Role } from '#http';
import { InvalidArgumentError, Option, type Command } from 'commander';
import type { CreateKeyOptions, JsonOption } from './keys.js';

/** All there are, by name: what brings them along would take a second to load, which help is not to wait for. */
const ROLES = { viewer: true, editor: true, admin: true } satisfies Record<Role, true>;

const KEYS = `
Programs say who they are with an API key. The service asks for one wherever other machines
can reach it, or with MODELDB_AUTH=required. A key is told once, when it is made: the database
has only a digest of it. What is done here is effective on all replicas within five seconds.

Examples:
  $ modeldb keys create --name "first admin" --role admin > admin.key
  $ modeldb keys create --name "nightly training" --role editor --expires 2030-01-01T00:00:00Z
  $ modeldb keys create --name "iris pipeline" --role editor --project 0198f2a4-7c1e-7d3b-9a55-2f6f0c1e8b7a
  $ modeldb keys list
  $ modeldb keys rotate 9f86d081884c7d65 --overlap 3600
  $ modeldb keys revoke 9f86d081884c7d65`;

const MONTH_SECONDS = 2_678_400;
const DAY_SECONDS = 86_400;

/** Adds `modeldb keys …`. What a command needs is loaded when it runs: help should not wait for it. */
export function addKeysCommands(program: Command, done: (exitCode: number) => void): void {
  const keys = program
    .command('keys')
    .description('make, list and revoke the API keys of programs')
    .addHelpText('after', KEYS);
  keys
    .command('create')
    .description('Makes a key and prints it, this once.')
    .requiredOption('--name <name>', 'what the key is for', name)
    .addOption(
      new Option('--role <role>', 'what may be done with it')
        .choices(Object.keys(ROLES))
        .makeOptionMandatory(),
    )
    .option('--project <project_id...>', 'what it is for; left out: everything')
    .option('--expires <time>', 'when it ends by itself, in ISO 8601 with its zone', future)
    .option('--json', 'print the key with all that is kept of it')
    .action(async (options: CreateKeyOptions) => {
      done(await (await import('./keys.js')).createKey(options));
    });
  keys
    .command('list')
    .description('Lists all keys there ever were, without the keys themselves.')
    .option('--json', 'answer with a JSON array')
    .action(async (options: JsonOption) => {
      done(await (await import('./keys.js')).listKeys(options));
    });
  keys
    .command('rotate')
    .argument('<key_id>')
    .description('Makes a key that takes the place of another one.')
    .option('--overlap <seconds>', 'how long the other one is still good', seconds, DAY_SECONDS)
    .option('--json', 'print the key with all that is kept of it')
    .action(async (keyId: string, options: JsonOption & { overlap: number }) => {
      done(await (await import('./keys.js')).rotateKey(keyId, options));
    });
  keys
    .command('revoke')
    .argument('<key_id>')
    .description('Makes a key good for nothing.')
    .option('--json', 'answer with a JSON object')
    .action(async (keyId: string, options: JsonOption) => {
      done(await (await import('./keys.js')).revokeKey(keyId, options));
    });
}

function name(text: string): string {
  if (text.trim() === '' || text.length > 255) {
    throw new InvalidArgumentError('It must have 1 to 255 characters.');
  }
  return text;
}

function future(text: string): string {
  const isTime = /^\d{4}-\d\d-\d\dT.*(?:Z|[+-]\d\d:\d\d)$/.test(text);
  if (isTime && Date.parse(text) > Date.now()) return text;
  throw new InvalidArgumentError('It must be a time in the future, like 2030-01-31T12:00:00Z.');
}

function seconds(text: string): number {
  if (/^\d{1,7}$/.test(text) && Number(text) <= MONTH_SECONDS) return Number(text);
  throw new InvalidArgumentError(`It must be a whole number up to ${String(MONTH_SECONDS)}.`);
}
