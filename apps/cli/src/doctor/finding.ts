/** What is looked at, in this order. What comes after something that is in its way is not. */
export const CHECKS = [
  'configuration',
  'database',
  'migrations',
  'server',
  'schema',
  'bloat',
  'numbers',
  'audit',
] as const;
export type Check = (typeof CHECKS)[number];

/** Something that is wrong, or could be better, and what helps. */
export interface Finding {
  readonly check: Check;
  /** A warning does not keep the installation from being sound. */
  readonly severity: 'problem' | 'warning';
  readonly message: string;
  readonly remedy: string;
}

/** What was found. */
export interface Diagnosis {
  /** What was looked at. */
  readonly checked: readonly Check[];
  readonly findings: readonly Finding[];
}

/** Whether nothing has to be done. */
export function isSound({ findings }: Diagnosis): boolean {
  return findings.every(({ severity }) => severity === 'warning');
}

/** The findings of one check. */
export class Findings {
  readonly list: Finding[] = [];

  constructor(private readonly check: Check) {}

  problem(message: string, remedy: string): void {
    this.list.push({ check: this.check, severity: 'problem', message, remedy });
  }

  warning(message: string, remedy: string): void {
    this.list.push({ check: this.check, severity: 'warning', message, remedy });
  }
}
