import type { Answer, HttpClient } from './http-client.js';

/** The path of the next page, from the `Link` header. */
export function nextPage({ headers }: Answer): string | undefined {
  return /^<([^>]+)>; rel="next"$/.exec(headers.get('link') ?? '')?.[1];
}

/** Reads a list page by page, following its links; `between` runs after each page. */
export async function walk(
  http: HttpClient,
  path: string,
  between: () => Promise<void> = () => Promise.resolve(),
): Promise<Answer['body'][]> {
  const rows: Answer['body'][] = [];
  for (let next: string | undefined = path; next !== undefined;) {
    const page: Answer = await http.get(next);
    if (page.status !== 200) throw new Error(`${next}: ${page.text}`);
    rows.push(...page.body);
    next = nextPage(page);
    await between();
  }
  return rows;
}
