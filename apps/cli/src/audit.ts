import {
  pruneEvents,
  sealEvents,
  VerificationService,
  type Anchor,
  type SealRow,
  type VerificationReport,
} from '#audit';
import type { Database } from '#database';
import { ExitCode } from './exit-codes.js';
import { interruption } from './interrupted.js';
import type { JsonOption } from './keys.js';
import { withDatabase } from './open-database.js';
import { COMMAND_LINE } from './origin.js';
import { Progress } from './progress.js';
import { pruneText, sealText, verificationJson, verificationText } from './report-audit.js';

export interface VerifyOptions extends JsonOption {
  readonly anchor?: Anchor;
}

export interface PruneOptions extends JsonOption {
  readonly before: string;
}

/** What a command works with. */
interface Tools {
  readonly database: Database;
  readonly signal: AbortSignal;
  readonly verify: (anchor?: Anchor) => Promise<VerificationReport>;
}

/** `modeldb audit verify` */
export async function verifyAudit({ anchor, json = false }: VerifyOptions): Promise<number> {
  const report = await withTools(json, ({ verify }) => verify(anchor));
  process.stdout.write(json ? verificationJson(report) : verificationText(report));
  return report.finding ? ExitCode.found : ExitCode.fine;
}

/** `modeldb audit seal` */
export async function sealAudit({ json = false }: JsonOption): Promise<number> {
  const seals: SealRow[] = [];
  await withTools(json, ({ database }) => sealEvents(database, (seal) => seals.push(seal)));
  process.stdout.write(json ? `${JSON.stringify({ seals }, undefined, 2)}\n` : sealText(seals));
  return ExitCode.fine;
}

/** `modeldb audit prune`: nothing goes while something is wrong, for it might be what shows that. */
export async function pruneAudit({ before, json = false }: PruneOptions): Promise<number> {
  return withTools(json, async ({ database, signal, verify }) => {
    const report = await verify();
    if (report.finding) {
      process.stdout.write(json ? verificationJson(report) : verificationText(report));
      return ExitCode.found;
    }
    const pruned = await pruneEvents(database, before, COMMAND_LINE, { signal });
    process.stdout.write(json ? `${JSON.stringify(pruned, undefined, 2)}\n` : pruneText(pruned));
    return ExitCode.fine;
  });
}

async function withTools<Result>(
  isQuiet: boolean,
  work: (tools: Tools) => Promise<Result>,
): Promise<Result> {
  const signal = interruption();
  const progress = new Progress(process.stderr, !isQuiet);
  const show = (text: string): void => progress.show(text);
  const onProgress = ({ seals, events }: VerificationReport): void => {
    show(`${events.toLocaleString('en')} events in ${seals.toLocaleString('en')} seals verified`);
  };
  try {
    return await withDatabase(show, (database) => {
      const verification = new VerificationService(database);
      const verify: Tools['verify'] = (anchor) => verification.run({ anchor, onProgress, signal });
      return work({ database, signal, verify });
    });
  } finally {
    progress.clear();
  }
}
