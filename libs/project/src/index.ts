export { ProjectEntity } from './project.entity.js';
export { projectDeleted, projectNotFound } from './project.errors.js';
export { ProjectMemberEntity } from './members/project-member.entity.js';
export { ProjectModule } from './project.module.js';
export { ProjectService } from './project.service.js';
