import type { Answer, HttpClient } from './http-client.js';

let count = 0;

/** A name that no other record of the run has. */
function uniqueName(prefix: string): string {
  count += 1;
  return `${prefix}-${String(process.pid)}-${String(count)}`;
}

function expectOk(answer: Answer): Answer['body'] {
  if (answer.status !== 200) throw new Error(`${String(answer.status)}: ${answer.text}`);
  return answer.body;
}

/** Makes records through the API, filling in what a test does not care about. */
export class Records {
  constructor(private readonly http: HttpClient) {}

  async project(fields: object = {}): Promise<Answer['body']> {
    return expectOk(
      await this.http.post('/projects', { project_name: uniqueName('project'), ...fields }),
    );
  }

  async model(
    fields: { project_id?: string; [field: string]: unknown } = {},
  ): Promise<Answer['body']> {
    const projectId = fields.project_id ?? (await this.project()).project_id;
    const defaults = { project_id: projectId, model_name: uniqueName('model') };
    return expectOk(await this.http.post('/models', { ...defaults, ...fields }));
  }

  async experiment(
    fields: { model_id?: string; [field: string]: unknown } = {},
  ): Promise<Answer['body']> {
    const modelId = fields.model_id ?? (await this.model()).model_id;
    const defaults = { model_id: modelId, model_version_id: 'v1' };
    return expectOk(await this.http.post('/experiments', { ...defaults, ...fields }));
  }
}
