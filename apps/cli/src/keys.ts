import { KeysService, type KeyRow, type MadeKey } from '#auth';
import type { Role } from '#http';
import { ExitCode } from './exit-codes.js';
import { withDatabase } from './open-database.js';
import { COMMAND_LINE } from './origin.js';

export interface JsonOption {
  readonly json?: boolean;
}

export interface CreateKeyOptions extends JsonOption {
  readonly name: string;
  readonly role: Role;
  readonly project?: readonly string[];
  readonly expires?: string;
}

/** `modeldb keys create`: prints the key, and nothing else, so that a script can take it. */
export async function createKey({
  name,
  role,
  project,
  expires,
  json,
}: CreateKeyOptions): Promise<number> {
  const made = await withKeys((keys) =>
    keys.create(
      { name, role, projectIds: project ?? null, expiresAt: expires ?? null },
      COMMAND_LINE,
    ),
  );
  return printMade(made, json);
}

/** `modeldb keys rotate` */
export async function rotateKey(
  keyId: string,
  { overlap, json }: JsonOption & { readonly overlap: number },
): Promise<number> {
  return printMade(await withKeys((keys) => keys.rotate(keyId, overlap, COMMAND_LINE)), json);
}

/** `modeldb keys list` */
export async function listKeys({ json = false }: JsonOption): Promise<number> {
  const keys = await withKeys((service) => service.list());
  if (json) print(JSON.stringify(keys.map(told), undefined, 2));
  else for (const key of keys) print(describe(key));
  return ExitCode.fine;
}

/** `modeldb keys revoke` */
export async function revokeKey(keyId: string, { json = false }: JsonOption): Promise<number> {
  const key = await withKeys((keys) => keys.revoke(keyId, COMMAND_LINE));
  print(json ? JSON.stringify(told(key), undefined, 2) : describe(key));
  return ExitCode.fine;
}

function withKeys<Result>(work: (keys: KeysService) => Promise<Result>): Promise<Result> {
  const tell = (message: string): void => {
    console.error(message);
  };
  return withDatabase(tell, (database) => work(new KeysService(database)));
}

function printMade({ row, text }: MadeKey, json = false): number {
  if (json) print(JSON.stringify({ key: text, ...told(row) }, undefined, 2));
  else {
    print(text);
    console.error(`${describe(row)}\nThe key is told only now: keep it like a password.`);
  }
  return ExitCode.fine;
}

/** The row with its projects as a list. */
function told({ project_ids: projects, ...row }: KeyRow) {
  return { ...row, project_ids: projects === null ? null : (JSON.parse(projects) as string[]) };
}

/** A line; the name as a JSON string, for it may hold anything. */
function describe(row: KeyRow): string {
  const { key_id, name, role, expires_at, last_used_at, revoked_at } = row;
  const { project_ids: projects } = told(row);
  const state = [
    projects && `for ${String(projects.length)} project${projects.length === 1 ? '' : 's'}`,
    revoked_at !== null && `revoked ${revoked_at}`,
    expires_at !== null && `expires ${expires_at}`,
    `last used ${last_used_at ?? 'never'}`,
  ].filter(Boolean);
  return `${key_id}  ${role.padEnd(6)}  ${JSON.stringify(name)}  ${state.join(', ')}`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
