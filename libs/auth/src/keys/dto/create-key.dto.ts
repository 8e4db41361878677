import { ChoiceField, FutureField, limits, NameField, ROLES, TextsField, type Role } from '#http';

export class CreateKeyDto {
  @NameField({ description: 'What the key is for.', example: 'nightly training' })
  name!: string;

  @ChoiceField(ROLES, {
    description:
      'What may be done with the key: a viewer reads, an editor writes as well, an admin says who may.',
    example: 'editor',
  })
  role!: Role;

  @TextsField({
    description: 'The projects that it is for; left out: it is for everything.',
    example: ['0198f2a4-7c1e-7d3b-9a55-2f6f0c1e8b7a'],
    minItems: 1,
    maxItems: 1000,
    maxLength: limits.id,
    optional: true,
    nullable: true,
  })
  project_ids?: string[] | null;

  @FutureField({
    description: 'When it ends by itself; left out: never.',
    example: '2099-12-31T00:00:00Z',
    optional: true,
    nullable: true,
  })
  expires_at?: string | null;
}
