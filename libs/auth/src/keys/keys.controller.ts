import { Body, Controller, Delete, Get, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Answers, FromOrigin, jsonList, type Origin } from '#http';
import { KeyCache } from './key-cache.js';
import { CreateKeyDto } from './dto/create-key.dto.js';
import { KeyDto, MadeKeyDto } from './dto/key.dto.js';
import { RotateKeyDto } from './dto/rotate-key.dto.js';
import { keyEnded, keyNotFound, unknownProjects } from './keys.errors.js';
import { newKey, writeKey, writeMadeKey } from './keys.mapper.js';
import { KeysService } from './keys.service.js';

@ApiTags('Access')
@Controller('auth/keys')
export class KeysController {
  constructor(
    private readonly keys: KeysService,
    private readonly known: KeyCache,
  ) {}

  @Post()
  @Answers({
    id: 'createKey',
    needs: 'administrator',
    summary: 'Make an API key',
    description:
      'Takes no `Idempotency-Key`, for the answer could only be repeated if the key were kept. When an answer is lost, revoke ' +
      'what was made and make another one.',
    answer: 'The key, this once, and what is kept of it.',
    ok: MadeKeyDto,
    takesBody: true,
    problems: [unknownProjects],
  })
  async create(@Body() body: CreateKeyDto, @FromOrigin() origin: Origin) {
    return writeMadeKey(await this.keys.create(newKey(body), origin));
  }

  @Get()
  @Answers({
    id: 'listKeys',
    needs: 'administrator',
    summary: 'All API keys, by time',
    description: 'Those that have ended as well. None of the keys themselves.',
    ok: [KeyDto],
  })
  async list() {
    return jsonList(await this.keys.list(), writeKey);
  }

  @Post(':key_id/rotate')
  @Answers({
    id: 'rotateKey',
    needs: 'administrator',
    summary: 'Make a key that takes the place of another one',
    description:
      'With the name, the roles and the end of that one, which is good for a while longer. Takes no `Idempotency-Key`.',
    answer: 'The new key, this once, and what is kept of it.',
    ok: MadeKeyDto,
    takesBody: true,
    problems: [keyNotFound, keyEnded],
  })
  async rotate(
    @Param('key_id') keyId: string,
    @Body() body: RotateKeyDto,
    @FromOrigin() origin: Origin,
  ) {
    const made = await this.keys.rotate(keyId, body.overlap_seconds, origin);
    this.known.forget();
    return writeMadeKey(made);
  }

  @Delete(':key_id')
  @Answers({
    id: 'revokeKey',
    needs: 'administrator',
    summary: 'Revoke an API key',
    description:
      'It is good here no more at once, and on no other replica within five seconds. One that is revoked already stays as it is.',
    answer: 'What is kept of the key.',
    ok: KeyDto,
    problems: [keyNotFound],
  })
  async revoke(@Param('key_id') keyId: string, @FromOrigin() origin: Origin) {
    const row = await this.keys.revoke(keyId, origin);
    this.known.forget();
    return writeKey(row);
  }
}
