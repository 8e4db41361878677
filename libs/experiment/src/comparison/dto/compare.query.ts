import { QueryList } from '#http';

export class CompareQuery {
  @QueryList({
    description: 'The ids of the experiments, separated by commas.',
    example: ['0198f2a4-9b7e-7f21-8c3d-0a1b2c3d4e5f', '0198f2a4-a0c1-7b52-9d4e-1b2c3d4e5f60'],
    min: 2,
    max: 100,
  })
  ids!: string[];
}
