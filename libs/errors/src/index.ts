export {
  CodedError,
  type CodedErrorOptions,
  type ErrorKind,
  type FieldError,
} from './coded-error.js';
export { StartupError } from './startup-error.js';
export { databaseBusy, databaseUnavailable, tagsTooLarge } from './shared-errors.js';
export { keyInUse, keyReused, recordChanged } from './write-errors.js';
export {
  credentialsRefused,
  issuerUnavailable,
  notAuthenticated,
  notPermitted,
} from './access-errors.js';
