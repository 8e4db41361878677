import { limits, QueryInt, QueryText } from '#http';

const A_CURSOR = 'q83vEjRWeJCrze8SNFZ4kFswLCIyMDI2LTAxLTAyVDAzOjA0OjA1WiJd';

/** The parameter `limit` of a request that answers pages. */
export function LimitParameter(options: {
  description: string;
  example: number;
  default?: number;
}): PropertyDecorator {
  return QueryInt({ ...options, min: 1, max: limits.page, optional: true });
}

/** The parameter `cursor` of a request that answers pages. */
export function CursorParameter(): PropertyDecorator {
  return QueryText({
    description: 'Where to go on, from the `Link` header of the page before; the rest as it was.',
    example: A_CURSOR,
    maxLength: limits.cursor,
    optional: true,
  });
}
