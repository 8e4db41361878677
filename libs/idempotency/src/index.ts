export { ForgettingService } from './forgetting.service.js';
export { IdempotencyKeyEntity } from './idempotency-key.entity.js';
export { IdempotencyModule } from './idempotency.module.js';
export { batchValues, sentRecords, wrongRecords, type Batch } from './batches.js';
export { largeRecords, namingLargeRecords, type LargeRecord } from './large-records.js';
export { refuseChange } from './refuse-change.js';
export { writeStatement, type WriteStatement } from './write-statement.js';
export { Writes } from './writes.js';
