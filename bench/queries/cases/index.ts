import type { Case } from './case.js';
import { LISTS } from './lists.js';
import { OVERVIEWS } from './overviews.js';
import { RANKS } from './ranks.js';
import { SEARCHES } from './searches.js';

/** Every question that is measured, in the order of the table. */
export const CASES: readonly Case[] = [...LISTS, ...SEARCHES, ...RANKS, ...OVERVIEWS];
