import { Module } from '@nestjs/common';
import { PagingModule } from '#paging';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ModelController } from './model.controller.js';
import { ModelEntity } from './model.entity.js';
import { ModelService } from './model.service.js';

@Module({
  imports: [PagingModule, TypeOrmModule.forFeature([ModelEntity])],
  controllers: [ModelController],
  providers: [ModelService],
  exports: [ModelService],
})
export class ModelModule {}
