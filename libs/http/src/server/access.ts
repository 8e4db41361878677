/** What a caller may do: each may what those before it may. A viewer reads, an editor writes, an admin says who may. */
export const ROLES = ['viewer', 'editor', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** What a caller may do, and where: models and experiments are part of their project. */
export class Access {
  /** Where each role is held, worked out when it is first asked for. */
  private readonly held = new Map<Role, readonly string[]>();

  /**
   * @param everywhere - the role on everything, if there is one
   * @param byProject - roles on projects, by their ids
   * @param fresh - until when what is read has to hold everything that was written, in milliseconds of `performance.now()`
   */
  constructor(
    readonly everywhere: Role | undefined,
    readonly byProject: ReadonlyMap<string, Role> = new Map(),
    readonly fresh = -Infinity,
  ) {}

  /** The same, for reads that have to be so fresh. */
  asOf(fresh: number): Access {
    return fresh === this.fresh ? this : new Access(this.everywhere, this.byProject, fresh);
  }

  /** Whether the role is held on everything. */
  hasEverywhere(role: Role): boolean {
    return this.everywhere !== undefined && includesRole(this.everywhere, role);
  }

  /** Whether the role is held on anything. */
  hasSomewhere(role: Role): boolean {
    return this.hasEverywhere(role) || this.heldOn(role).length > 0;
  }

  /** Whether the role is held on the project, and so on all that is part of it. */
  has(role: Role, projectId: string): boolean {
    if (this.hasEverywhere(role)) return true;
    const own = this.byProject.get(projectId);
    return own !== undefined && includesRole(own, role);
  }

  /** The ids of the projects on which the role is held; `null` stands for all there are. */
  projects(role: Role): readonly string[] | null {
    return this.hasEverywhere(role) ? null : this.heldOn(role);
  }

  private heldOn(role: Role): readonly string[] {
    let projects = this.held.get(role);
    if (!projects) {
      projects = [...this.byProject].flatMap(([id, own]) => (includesRole(own, role) ? [id] : []));
      this.held.set(role, projects);
    }
    return projects;
  }
}

/** Whether whoever has the one role may do what the other is needed for. */
export function includesRole(role: Role, needed: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(needed);
}
