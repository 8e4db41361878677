import type { ListScope } from '#paging';

/** A model as the database returns it: columns as text, documents as JSON text. */
export interface ModelRow {
  readonly model_id: string;
  readonly project_id: string;
  readonly model_name: string;
  readonly description: string | null;
  readonly tags: string | null;
  readonly created_datetime: string;
  readonly updated_datetime: string;
  readonly deleted_datetime: string | null;
}

export interface NewModel {
  readonly projectId: string;
  readonly modelName: string;
  readonly description: string | null;
  /** A JSON object of strings, as text. */
  readonly tags: string | null;
}

/** What changes: an absent property stays as it is, `null` clears. */
export interface ModelChanges {
  readonly modelName?: string | undefined;
  readonly description?: string | null | undefined;
  /** Merged tag by tag; a tag that is `null` goes. */
  readonly tags?: string | null | undefined;
}

/** What the models of a list have in common. */
export type ModelKind = 'project_id' | 'project_name' | 'name';
export type ModelScope = ListScope<ModelKind>;
