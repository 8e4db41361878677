/** Why the service cannot start, in one line that tells the operator what to do about it. */
export class StartupError extends Error {
  override readonly name = 'StartupError';
}
