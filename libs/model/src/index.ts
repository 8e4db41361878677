export { ModelEntity } from './model.entity.js';
export { modelDeleted, modelNotFound } from './model.errors.js';
export { ModelModule } from './model.module.js';
export { ModelService } from './model.service.js';
