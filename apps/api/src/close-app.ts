import type { NestFastifyApplication } from '@nestjs/platform-fastify';

const IDLE_CHECK_MS = 50;

/**
 * Accepts nothing new, finishes the requests in flight, and cuts off those that take longer than that.
 * @param onClosed - is told when nothing new is accepted any more
 */
export async function closeApp(
  app: NestFastifyApplication,
  timeoutMs: number,
  onClosed: () => void = () => undefined,
): Promise<void> {
  const server = app.getHttpServer();
  // A connection whose last request was in flight when the service began to stop is kept alive by its client.
  let isClosed = false;
  const idle = setInterval(() => {
    server.closeIdleConnections();
    if (isClosed || server.listening) return;
    isClosed = true;
    onClosed();
  }, IDLE_CHECK_MS);
  const deadline = setTimeout(() => {
    server.closeAllConnections();
  }, timeoutMs);
  try {
    await app.close();
  } finally {
    clearInterval(idle);
    clearTimeout(deadline);
  }
}
