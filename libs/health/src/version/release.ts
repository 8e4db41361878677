/** What runs here. */
export interface Release {
  readonly version: string;
  /** What it was built from, where the build has said so. */
  readonly commit: string | undefined;
}

export const RELEASE = Symbol('RELEASE');
