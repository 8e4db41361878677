import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** Settings that are secrets: each may lie in a file that `<name>_FILE` names, and is never repeated in a message. */
export const SECRETS = ['DATABASE_URL', 'DATABASE_REPLICA_URLS', 'MODELDB_ADMIN_KEY'] as const;

/** The settings that name the files. */
export const secretFilesShape = {
  DATABASE_URL_FILE: z.string().optional(),
  DATABASE_REPLICA_URLS_FILE: z.string().optional(),
  MODELDB_ADMIN_KEY_FILE: z.string().optional(),
} satisfies Record<`${(typeof SECRETS)[number]}_FILE`, unknown>;

/** The variables, with those secrets that lie in files. */
export interface WithSecrets {
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** A line for each file that cannot be used. */
  readonly problems: readonly string[];
}

/** Reads secrets from their files. A line break at the end of one is not part of it. */
export function withSecrets(variables: Readonly<Record<string, string | undefined>>): WithSecrets {
  const all = { ...variables };
  const problems: string[] = [];
  for (const name of SECRETS) {
    const file = variables[fileOf(name)];
    if (file === undefined) continue;
    if (variables[name] !== undefined) {
      problems.push(`${fileOf(name)} cannot be set beside ${name}`);
      continue;
    }
    try {
      all[name] = readFileSync(file, 'utf8').trim();
    } catch (error) {
      const { code = 'unknown error' } = error as NodeJS.ErrnoException;
      problems.push(`${fileOf(name)} cannot be read (${code})`);
    }
  }
  return { variables: all, problems };
}

/** The variable that names the file of a secret. */
export function fileOf(name: string): string {
  return `${name}_FILE`;
}
