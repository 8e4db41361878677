/** Objects below a path of this many bytes are taken as one value: what is read stays in proportion to what is stored. */
const MAX_PATH_BYTES = 255;

/**
 * The members of recursive CTEs that take documents apart: `leaf (part, owner, path, value, type)` has a row for each
 * value that is no object, or an empty one. `path` is the list of the keys that lead to it, as JSON without its
 * brackets: shorter than an array, and grouped twice as fast.
 * @param documents - selects `part, owner, document`
 */
export function leaves(documents: string): string {
  const key = 'to_json(member.key)::text';
  return `tree (part, owner, path, value, type) AS (
     SELECT part, owner, ${key} COLLATE "C", member.value, jsonb_typeof(member.value)
     FROM (${documents}) documents (part, owner, document), jsonb_each(document) member
     WHERE jsonb_typeof(document) = 'object'
     UNION ALL
     SELECT part, owner, path || ',' || ${key}, member.value, jsonb_typeof(member.value)
     FROM tree, jsonb_each(tree.value) member
     WHERE type = 'object' AND octet_length(path) < ${String(MAX_PATH_BYTES)}
   ), leaf AS (
     SELECT part, owner, path, value, type FROM tree
     WHERE type <> 'object' OR value = '{}' OR octet_length(path) >= ${String(MAX_PATH_BYTES)}
   )`;
}

/** A path of {@link leaves} as an array of its keys: to order by it, key by key. */
export function pathSteps(path: string): string {
  return `ARRAY(SELECT json_array_elements_text(('[' || ${path} || ']')::json)) COLLATE "C"`;
}
