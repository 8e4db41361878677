import type { EventSource } from './event-source.js';

/**
 * An event for each role on a project that is given to somebody who had none there.
 * @param given - the `WITH` item that returns `project_id`, `member`, `role`
 */
export function rolesGiven(given: string): EventSource {
  return {
    action: 'member.put',
    ...ofMember('given'),
    after: `jsonb_build_object('role', given.role)`,
    from: `${given} given`,
  };
}

/** What says of whom an event is, of a row that names a member of a project. */
export function ofMember(row: string) {
  return { entityType: 'member', entityId: `${row}.member`, projectId: `${row}.project_id` };
}
