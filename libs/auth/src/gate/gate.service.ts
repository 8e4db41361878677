import { Inject, Injectable } from '@nestjs/common';
import { credentialsRefused, notAuthenticated, notPermitted } from '#errors';
import { mayAct, type Arrival, type Caller, type Gate, type Needs } from '#http';
import { digestOf, isSameDigest } from '../keys/api-key.js';
import { KeyCache } from '../keys/key-cache.js';
import type { KnownKey } from '../keys/keys.types.js';
import { TokensService } from '../oidc/tokens.service.js';
import { AUTH_SETTINGS, type AuthSettings } from '../auth-settings.js';
import { secretIn } from './credentials.js';
import { requireLocal } from './local-requests.js';

/** Everybody, while the service is open. */
const ANYBODY: Caller = { subject: 'anybody', role: 'admin', method: 'none' };
const ADMINISTRATOR: Caller = { subject: 'administrator', role: 'admin', method: 'admin_key' };

/** Finds out who sends a request, and whether that one may. */
@Injectable()
export class GateService implements Gate {
  private readonly isOpen: boolean;
  private readonly adminDigest: string | undefined;

  constructor(
    private readonly keys: KeyCache,
    private readonly tokens: TokensService,
    @Inject(AUTH_SETTINGS) { isOpen, adminKey }: AuthSettings,
  ) {
    this.isOpen = isOpen;
    this.adminDigest = adminKey === undefined ? undefined : digestOf(adminKey);
  }

  admit({ headers, needs: neededBy }: Arrival): Caller | undefined | Promise<Caller | undefined> {
    if (this.isOpen) {
      requireLocal(headers);
      return ANYBODY;
    }
    const needs = neededBy();
    if (needs === 'nothing') return undefined;
    const secret = secretIn(headers);
    if (secret === undefined) throw notAuthenticated();
    if (secret === null) throw credentialsRefused();
    if (this.isAdminKey(secret)) return ADMINISTRATOR;
    const caller = this.tokens.find(secret) ?? this.keyHolder(secret);
    if (caller instanceof Promise) return caller.then((known) => permitted(known, needs));
    return permitted(caller, needs);
  }

  private keyHolder(secret: string): Caller | Promise<Caller> {
    const found = this.keys.find(secret);
    return found instanceof Promise ? found.then(callerOf) : callerOf(found);
  }

  private isAdminKey(secret: string): boolean {
    return this.adminDigest !== undefined && isSameDigest(this.adminDigest, digestOf(secret));
  }
}

function callerOf(key: KnownKey | undefined): Caller {
  if (!key) throw credentialsRefused();
  const { key_id: keyId, name, role } = key;
  return { subject: `key:${keyId}`, role, method: 'api_key', keyId, name };
}

function permitted(caller: Caller, needs: Needs): Caller {
  if (needs === 'nothing' || needs === 'caller' || mayAct(caller.role, needs)) return caller;
  throw notPermitted();
}
