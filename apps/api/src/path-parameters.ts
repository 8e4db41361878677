import type { PathParameters } from '#http';

const ENCODED = 'percent-encoded, `/` as `%2F` and `%` as `%25`.';

/** What the OpenAPI document says about the parameters in paths, by their names. */
export const PATH_PARAMETERS: PathParameters = {
  project_id: {
    description: 'The id of a project.',
    example: '0198f2a4-7c1e-7d3b-9a55-2f6f0c1e8b7a',
  },
  model_id: {
    description: 'The id of a model.',
    example: '0198f2a4-8d02-7a10-b3c4-51e6d7f8a9b0',
  },
  experiment_id: {
    description: 'The id of an experiment.',
    example: '0198f2a4-9b7e-7f21-8c3d-0a1b2c3d4e5f',
  },
  other_id: {
    description: 'The id of the experiment to compare with.',
    example: '0198f2a4-a1c3-7b48-9d5e-6f7a8b9c0d1e',
  },
  project_name: { description: `The name of a project, ${ENCODED}`, example: 'iris' },
  model_name: { description: `The name of a model, ${ENCODED}`, example: 'random-forest' },
  key_id: { description: 'The id of an API key.', example: '9f86d081884c7d65' },
  model_version_id: { description: `The version of a model, ${ENCODED}`, example: 'v3' },
};
