import { Initial1764000000000 } from './1764000000000-initial.js';
import { JsonValues1764100000000 } from './1764100000000-json-values.js';
import { ExperimentEvaluations1764200000000 } from './1764200000000-experiment-evaluations.js';
import { LiveExperiments1764300000000 } from './1764300000000-live-experiments.js';
import { ServiceSecrets1764400000000 } from './1764400000000-service-secrets.js';
import { SafeWrites1764500000000 } from './1764500000000-safe-writes.js';
import { Metrics1764600000000 } from './1764600000000-metrics.js';
import { PointsAsArrays1764700000000 } from './1764700000000-points-as-arrays.js';
import { ApiKeys1764800000000 } from './1764800000000-api-keys.js';
import { ProjectMembers1764850000000 } from './1764850000000-project-members.js';
import { Audit1765000000000 } from './1765000000000-audit.js';
import { PointsAdded1765000100000 } from './1765000100000-points-added.js';
import { EventsInOrder1765000200000 } from './1765000200000-events-in-order.js';
import { EventsByWhom1765000300000 } from './1765000300000-events-by-whom.js';
import { ParentsById1765000400000 } from './1765000400000-parents-by-id.js';

/** Every migration, oldest first. A release adds to the end and never changes what is there. */
export const migrations = [
  Initial1764000000000,
  JsonValues1764100000000,
  ExperimentEvaluations1764200000000,
  LiveExperiments1764300000000,
  ServiceSecrets1764400000000,
  SafeWrites1764500000000,
  Metrics1764600000000,
  PointsAsArrays1764700000000,
  ApiKeys1764800000000,
  ProjectMembers1764850000000,
  Audit1765000000000,
  PointsAdded1765000100000,
  EventsInOrder1765000200000,
  EventsByWhom1765000300000,
  ParentsById1765000400000,
];
