import { NEEDLE } from '../../data/experiment.js';
import type { Call } from '../../support/caller.js';
import type { Facts } from '../facts.js';
import { id, text, time, type Case, type Item } from './case.js';

const search = (where: string | undefined, rest: Readonly<Record<string, unknown>> = {}): Call => ({
  method: 'POST',
  path: '/experiments/search',
  body: JSON.stringify({ where, limit: 50, ...rest }),
});

const inProject = ({ project }: Facts) => ({ project_id: project });
const inModel = ({ model }: Facts) => ({ model_id: model });
const LAST_MONTH = '2025-12-01';
const accuracy = (item: Item | undefined) =>
  text(item?.['evaluations'] as Item | undefined, 'accuracy');
const BEST = { order_by: ['evaluations.accuracy DESC'] };

/** What is asked with `POST /experiments/search`. */
export const SEARCHES: readonly Case[] = [
  {
    name: 'evaluation range in a model',
    call: (facts) => search('evaluations.accuracy >= 0.9', inModel(facts)),
    floor: ({ model }) => ['range_in_model', model, '0.9'],
  },
  {
    name: 'evaluation range in a project',
    call: (facts) => search('evaluations.accuracy >= 0.9', inProject(facts)),
    floor: ({ project }) => ['range_in_project', project, '0.9'],
  },
  {
    name: 'evaluation range, unscoped',
    call: () => search('evaluations.accuracy >= 0.9'),
    floor: () => ['range', '0.9'],
  },
  {
    name: 'best first in a model',
    call: (facts) => search('evaluations.accuracy >= 0', { ...BEST, ...inModel(facts) }),
    floor: ({ model }) => ['ranked_in_model', model],
  },
  {
    name: 'best first in a project',
    call: (facts) => search('evaluations.accuracy >= 0', { ...BEST, ...inProject(facts) }),
    floor: ({ project }) => ['ranked_in_project', project],
  },
  {
    name: 'best first, unscoped',
    call: () => search('evaluations.accuracy >= 0', BEST),
    floor: () => ['ranked'],
  },
  {
    name: 'best first in a project, no filter',
    call: (facts) => search(undefined, { ...BEST, ...inProject(facts) }),
    floor: ({ project }) => ['ranked_in_project', project],
  },
  {
    name: 'best first, unscoped, no filter',
    call: () => search(undefined, BEST),
    floor: () => ['ranked'],
  },
  {
    name: 'best first, unscoped, page 1,000',
    page: 1000,
    call: () => search('evaluations.accuracy >= 0', BEST),
    floor: (_, before) => ['ranked_after', accuracy(before) ?? 'NaN', id(before)],
  },
  {
    name: 'evaluation range, best first, page 1,000',
    page: 1000,
    call: () => search('evaluations.accuracy < 0.95', BEST),
    floor: (_, before) => ['ranked_after', accuracy(before) ?? '0.95', id(before)],
  },
  {
    name: 'time range, newest first, page 1,000',
    page: 1000,
    call: () => search(`created_datetime < ${LAST_MONTH}`, { order_by: ['created_datetime DESC'] }),
    floor: (_, before) => ['newest_first', before ? time(before) : LAST_MONTH, id(before)],
  },
  {
    name: 'AND of evaluation, parameter and tag in a project',
    call: (facts) =>
      search(
        `evaluations.accuracy >= 0.8 AND parameters.optimizer.name = 'adam' AND tags.team = 'vision'`,
        inProject(facts),
      ),
    floor: ({ project }) => ['and_in_project', project, '0.8', 'adam', 'vision'],
  },
  {
    name: 'needle by evaluation, unscoped',
    call: () => search(`evaluations.drift >= ${NEEDLE.drift}`),
    floor: () => ['sparse_evaluation', String(NEEDLE.drift)],
  },
  {
    name: 'needle by parameter, unscoped',
    call: () => search(`parameters.seed = ${NEEDLE.seed}`),
    floor: () => ['sparse_parameter', String(NEEDLE.seed)],
  },
  {
    name: 'needle by tag, unscoped',
    call: () => search(`tags.release = '${NEEDLE.release}'`),
    floor: () => ['sparse_tag', NEEDLE.release],
  },
  {
    name: 'OR of two needles, unscoped',
    call: () =>
      search(`evaluations.drift >= ${NEEDLE.drift} OR tags.release = '${NEEDLE.release}'`),
    floor: () => ['or', String(NEEDLE.drift), NEEDLE.release],
  },
  {
    name: 'IN of rare values, unscoped',
    call: () => search(`parameters.seed IN (${NEEDLE.seed}, 123456789)`),
    floor: () => ['in_parameter', String(NEEDLE.seed), '123456789'],
  },
  {
    name: 'IN of frequent values in a project',
    call: (facts) => search(`parameters.optimizer.name IN ('adam', 'sgd')`, inProject(facts)),
    floor: ({ project }) => ['in_project', project, '{adam,sgd}'],
  },
  {
    name: 'LIKE in a project',
    call: (facts) => search(`training_dataset LIKE 's3://probe/train/7%'`, inProject(facts)),
    floor: ({ project }) => ['like_in_project', project, 's3://probe/train/7%'],
  },
  {
    name: 'count in a project',
    call: (facts) => search('evaluations.accuracy >= 0.85', { ...inProject(facts), count: true }),
    floor: ({ project }) => ['count_in_project', project, '0.85'],
  },
];
