import { CodedError } from '#errors';

export function badUrl(): CodedError {
  return new CodedError({
    kind: 'malformed',
    code: 'BAD_URL',
    detail: 'The path is not validly percent-encoded UTF-8.',
  });
}

export function hostMissing(): CodedError {
  return new CodedError({
    kind: 'malformed',
    code: 'HOST_MISSING',
    detail: 'The request has no Host header.',
  });
}

export function bodyMissing(): CodedError {
  return new CodedError({
    kind: 'malformed',
    code: 'BODY_MISSING',
    detail: 'The request has no body: send a JSON object.',
  });
}

export function bodyNotJson(detail = 'The body is not JSON.'): CodedError {
  return new CodedError({ kind: 'malformed', code: 'BODY_NOT_JSON', detail });
}

export function bodyTooLarge(): CodedError {
  return new CodedError({
    kind: 'too_large',
    code: 'BODY_TOO_LARGE',
    detail: 'The body, its numbers written out in full, is larger than MAX_BODY_BYTES.',
  });
}

export function unsupportedEncoding(): CodedError {
  return new CodedError({
    kind: 'unsupported_media_type',
    code: 'UNSUPPORTED_CONTENT_ENCODING',
    detail: 'Send the body as it is: compressed ones, with a Content-Encoding, are not read.',
  });
}

export function unsupportedMediaType(): CodedError {
  return new CodedError({
    kind: 'unsupported_media_type',
    code: 'UNSUPPORTED_MEDIA_TYPE',
    detail: 'Send the body as JSON, with Content-Type: application/json.',
  });
}

export function keyMalformed(): CodedError {
  return new CodedError({
    kind: 'malformed',
    code: 'IDEMPOTENCY_KEY_MALFORMED',
    detail:
      'An Idempotency-Key has 1 to 255 printable ASCII characters. A random UUID is a good one.',
  });
}
