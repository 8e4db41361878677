import { Controller, Get, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Answers, Within, type Access } from '#http';
import { projectNotFound } from '#project';
import { ProjectSummaryDto } from './dto/summary.dto.js';
import { writeProjectSummary } from './statistics.mapper.js';
import { StatisticsService } from './statistics.service.js';

/** What experiments make of a project; hence not in the project's own library, which knows none. */
@ApiTags('Project')
@Controller('projects/id/:project_id')
export class ProjectStatisticsController {
  constructor(private readonly statistics: StatisticsService) {}

  @Get('summary')
  @Answers({
    id: 'getProjectSummary',
    needs: 'viewer',
    summary: 'What a project holds, in numbers',
    description:
      'The ends of every evaluation; which of them is best, high or low, depends on the evaluation. Keys below a path of more than 255 bytes are left out.',
    ok: ProjectSummaryDto,
    problems: [projectNotFound],
  })
  async summary(@Param('project_id') projectId: string, @Within() access: Access) {
    return writeProjectSummary(await this.statistics.summaryOfProject(projectId, access));
  }
}
