import { Module } from '@nestjs/common';
import { PagingModule } from '#paging';
import { ProjectModule } from '#project';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ModelBatchController } from './batch/model-batch.controller.js';
import { ModelBatchService } from './batch/model-batch.service.js';
import { ModelHistoryController } from './model-history.controller.js';
import { ModelController } from './model.controller.js';
import { ModelEntity } from './model.entity.js';
import { ModelService } from './model.service.js';

@Module({
  imports: [PagingModule, ProjectModule, TypeOrmModule.forFeature([ModelEntity])],
  controllers: [ModelController, ModelBatchController, ModelHistoryController],
  providers: [ModelService, ModelBatchService],
  exports: [ModelService],
})
export class ModelModule {}
