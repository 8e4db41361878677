/** An answer that trying again would not change; the message is `code: detail`. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** The service did not answer usefully for as long as the caller was willing to wait. */
export class UnavailableError extends Error {
  override readonly name = 'UnavailableError';
}

interface Problem {
  readonly code?: unknown;
  readonly title?: unknown;
  readonly detail?: unknown;
  readonly errors?: readonly { readonly path?: unknown; readonly message?: unknown }[];
}

/** One line from problem details (RFC 9457): `PROJECT_NOT_FOUND: no project has the id …`. */
export function describeProblem(status: number, body: string): string {
  const problem = parseProblem(body);
  // A proxy in between answers with HTML or with nothing: then the status is all there is.
  if (problem?.code === undefined) return `HTTP ${status} without problem details`;
  const fields = Array.isArray(problem.errors) ? problem.errors : [];
  const wrong = fields.map(({ path, message }) => `${text(path)} ${text(message)}`).join('; ');
  const line = `${text(problem.code)}: ${text(problem.detail ?? problem.title ?? status)}`;
  return wrong === '' ? line : `${line} (${wrong})`;
}

/** Nothing obliges the other side to send strings here. */
function text(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function parseProblem(body: string): Problem | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
