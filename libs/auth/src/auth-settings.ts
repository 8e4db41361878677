import type { OidcConfig } from '#config';

/** How the service finds out who its callers are. */
export interface AuthSettings {
  /** Everybody on this machine may do everything, and nobody else can reach the service. */
  readonly isOpen: boolean;
  /** With it, the first keys are made. */
  readonly adminKey?: string | undefined;
  /** Whose access tokens are taken, besides API keys. */
  readonly oidc?: OidcConfig | undefined;
}

export const AUTH_SETTINGS = Symbol('AUTH_SETTINGS');
