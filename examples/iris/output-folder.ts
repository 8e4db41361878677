import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject, NewExperiment } from './api-client.js';

/** What the service has acknowledged about one experiment, and so has to give back. */
export interface Promised extends Partial<NewExperiment> {
  readonly experiment_id: string;
  readonly evaluations?: JsonObject;
  readonly artifact_file_paths?: JsonObject;
}

/**
 * The pipeline's own memory on disk, by which the service can be judged after a crash:
 * `acknowledged.txt` (one experiment id a line), `acknowledged.jsonl` (what was acknowledged with
 * each answer) and `artifacts/` (the trained models). Synchronous on purpose: a line is in the file
 * before the next request is sent.
 */
export class OutputFolder {
  private readonly idsFile: string;
  private readonly promisesFile: string;
  private readonly artifacts: string;

  constructor(readonly path: string) {
    this.idsFile = join(path, 'acknowledged.txt');
    this.promisesFile = join(path, 'acknowledged.jsonl');
    this.artifacts = join(path, 'artifacts');
  }

  /** Before anything is recorded: a folder that cannot be written should fail first. */
  prepare(): void {
    mkdirSync(this.artifacts, { recursive: true });
    appendFileSync(this.idsFile, '');
  }

  /** To be called right after the 200 of a create. */
  created(promised: Promised): void {
    appendFileSync(this.idsFile, `${promised.experiment_id}\n`);
    this.merged(promised);
  }

  /** To be called right after the 200 of a merge. */
  merged(promised: Promised): void {
    appendFileSync(this.promisesFile, `${JSON.stringify(promised)}\n`);
  }

  /** @returns the path that the experiment refers to. */
  writeArtifact(experimentId: string, model: unknown): string {
    // Encoded, because the id comes over the network and must not choose the folder.
    const file = join(this.artifacts, `${encodeURIComponent(experimentId)}.json`);
    writeFileSync(file, JSON.stringify(model));
    return file;
  }

  /** Everything that was ever acknowledged here, oldest first, one entry per experiment. */
  read(): Promised[] {
    const promises = new Map<string, Promised>();
    for (const experiment_id of lines(this.idsFile)) promises.set(experiment_id, { experiment_id });
    for (const line of lines(this.promisesFile)) {
      const next = parse(line);
      const known = next && promises.get(next.experiment_id);
      if (known) promises.set(known.experiment_id, addPromise(known, next));
    }
    return [...promises.values()];
  }
}

/** Merges as the service does: top-level keys of the documents are set, the others kept. */
export function addPromise(known: Promised, next: Promised): Promised {
  const merged = { ...known, ...next };
  return {
    ...merged,
    ...(merged.evaluations && {
      evaluations: { ...known.evaluations, ...next.evaluations },
    }),
    ...(merged.artifact_file_paths && {
      artifact_file_paths: { ...known.artifact_file_paths, ...next.artifact_file_paths },
    }),
  };
}

function lines(file: string): string[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8').split('\n').filter(Boolean);
}

/** A pipeline that was killed may leave half a line behind: that answer was not taken note of. */
function parse(line: string): Promised | undefined {
  try {
    return JSON.parse(line) as Promised;
  } catch {
    return undefined;
  }
}
