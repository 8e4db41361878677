import { describe, expect, it } from '@jest/globals';
import { IsInt, validateSync } from 'class-validator';
import fc from 'fast-check';
import { fieldsOf, problemsOf } from '../../libs/http/src/validation/dto.js';
import {
  DocumentField,
  NameField,
  TagsField,
  TextField,
} from '../../libs/http/src/validation/fields.js';

class BaseDto {
  @NameField({ description: 'A name.' })
  name: unknown;
}

class RecordDto extends BaseDto {
  @TextField({ description: 'A text.', maxLength: 3, optional: true, nullable: true })
  text: unknown;

  @TextField({ description: 'Another.', maxLength: 3, optional: true })
  other: unknown;

  @DocumentField({ description: 'A document.', optional: true })
  document: unknown;

  @TagsField({ description: 'Tags.', nullable: true, optional: true })
  tags: unknown;
}

/** With a rule that is none of ours. */
class ForeignDto {
  @IsInt()
  count: unknown;
}

const values = fc.oneof(
  fc.constantFrom(undefined, null, '', ' ', 'ab', 'abcd', 7, true, ['a']),
  fc.string({ maxLength: 5 }),
);
/** What becomes of a document before it is looked at: it is parsed, and text again. */
const texts = fc.oneof(
  fc.constantFrom(undefined, null, '{}', '{"a":"b"}', '{"a":1}', '{"":"b"}', '[]'),
  fc.json(),
);
const records = fc
  .record({ name: values, text: values, other: values, document: texts, tags: texts })
  .map((members) => Object.assign(new RecordDto(), members));

describe('the fields of a DTO', () => {
  it('are those of the classes it is made from, too', () => {
    expect([...fieldsOf(RecordDto)].sort()).toEqual(['document', 'name', 'other', 'tags', 'text']);
  });

  it('are wrong where class-validator says so, and nowhere else', () => {
    fc.assert(
      fc.property(records, (record) => {
        const wrong = validateSync(record).map(({ property }) => property);
        expect(new Set(problemsOf(record).map(({ path }) => path.split('.')[0]))).toEqual(
          new Set(wrong),
        );
      }),
      { numRuns: 2000 },
    );
  });

  it('are held against rules of others as well', () => {
    expect(problemsOf(Object.assign(new ForeignDto(), { count: 3 }))).toEqual([]);
    expect(problemsOf(Object.assign(new ForeignDto(), { count: 'three' }))).toEqual([
      { path: 'count', message: 'count must be an integer number' },
    ]);
  });
});
