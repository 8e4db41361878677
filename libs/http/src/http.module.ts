import { Module } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { ProblemFilter } from './problem/problem.filter.js';
import { RequestPipe } from './validation/request.pipe.js';

/** How every route behaves: what comes in is validated, what goes wrong is a problem document. */
@Module({
  providers: [
    { provide: APP_FILTER, useClass: ProblemFilter },
    { provide: APP_PIPE, useClass: RequestPipe },
  ],
})
export class HttpModule {}
