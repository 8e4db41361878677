import { Module } from '@nestjs/common';
import { Cursors } from './cursors.js';
import { ListReader } from './list-reader.js';
import { PageReader } from './page-reader.js';

/** Lists and their pages. */
@Module({ providers: [Cursors, ListReader, PageReader], exports: [Cursors, ListReader] })
export class PagingModule {}
