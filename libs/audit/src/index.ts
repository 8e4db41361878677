export { AuditModule } from './audit.module.js';
export { writeEvent } from './events/event.mapper.js';
export { AnswersHistory } from './history/answers-history.js';
export { HistoryQuery } from './history/dto/history.query.js';
export { HistoryReader } from './history/history-reader.js';
export type { HistorySource } from './history/history.types.js';
export { pruneEvents, type PruneReport } from './seals/prune.js';
export { sealEvents } from './seals/seal-events.js';
export { SealingService } from './seals/sealing.service.js';
export type { Anchor, Finding, SealRow, VerificationReport } from './seals/seals.types.js';
export { VerificationService } from './seals/verification.service.js';
export { ofMember, rolesGiven } from './write/member-events.js';
export { writeEvents, type EventSource } from './write/event-source.js';
export { originValue } from './write/origin-value.js';
export {
  documentMerged,
  isLocked,
  lockedId,
  lockedRecord,
  recordChanged,
  recordsMade,
} from './write/record-events.js';
