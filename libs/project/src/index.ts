export { ProjectEntity } from './project.entity.js';
export { projectDeleted, projectNotFound } from './project.errors.js';
export { ProjectModule } from './project.module.js';
