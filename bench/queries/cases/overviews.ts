import { get, type Case } from './case.js';

/** What is put together from many rows. */
export const OVERVIEWS: readonly Case[] = [
  {
    name: 'compare 10 experiments',
    call: ({ experiments }) => get(`/experiments/compare?ids=${experiments.join(',')}`),
  },
  {
    name: 'difference of two experiments',
    call: ({ experiments: [one = '', other = ''] }) => get(`/experiments/id/${one}/diff/${other}`),
  },
  { name: 'keys of a model', call: ({ model }) => get(`/models/id/${model}/keys`) },
  { name: 'summary of a model', call: ({ model }) => get(`/models/id/${model}/summary`) },
  { name: 'summary of a project', call: ({ project }) => get(`/projects/id/${project}/summary`) },
  {
    name: 'summary of the largest project',
    grows: true,
    call: ({ largestProject }) => get(`/projects/id/${largestProject}/summary`),
  },
  {
    name: 'summary of the largest model',
    grows: true,
    call: ({ largestModel }) => get(`/models/id/${largestModel}/summary`),
  },
];
