import { Injectable } from '@nestjs/common';
import { KeyCache } from '../keys/key-cache.js';
import { RolesOfUsers } from './roles-of-users.js';

/** What this process remembers of the roles on projects. */
@Injectable()
export class RememberedRoles {
  constructor(
    private readonly keys: KeyCache,
    private readonly users: RolesOfUsers,
  ) {}

  /** To be called when a role was given or taken: so it is effective here at once. */
  forget(): void {
    this.keys.forget();
    this.users.forget();
  }
}
