/** How a route deals with what a caller may see and do. */
export type Kind =
  /** Serves everybody. */
  | 'open'
  /** Serves any caller. */
  | 'caller'
  /** Serves admins of everything. */
  | 'administrator'
  /** Answers with records, or some of them; of those that the caller may not see, with nothing. */
  | 'list'
  /** Answers with one record, or something about it. */
  | 'read'
  /** Changes a record, or makes one that is part of it. */
  | 'write'
  /** Makes projects. */
  | 'make'
  /** Finds projects of which all are there already, or would have to make them. */
  | 'find'
  /** For admins of the project. */
  | 'members';

/** A request to a route; `{…}` stands for an id or a name of the record that it is about. */
export type RouteRow = readonly [kind: Kind, method: string, path: string, body?: object];

const EXPERIMENT = { model_id: '{model_id}', model_version_id: 'v' };
const POINT = { metrics: [{ key: 'loss', value: 1, step: 1 }] };

/** Every route, and for each body that names a record, a request that does. Each leaves all records there. */
export const ROUTE_ROWS: readonly RouteRow[] = [
  ['open', 'GET', '/health'],
  ['open', 'GET', '/health/live'],
  ['open', 'GET', '/health/ready'],
  ['open', 'GET', '/version'],
  ['caller', 'GET', '/auth/whoami'],
  ['administrator', 'GET', '/auth/keys'],
  [
    'administrator',
    'POST',
    '/auth/keys',
    { name: 'k', role: 'viewer', project_ids: ['{project_id}'] },
  ],
  ['administrator', 'POST', '/auth/keys/{key_id}/rotate', {}],
  ['administrator', 'DELETE', '/auth/keys/{ended_key_id}'],
  ['administrator', 'GET', '/audit/events?limit=5'],
  ['members', 'GET', '/projects/id/{project_id}/members'],
  ['members', 'PUT', '/projects/id/{project_id}/members', { member: 'user:ann', role: 'viewer' }],
  ['members', 'DELETE', '/projects/id/{project_id}/members?member=user:ann'],
  ['list', 'GET', '/projects/all'],
  ['list', 'GET', '/projects/all?limit=5'],
  ['list', 'GET', "/projects/all?where=project_id='{project_id}'"],
  ['read', 'GET', '/projects/id/{project_id}'],
  ['read', 'GET', '/projects/name/{project_name}'],
  ['read', 'GET', '/projects/id/{project_id}/summary'],
  ['make', 'POST', '/projects', { project_name: 'another' }],
  ['make', 'POST', '/projects/batch', { projects: [{ project_name: 'another' }] }],
  ['find', 'POST', '/projects', { project_name: '{project_name}' }],
  ['find', 'POST', '/projects/batch', { projects: [{ project_name: '{project_name}' }] }],
  ['read', 'GET', '/projects/id/{project_id}/history'],
  ['read', 'GET', '/projects/id/{project_id}/history?at=2099-01-01'],
  ['write', 'PATCH', '/projects/id/{project_id}', { description: 'x' }],
  ['write', 'DELETE', '/projects/id/{project_id}'],
  ['write', 'POST', '/projects/id/{project_id}/restore'],
  ['list', 'GET', '/models/all'],
  ['list', 'GET', '/models/all?order=desc&limit=5'],
  ['list', 'GET', '/models/project-id/{project_id}'],
  ['list', 'GET', '/models/project-name/{project_name}'],
  ['list', 'GET', '/models/name/{model_name}'],
  ['read', 'GET', '/models/id/{model_id}'],
  ['read', 'GET', '/models/id/{model_id}/keys'],
  ['read', 'GET', '/models/id/{model_id}/summary'],
  ['read', 'GET', '/models/best/{model_id}?evaluation=accuracy'],
  ['read', 'GET', '/models/best/{model_id}?metric=loss.min'],
  ['write', 'POST', '/models', { project_id: '{project_id}', model_name: 'new' }],
  [
    'write',
    'POST',
    '/models/batch',
    { models: [{ project_id: '{project_id}', model_name: 'new' }] },
  ],
  ['read', 'GET', '/models/id/{model_id}/history'],
  ['read', 'GET', '/models/id/{model_id}/history?at=2099-01-01'],
  ['write', 'PATCH', '/models/id/{model_id}', { description: 'x' }],
  ['write', 'DELETE', '/models/id/{model_id}'],
  ['write', 'POST', '/models/id/{model_id}/restore'],
  ['list', 'GET', '/experiments/all'],
  ['list', 'GET', '/experiments/all?order=desc&limit=50'],
  ['list', 'GET', "/experiments/all?where=project_name='{project_name}'"],
  ['list', 'GET', '/experiments/model-id/{model_id}'],
  ['list', 'GET', '/experiments/model-id/{model_id}?where=evaluations.accuracy>0'],
  ['list', 'GET', '/experiments/project-id/{project_id}'],
  ['list', 'GET', '/experiments/project-id/{project_id}?where=evaluations.accuracy>0'],
  ['read', 'GET', '/experiments/id/{experiment_id}'],
  ['read', 'GET', '/experiments/model-version-id/{model_version_id}'],
  ['read', 'GET', '/experiments/id/{experiment_id}/metrics'],
  ['read', 'GET', '/experiments/id/{experiment_id}/metrics/summary'],
  ['read', 'GET', '/experiments/metrics?ids={experiment_id}&max_points=10'],
  ['read', 'GET', '/experiments/compare?ids={experiment_id},{other_id}'],
  ['read', 'GET', '/experiments/id/{experiment_id}/diff/{other_id}'],
  ['list', 'POST', '/experiments/search', { count: true }],
  [
    'list',
    'POST',
    '/experiments/search',
    { project_id: '{project_id}', fields: ['experiment_id'] },
  ],
  ['list', 'POST', '/experiments/search', { model_id: '{model_id}' }],
  ['list', 'POST', '/experiments/search', { where: "experiment_id = '{experiment_id}'" }],
  ['list', 'POST', '/experiments/search', { where: 'evaluations.accuracy > 0.5' }],
  ['list', 'POST', '/experiments/search', { order_by: ['evaluations.accuracy DESC'] }],
  ['list', 'GET', '/experiments/leaderboard?evaluation=accuracy'],
  ['list', 'GET', '/experiments/leaderboard?metric=loss.last&model_id={model_id}'],
  ['list', 'GET', '/experiments/leaderboard?evaluation=accuracy&project_id={project_id}'],
  ['write', 'POST', '/experiments', EXPERIMENT],
  ['write', 'POST', '/experiments/batch', { experiments: [EXPERIMENT] }],
  ['write', 'POST', '/experiments/evaluations/{experiment_id}', { evaluations: { f1: 1 } }],
  [
    'write',
    'POST',
    '/experiments/artifact-file-paths/{experiment_id}',
    { artifact_file_paths: { a: 'b' } },
  ],
  ['write', 'POST', '/experiments/id/{experiment_id}/metrics', POINT],
  ['read', 'GET', '/experiments/id/{experiment_id}/history'],
  ['read', 'GET', '/experiments/id/{experiment_id}/history?at=2099-01-01'],
  ['write', 'PATCH', '/experiments/id/{experiment_id}', { description: 'x' }],
  ['write', 'DELETE', '/experiments/id/{experiment_id}'],
  ['write', 'POST', '/experiments/id/{experiment_id}/restore'],
];
