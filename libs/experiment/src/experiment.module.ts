import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ExperimentEvaluationEntity } from './experiment-evaluation.entity.js';
import { ExperimentController } from './experiment.controller.js';
import { ExperimentEntity } from './experiment.entity.js';
import { ExperimentService } from './experiment.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([ExperimentEntity, ExperimentEvaluationEntity])],
  controllers: [ExperimentController],
  providers: [ExperimentService],
})
export class ExperimentModule {}
