export { ExperimentEvaluationEntity } from './experiment-evaluation.entity.js';
export { ExperimentEntity } from './experiment.entity.js';
export { ExperimentModule } from './experiment.module.js';
