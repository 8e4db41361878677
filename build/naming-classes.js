const NAMES_A_FUNCTION = /\b__name\((?!this, )/g;

/**
 * What esbuild does to keep names, for classes alone. Of a function that is made for each request the name would be set for
 * each request, which took a twentieth of the processor time of a write; and no program looks at the name of a function.
 * @param code - of a file of a bundle
 */
export function namingClasses(code) {
  return code.replace(NAMES_A_FUNCTION, '__unnamed(');
}
