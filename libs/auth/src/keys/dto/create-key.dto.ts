import { ChoiceField, FutureField, NameField, ROLES, type Role } from '#http';

export class CreateKeyDto {
  @NameField({ description: 'What the key is for.', example: 'nightly training' })
  name!: string;

  @ChoiceField(ROLES, {
    description:
      'What may be done with the key: a viewer reads, an editor writes as well, an admin makes keys, too.',
    example: 'editor',
  })
  role!: Role;

  @FutureField({
    description: 'When it ends by itself; left out: never.',
    example: '2099-12-31T00:00:00Z',
    optional: true,
    nullable: true,
  })
  expires_at?: string | null;
}
