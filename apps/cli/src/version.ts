import { createRequire } from 'node:module';

/** As package.json has it, wherever that is from the sources or from `dist/`. */
export const { version: VERSION } = createRequire(import.meta.url)('#package.json') as {
  readonly version: string;
};
