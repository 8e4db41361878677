import type { Finding, PruneReport, SealRow, VerificationReport } from '#audit';

/** One JSON object for scripts. */
export function verificationJson(report: VerificationReport): string {
  return `${JSON.stringify({ is_sound: report.finding === null, ...report }, undefined, 2)}\n`;
}

export function verificationText(report: VerificationReport): string {
  const { seals, events, pruned_events: pruned, unsealed_events: unsealed, last, finding } = report;
  const lines = [
    `Verified ${count(events, 'event')} in ${count(seals, 'seal')}.`,
    ...(pruned > 0
      ? [`${count(pruned, 'event')} more had been pruned; their seals are sound.`]
      : []),
    ...(finding
      ? [`WRONG: ${describe(finding)}.`, 'What comes after it was not looked at.']
      : [
          `${count(unsealed, 'event')} not sealed yet.`,
          'Everything is as it was sealed.',
          ...(last
            ? [`The last seal, to be kept as an anchor: ${last.seal_id}:${last.digest}`]
            : []),
        ]),
  ];
  return `${lines.join('\n')}\n`;
}

export function sealText(seals: readonly SealRow[]): string {
  if (seals.length === 0) return 'There was nothing to seal.\n';
  return seals
    .map(
      ({ seal_id: id, events, digest }) =>
        `Sealed ${count(Number(events), 'event')}: ${id}:${digest}\n`,
    )
    .join('');
}

export function pruneText({ events, seals, last_seal_id: last }: PruneReport): string {
  if (last === null) return 'No seal is that old: nothing was pruned.\n';
  return `Pruned ${count(events, 'event')} of ${count(seals, 'seal')}, up to seal ${last}.\n`;
}

function describe({ damage, seal_id: sealId, event_id: eventId }: Finding): string {
  const [seal, event] = [`seal ${sealId ?? ''}`, `event ${eventId ?? ''}`];
  switch (damage) {
    case 'event_altered':
      return `${event} of ${seal} was altered`;
    case 'event_missing':
      return `${event} of ${seal} is missing`;
    case 'event_inserted':
      return sealId === null
        ? `${event} was inserted: it stands in no seal, and others of its time do`
        : `${event} was inserted: it had been pruned with ${seal}`;
    case 'seal_altered':
      return `${seal} was altered`;
    case 'seal_missing':
      return `${seal} is missing`;
    case 'anchor':
      return `${seal} is not the one that the anchor names: the chain was made anew`;
  }
}

function count(amount: number, noun: string): string {
  return `${amount.toLocaleString('en')} ${noun}${amount === 1 ? '' : 's'}`;
}
