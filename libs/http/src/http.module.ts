import { Module } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { ProblemFilter } from './problem/problem.filter.js';
import { BodyPipe } from './validation/body.pipe.js';
import { PathPipe } from './validation/path.pipe.js';
import { QueryPipe } from './validation/query.pipe.js';

/** How every route behaves: what comes in is validated, what goes wrong is a problem document. */
@Module({
  providers: [
    { provide: APP_FILTER, useClass: ProblemFilter },
    { provide: APP_PIPE, useClass: PathPipe },
    { provide: APP_PIPE, useClass: QueryPipe },
    { provide: APP_PIPE, useClass: BodyPipe },
  ],
})
export class HttpModule {}
