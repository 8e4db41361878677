import { Inject, Injectable } from '@nestjs/common';
import { credentialsRefused, notAuthenticated, notPermitted } from '#errors';
import { Access, mayPass, type Arrival, type Caller, type Gate, type Needs } from '#http';
import { digestOf, isSameDigest } from '../keys/api-key.js';
import { KeyCache } from '../keys/key-cache.js';
import type { KnownKey } from '../keys/keys.types.js';
import { TokensService } from '../oidc/tokens.service.js';
import { RolesOfUsers } from '../roles/roles-of-users.js';
import { AUTH_SETTINGS, type AuthSettings } from '../auth-settings.js';
import { secretIn } from './credentials.js';
import { requireLocal } from './local-requests.js';

/** Everybody, while the service is open. */
const ANYBODY: Caller = { subject: 'anybody', access: new Access('admin'), method: 'none' };
const ADMINISTRATOR: Caller = {
  subject: 'administrator',
  access: new Access('admin'),
  method: 'admin_key',
};

/** Finds out who sends a request, and whether that one may. */
@Injectable()
export class GateService implements Gate {
  private readonly isOpen: boolean;
  private readonly adminDigest: Buffer | undefined;

  constructor(
    private readonly keys: KeyCache,
    private readonly tokens: TokensService,
    private readonly users: RolesOfUsers,
    @Inject(AUTH_SETTINGS) { isOpen, adminKey }: AuthSettings,
  ) {
    this.isOpen = isOpen;
    this.adminDigest = adminKey === undefined ? undefined : digestOf(adminKey);
  }

  admit({
    headers,
    needs: neededBy,
    isSuspect,
  }: Arrival): Caller | undefined | Promise<Caller | undefined> {
    if (this.isOpen) {
      requireLocal(headers);
      return ANYBODY;
    }
    const needs = neededBy();
    if (needs === 'nothing') return undefined;
    const secret = secretIn(headers);
    if (secret === undefined) throw notAuthenticated();
    if (secret === null) throw credentialsRefused();
    const digest = digestOf(secret);
    if (this.isAdminKey(digest)) return ADMINISTRATOR;
    const caller = this.tokenHolder(secret) ?? this.keyHolder(secret, digest, isSuspect);
    if (caller instanceof Promise) return caller.then((known) => permitted(known, needs));
    return permitted(caller, needs);
  }

  private tokenHolder(secret: string): Caller | Promise<Caller> | undefined {
    const found = this.tokens.find(secret);
    if (found instanceof Promise) return found.then((user) => this.users.find(user));
    return found && this.users.find(found);
  }

  private keyHolder(
    secret: string,
    digest: Buffer,
    isSuspect: Arrival['isSuspect'],
  ): Caller | Promise<Caller> {
    const found = this.keys.find(secret, digest, isSuspect);
    return found instanceof Promise ? found.then(callerOf) : callerOf(found);
  }

  private isAdminKey(digest: Buffer): boolean {
    return this.adminDigest !== undefined && isSameDigest(this.adminDigest, digest);
  }
}

function callerOf(key: KnownKey | undefined): Caller {
  if (!key) throw credentialsRefused();
  const { key_id: keyId, name, access } = key;
  return { subject: `key:${keyId}`, access, method: 'api_key', keyId, name };
}

function permitted(caller: Caller, needs: Needs): Caller {
  if (mayPass(caller.access, needs)) return caller;
  throw notPermitted();
}
