import { documentMerged, lockedRecord } from '#audit';
import { isWithin } from '#database';
import type { MergedDocument } from './experiment.types.js';

/** Locks the experiment `$1`, if it belongs to the projects that are given, before it is changed. */
export const lockedWithin = (projects: string): string =>
  lockedRecord('experiment', '$1', isWithin('r.project_id', projects));

/** What is written down of a merge: of the document, those keys of the sent ones, `$2`, that it has changed. */
export const mergeOf = (document: MergedDocument) =>
  documentMerged('experiment', document, '$2', 'merged');

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
