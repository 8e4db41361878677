import { readFileSync } from 'node:fs';
import { adminKey, type Config, type Environment } from './config.js';
import { isLoopback } from './loopback.js';

type Access = Pick<Config, 'isOpen' | 'adminKey' | 'corsOrigins'>;

/**
 * Who may use the service: everybody where only this machine can reach it, unless it is said otherwise.
 * @param tell - is told each problem: the variable, and what is wrong with it
 */
export function accessOf(
  settings: Environment,
  tell: (name: keyof Environment, message: string) => void,
): Access {
  const { HOST: host, MODELDB_AUTH: mode } = settings;
  if (mode === 'off' && !isLoopback(host)) {
    tell('MODELDB_AUTH', `cannot be off while HOST is ${host}: other machines could do everything`);
  }
  const isOpen = mode === 'off' || (mode === 'auto' && isLoopback(host));
  const { CORS_ORIGINS: corsOrigins = [] } = settings;
  if (isOpen && corsOrigins.length > 0) {
    tell(
      'CORS_ORIGINS',
      'cannot be set while callers need no key: their pages could do everything; set MODELDB_AUTH=required',
    );
  }
  return { isOpen, adminKey: adminKeyOf(settings, tell), corsOrigins };
}

function adminKeyOf(
  { MODELDB_ADMIN_KEY: key, MODELDB_ADMIN_KEY_FILE: file }: Environment,
  tell: (name: keyof Environment, message: string) => void,
): string | undefined {
  if (file === undefined) return key;
  if (key !== undefined) tell('MODELDB_ADMIN_KEY_FILE', 'cannot be set beside MODELDB_ADMIN_KEY');
  let content: string;
  try {
    content = readFileSync(file, 'utf8').trim();
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    tell('MODELDB_ADMIN_KEY_FILE', `cannot be read (${code})`);
    return undefined;
  }
  const checked = adminKey.safeParse(content);
  for (const { message } of checked.error?.issues ?? []) {
    tell('MODELDB_ADMIN_KEY_FILE', `has a content that ${message}`);
  }
  return checked.data;
}
