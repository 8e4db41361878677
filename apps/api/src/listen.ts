import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Config } from '#config';
import { StartupError } from '#errors';

const REASONS: Record<string, string> = {
  EADDRINUSE: 'the port is already taken. Stop what listens there, or set PORT',
  EACCES: 'this user may not listen there. Set PORT to 1024 or more',
  EADDRNOTAVAIL: 'this machine does not have that address. Set HOST',
  ENOTFOUND: 'there is no such host. Set HOST',
};

/**
 * Starts to accept requests.
 * @returns the URL to reach the service at
 * @throws StartupError when it cannot listen there
 */
export async function listen(
  app: NestFastifyApplication,
  { host, port }: Pick<Config, 'host' | 'port'>,
): Promise<string> {
  try {
    // Past Nest's own listen, which would log as an error what is explained below.
    return await app.getHttpAdapter().getInstance().listen({ port, host });
  } catch (error) {
    const reason = REASONS[(error as NodeJS.ErrnoException).code ?? ''];
    if (reason === undefined) throw error;
    throw new StartupError(`Cannot listen on ${host}:${String(port)}: ${reason}.`);
  }
}
