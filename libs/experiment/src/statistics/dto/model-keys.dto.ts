import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';

const COUNT = { type: 'integer' } as const;
const NUMBER = {
  oneOf: [{ type: 'number' }, { type: 'string', enum: ['Infinity', '-Infinity'] }],
  nullable: true,
} as const satisfies ApiPropertyOptions;

/** Documents what a key holds in the experiments that were examined. */
export class KnownKeyDto {
  @ApiProperty({
    description: 'How the query language writes it, behind `parameters.` and so on.',
    example: 'optimizer.lr',
  })
  key!: string;

  @ApiProperty({
    type: 'array',
    items: { type: 'string' },
    description: 'The keys that lead to it, from the outermost on.',
    example: ['optimizer', 'lr'],
  })
  path!: string[];

  @ApiProperty({ ...COUNT, description: 'How many experiments have it.', example: 123 })
  count!: number;

  @ApiProperty({
    type: 'object',
    additionalProperties: COUNT,
    description:
      'How many of them have which type there: `number` (NaN and infinities too), `string`, `boolean`, `null`, `array`, or `object` for what is not looked into.',
    example: { number: 120, string: 3 },
  })
  types!: Record<string, number>;

  @ApiProperty({ ...NUMBER, description: 'The smallest number, NaN left out.', example: 0.0001 })
  min!: number | string | null;

  @ApiProperty({ ...NUMBER, description: 'The largest number, NaN left out.', example: 0.1 })
  max!: number | string | null;

  @ApiProperty({
    type: 'array',
    items: { type: 'string' },
    nullable: true,
    description:
      'The strings that occur, sorted; `null` when there are none, more than 20, or one of more than 255 bytes.',
    example: ['auto'],
  })
  values!: string[] | null;
}

/** Documents which keys the experiments of a model have. */
export class ModelKeysDto {
  @ApiProperty({ example: '0198f2a4-8d02-7a10-b3c4-51e6d7f8a9b0' })
  model_id!: string;

  @ApiProperty({ ...COUNT, description: 'How many experiments the model has.', example: 240 })
  experiments!: number;

  @ApiProperty({
    ...COUNT,
    description: 'How many of them, from the newest on, were looked into.',
    example: 240,
  })
  examined!: number;

  @ApiProperty({ type: [KnownKeyDto] })
  parameters!: KnownKeyDto[];

  @ApiProperty({ type: [KnownKeyDto] })
  evaluations!: KnownKeyDto[];

  @ApiProperty({ type: [KnownKeyDto] })
  tags!: KnownKeyDto[];

  @ApiProperty({
    description: 'Whether one of these has more than 1000 keys, of which the rarest are left out.',
    example: false,
  })
  truncated!: boolean;
}
