import { filterSql, type Atom, type Fields, type Literal } from '#query';
import type { BindCondition } from './evaluation-range.js';

/** The values of an IN that are looked up one by one. */
const MAX_LOOKUPS = 20;

const OF_MODELS: Fields = { model_name: { type: 'text', sql: 'm.model_name' } };
const OF_PROJECTS: Fields = { project_name: { type: 'text', sql: 'p.project_name' } };

/**
 * A condition on an experiment of a live project, called `e`, that an index serves and that holds just when the atom holds;
 * absent where there is none. The index of projects' names has the live ones.
 */
export function indexCondition(atom: Atom): BindCondition | undefined {
  const [name, ...keys] = atom.subject.path;
  switch (name) {
    case 'parameters':
    case 'tags':
      return containment(name, keys, atom);
    case 'model_name':
      return (bindings) => `e.model_id IN (
        SELECT m.model_id FROM models m WHERE ${filterSql(atom, OF_MODELS, bindings)})`;
    case 'project_name':
      return (bindings) => `e.project_id IN (
        SELECT p.project_id FROM projects p
        WHERE p.deleted_datetime IS NULL AND ${filterSql(atom, OF_PROJECTS, bindings)})`;
    default:
      return undefined;
  }
}

function containment(document: string, keys: string[], atom: Atom): BindCondition | undefined {
  const values = equalsOneOf(atom)?.flatMap(jsonOf);
  if (!values || values.length > MAX_LOOKUPS || keys.length === 0) return undefined;
  const contents = values.map((value) =>
    keys.reduceRight((inner, key) => `{${JSON.stringify(key)}:${inner}}`, value),
  );
  return (bindings) => {
    const conditions = contents.map(
      (members) => `e.${document} @> ${bindings.bind(members)}::jsonb`,
    );
    return conditions.length === 0 ? 'false' : `(${conditions.join(' OR ')})`;
  };
}

function equalsOneOf(atom: Atom): readonly Literal[] | undefined {
  if (atom.kind === 'in') return atom.values;
  return atom.kind === 'compare' && atom.operator === '=' ? [atom.value] : undefined;
}

/** The literal as JSON; nothing for a time, which no JSON value equals. */
function jsonOf(literal: Literal): string[] {
  switch (literal.type) {
    case 'number':
      // JSON has no leading zeros, and no word for what is not finite.
      return [
        /^-?\d/.test(literal.text)
          ? literal.text.replace(/^(-?)0+(?=\d)/, '$1')
          : JSON.stringify(literal.text),
      ];
    case 'string':
      return [JSON.stringify(literal.text)];
    case 'boolean':
      return [String(literal.value)];
    case 'time':
      return [];
  }
}
