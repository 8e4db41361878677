/** A project as the database returns it: columns as text, documents as JSON text. */
export interface ProjectRow {
  readonly project_id: string;
  readonly project_name: string;
  readonly description: string | null;
  readonly tags: string | null;
  readonly created_datetime: string;
  readonly updated_datetime: string;
  readonly deleted_datetime: string | null;
}

export interface NewProject {
  readonly projectName: string;
  readonly description: string | null;
  /** A JSON object of strings, as text. */
  readonly tags: string | null;
}

/** What changes: an absent property stays as it is, `null` clears. */
export interface ProjectChanges {
  readonly projectName?: string | undefined;
  readonly description?: string | null | undefined;
  /** Merged tag by tag; a tag that is `null` goes. */
  readonly tags?: string | null | undefined;
}
