import { lockedRecord, recordChanged } from '#audit';
import { isWithin } from '#database';
import type { MergedDocument } from './experiment.types.js';

/** Locks the experiment `$1`, if it belongs to the projects that are given, before it is changed. */
export const lockedWithin = (projects: string): string =>
  lockedRecord('experiment', '$1', isWithin('r.project_id', projects));

/** SQL of those members of a document of a record `r` that have the names of those that are sent in `$2`. */
const sentOf = (document: string): string => `CASE WHEN ${document} IS NOT NULL THEN (
  SELECT coalesce(jsonb_object_agg(name, ${document} -> name), '{}')
  FROM jsonb_object_keys($2::jsonb) name WHERE ${document} ? name) END`;

/** What is written down of a merge: of the document, those keys that it has changed. */
export const mergeOf = (document: MergedDocument) =>
  recordChanged('experiment', `merge_${document}`, 'merged', {
    [document]: sentOf(`r.${document}`),
  });

/** The columns that an update may change. */
export const UPDATED = [
  'model_version_id',
  'experiment_name',
  'description',
  'training_dataset',
  'validation_dataset',
  'test_dataset',
  'tags',
];
