export { Cursors } from './cursors.js';
export { ListQueryDto } from './dto/list-query.dto.js';
export { invalidFilter, LIST_PROBLEMS } from './list-problems.js';
export { ListReader } from './list-reader.js';
export type { List, ListRequest } from './list-request.js';
export type { ListSource } from './list-source.js';
export { pageSize } from './page-size.js';
export { PagingModule } from './paging.module.js';
export { writeList } from './write-list.js';
