import { ApiError } from './errors.js';
import type { RetryingHttp } from './retrying-http.js';

export type Json = string | number | boolean | null | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

export interface Project {
  readonly project_id: string;
  readonly project_name: string;
}

export interface Model {
  readonly model_id: string;
  readonly model_name: string;
}

export interface NewExperiment {
  readonly model_id: string;
  readonly model_version_id: string;
  readonly parameters: JsonObject;
  readonly training_dataset: string;
  readonly validation_dataset: string;
  readonly test_dataset: string;
}

export interface Experiment {
  readonly experiment_id: string;
  readonly model_id: string;
  readonly model_version_id: string;
  readonly parameters: JsonObject | null;
  readonly training_dataset: string | null;
  readonly validation_dataset: string | null;
  readonly test_dataset: string | null;
  readonly evaluations: JsonObject | null;
  readonly artifact_file_paths: JsonObject | null;
}

/** The part of the REST API that a training pipeline needs; `RetryingHttp` retries every call. */
export class ModelDbClient {
  constructor(private readonly http: RetryingHttp) {}

  async listProjects(): Promise<Project[]> {
    return (await this.list('/projects/all')) as Project[];
  }

  /** Answers the existing project of that name when there is one, so a retry is harmless. */
  async getOrCreateProject(project_name: string, description: string): Promise<Project> {
    const answer = await this.http.send('POST', '/projects', { project_name, description });
    return withId('project_id', answer) as Project;
  }

  async listModels(projectId: string): Promise<Model[]> {
    return (await this.list(`/models/project-id/${encodeURIComponent(projectId)}`)) as Model[];
  }

  /** Answers the existing model of that name in the project when there is one. */
  async getOrCreateModel(projectId: string, name: string, description: string): Promise<Model> {
    const body = { project_id: projectId, model_name: name, description };
    return withId('model_id', await this.http.send('POST', '/models', body)) as Model;
  }

  async listExperiments(projectId: string): Promise<Experiment[]> {
    const path = `/experiments/project-id/${encodeURIComponent(projectId)}`;
    return (await this.list(path)) as Experiment[];
  }

  getExperiment(experimentId: string): Promise<Experiment> {
    return this.experiment('GET', `/experiments/id/${encodeURIComponent(experimentId)}`);
  }

  /**
   * Always makes a new experiment. When the connection breaks after the service stored it but
   * before its answer arrived, the retry makes a second one that nobody refers to. Until the
   * service knows an Idempotency-Key, a spare experiment is better than a training unrecorded.
   */
  createExperiment(experiment: NewExperiment): Promise<Experiment> {
    return this.experiment('POST', '/experiments', experiment);
  }

  /** Sets the given keys and keeps the others: doing it twice is the same as doing it once. */
  mergeEvaluations(experimentId: string, evaluations: JsonObject): Promise<Experiment> {
    const path = `/experiments/evaluations/${encodeURIComponent(experimentId)}`;
    return this.experiment('POST', path, { evaluations });
  }

  /** Merges like `mergeEvaluations`. */
  mergeArtifactFilePaths(experimentId: string, paths: JsonObject): Promise<Experiment> {
    const path = `/experiments/artifact-file-paths/${encodeURIComponent(experimentId)}`;
    return this.experiment('POST', path, { artifact_file_paths: paths });
  }

  private async experiment(
    method: 'GET' | 'POST',
    path: string,
    body?: unknown,
  ): Promise<Experiment> {
    return withId('experiment_id', await this.http.send(method, path, body)) as Experiment;
  }

  private async list(path: string): Promise<unknown[]> {
    const answer = await this.http.send('GET', path);
    if (Array.isArray(answer)) return answer as unknown[];
    throw new ApiError(200, 'the answer is not a list; is this really a Model DB?');
  }
}

/** A 200 of another program that happens to listen there must not pass for an acknowledgement. */
function withId(idField: string, answer: unknown): object {
  if (typeof answer === 'object' && answer !== null) {
    const id = (answer as Record<string, unknown>)[idField];
    if (typeof id === 'string' && id !== '') return answer;
  }
  throw new ApiError(200, `the answer has no ${idField}; is this really a Model DB?`);
}
