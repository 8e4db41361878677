import type { INestApplicationContext } from '@nestjs/common';
import { ExperimentService, MetricsService } from '#experiment';
import { Access, type WriteRequest } from '#http';
import { ModelService } from '#model';
import { ProjectService } from '#project';
import { COMMAND_LINE } from '../origin.js';
import { DEMO, type DemoModel, type DemoProject } from './demo-data.js';
import { demoExperiments } from './demo-experiment.js';

/** What was made. */
export interface Filled {
  projects: number;
  models: number;
  experiments: number;
  points: number;
}

/** Who does it may do everything, and repeats nothing. */
const REQUEST: WriteRequest = {
  caller: { subject: COMMAND_LINE.actor, access: new Access('admin'), method: 'none' },
  origin: COMMAND_LINE,
  markReplayed: () => undefined,
};

/** Writes the demo by the services that write what clients send. */
export class DemoFiller {
  private readonly filled: Filled = { projects: 0, models: 0, experiments: 0, points: 0 };
  private readonly projects: ProjectService;
  private readonly models: ModelService;
  private readonly experiments: ExperimentService;
  private readonly metrics: MetricsService;

  constructor(
    app: INestApplicationContext,
    private readonly onProgress: (filled: Filled) => void,
  ) {
    const anywhere = { strict: false };
    this.projects = app.get(ProjectService, anywhere);
    this.models = app.get(ModelService, anywhere);
    this.experiments = app.get(ExperimentService, anywhere);
    this.metrics = app.get(MetricsService, anywhere);
  }

  /** @throws CodedError when the demo is there already */
  async fill(): Promise<Filled> {
    for (const project of DEMO) await this.project(project);
    return this.filled;
  }

  private async project(project: DemoProject): Promise<void> {
    const { name: projectName, description, team } = project;
    const tags = JSON.stringify({ team, demo: 'yes' });
    const made = await this.projects.create({ projectName, description, tags }, true, REQUEST);
    this.filled.projects += 1;
    for (const model of project.models) await this.model(project, model, made.project_id);
  }

  private async model(project: DemoProject, model: DemoModel, projectId: string): Promise<void> {
    const { name: modelName, description } = model;
    const fields = { projectId, modelName, description, tags: null };
    const { model_id: modelId } = await this.models.create(fields, false, REQUEST);
    this.filled.models += 1;
    for (const { experiment, points } of demoExperiments(project, model, modelId)) {
      const { experiment_id: id } = await this.experiments.create(experiment, REQUEST);
      this.filled.experiments += 1;
      if (!points) continue;
      await this.metrics.append(id, points, REQUEST);
      this.filled.points += points.steps.length;
      this.onProgress(this.filled);
    }
  }
}
