import { ApiProperty } from '@nestjs/swagger';
import { ExperimentDto } from '../../dto/experiment.dto.js';

/** Documents the answer of a search. */
export class SearchAnswerDto {
  @ApiProperty({
    type: [ExperimentDto],
    description:
      'With `fields`: objects that have just these, under the names they were asked for.',
  })
  experiments!: ExperimentDto[];

  @ApiProperty({
    type: 'string',
    nullable: true,
    example: null,
    description: 'To be sent as `cursor` for the next page; null on the last one.',
  })
  next_cursor!: string | null;

  @ApiProperty({
    type: 'integer',
    required: false,
    example: 1234,
    description: 'Experiments of the whole answer, if `count` was true.',
  })
  count?: number;
}

/** Documents a place of a leaderboard. */
export class RankedExperimentDto {
  @ApiProperty({
    type: 'integer',
    example: 1,
    description: 'From 1. Equal values share a rank, and the next rank counts them all.',
  })
  rank!: number;

  @ApiProperty({
    nullable: true,
    example: 0.973,
    oneOf: [{ type: 'number' }, { type: 'string', enum: ['NaN', 'Infinity', '-Infinity'] }],
    description: 'The number under the evaluation; null where there is none.',
  })
  value!: number | string | null;

  @ApiProperty({ type: ExperimentDto })
  experiment!: ExperimentDto;
}
