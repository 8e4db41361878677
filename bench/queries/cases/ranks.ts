import type { Call } from '../../support/caller.js';
import { get, id, text, type Case, type Item } from './case.js';

const leaderboard = (scope: string): Call =>
  get(`/experiments/leaderboard?evaluation=accuracy&limit=10&${scope}`);

/** Who is best. */
export const RANKS: readonly Case[] = [
  {
    name: 'leaderboard of a model, page 1',
    call: ({ model }) => leaderboard(`model_id=${model}`),
    floor: ({ model }) => ['leaderboard_of_model', model],
  },
  {
    name: 'leaderboard of a project, page 1',
    call: ({ project }) => leaderboard(`project_id=${project}`),
    floor: ({ project }) => ['leaderboard_of_project', project, 'NaN', ''],
  },
  {
    name: 'leaderboard of the largest project, page 1,000',
    page: 1000,
    call: ({ largestProject }) => leaderboard(`project_id=${largestProject}`),
    floor: ({ largestProject }, before) => [
      'leaderboard_of_project',
      largestProject,
      text(before, 'value') ?? 'NaN',
      id(before?.['experiment'] as Item | undefined),
    ],
  },
  {
    name: 'best of a model',
    call: ({ model }) => get(`/models/best/${model}?evaluation=accuracy`),
    floor: ({ model }) => ['best_of_model', model],
  },
];
