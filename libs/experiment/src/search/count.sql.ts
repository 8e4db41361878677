import { adHocStatement } from '#database';
import { Bindings } from '#query';
import type { BoundStatement } from './bound-statement.js';
import { branchesOf, conditionsOf } from './branches.js';
import { liveConditions, scopeConditions, termsOf } from './search-conditions.js';
import type { SearchQuestion } from './search-question.js';
import { FROM_CANDIDATES } from './segment-source.js';

/** The statement that counts all experiments of an answer. */
export function countStatement(question: SearchQuestion): BoundStatement {
  const bindings = new Bindings();
  const terms = termsOf(question.filter);
  const conditions = [...scopeConditions(question, 'e', bindings), ...liveConditions()];
  const { items, branches } = branchesOf(question, terms, terms, bindings);
  const counts = branches.map((branch) => {
    const where = conditionsOf(branch, conditions);
    const from = branch.isOfCandidates ? FROM_CANDIDATES : 'experiments e';
    return `SELECT count(*) AS count FROM ${from} WHERE ${where}`;
  });
  const withItems = [...items, `counted AS (${counts.join(' UNION ALL ')})`];
  const text = `WITH ${withItems.join(', ')} SELECT sum(count) AS count FROM counted`;
  return { statement: adHocStatement('experiment.search_count', text), values: bindings.values };
}
