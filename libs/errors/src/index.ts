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
  isWrongCredentials,
  notAuthenticated,
  notPermitted,
} from './access-errors.js';
export { addressLimited, callerLimited, overloaded } from './limit-errors.js';
