import { ChoiceField, MemberField, ROLES, type Role } from '#http';

export class PutMemberDto {
  @MemberField({
    description:
      'An API key by its id, a user by the subject of its tokens, or a group by its name: `key:…`, `user:…`, `group:…`.',
    example: 'key:9f86d081884c7d65',
  })
  member!: string;

  @ChoiceField(ROLES, {
    description:
      'On the project and all that is part of it: a viewer reads, an editor writes as well, an admin says who may.',
    example: 'editor',
  })
  role!: Role;
}
