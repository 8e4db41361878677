import type { Config, Environment } from './config.js';
import { isLoopback } from './loopback.js';

type Access = Pick<Config, 'isOpen' | 'corsOrigins'>;

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
  return { isOpen, corsOrigins };
}
