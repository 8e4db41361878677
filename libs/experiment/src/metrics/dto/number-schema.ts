/** A number in a JSON document, where what is not finite is a string. */
export const NUMBER_SCHEMA = {
  oneOf: [{ type: 'number' }, { type: 'string', enum: ['NaN', 'Infinity', '-Infinity'] }],
};
