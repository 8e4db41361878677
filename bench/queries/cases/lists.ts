import { get, id, time, type Case } from './case.js';

/** Single experiments and pages of lists. */
export const LISTS: readonly Case[] = [
  {
    name: 'get one experiment',
    call: ({ experiments: [one = ''] }) => get(`/experiments/id/${one}`),
    floor: ({ experiments: [one = ''] }) => ['get', one],
  },
  {
    name: 'list all, page 1',
    call: () => get('/experiments/all?limit=100'),
    floor: (_, before) => ['list', time(before), id(before)],
  },
  {
    name: 'list all, page 1,000',
    page: 1000,
    call: () => get('/experiments/all?limit=100'),
    floor: (_, before) => ['list', time(before), id(before)],
  },
  {
    name: 'list a project, page 1',
    call: ({ project }) => get(`/experiments/project-id/${project}?limit=100`),
    floor: ({ project }, before) => ['list_project', project, time(before), id(before)],
  },
  {
    name: 'list the largest project, page 1,000',
    page: 1000,
    call: ({ largestProject }) => get(`/experiments/project-id/${largestProject}?limit=100`),
    floor: ({ largestProject }, before) => [
      'list_project',
      largestProject,
      time(before),
      id(before),
    ],
  },
];
