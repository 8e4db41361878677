import { limits, QueryText } from '#http';

/** The query parameters of `DELETE /projects/id/{project_id}/members`. */
export class RemoveMemberQuery {
  @QueryText({
    description: 'The member whose role is taken away.',
    example: 'key:9f86d081884c7d65',
    maxLength: limits.member,
  })
  member!: string;
}
