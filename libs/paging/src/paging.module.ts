import { Module } from '@nestjs/common';
import { Cursors } from './cursors.js';
import { ListReader } from './list-reader.js';

/** Lists and their pages. */
@Module({ providers: [Cursors, ListReader], exports: [Cursors, ListReader] })
export class PagingModule {}
