/** What a command's exit code says, the same for every command. */
export const ExitCode = {
  fine: 0,
  /** The command ran, and found what should not be. */
  found: 1,
  /** Wrong arguments, wrong configuration, no database. */
  couldNotRun: 2,
} as const;
