/** What a person sees who has started the service. */
export function banner(url: string, database: string): string {
  return [
    '',
    '  Model DB is ready.',
    '',
    `    API       ${url}`,
    `    Swagger   ${url}/docs`,
    `    Data      ${database}`,
    '',
    '  Ctrl-C stops it; the data stays.',
    '',
    '',
  ].join('\n');
}
