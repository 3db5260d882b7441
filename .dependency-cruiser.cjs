// Who may import whom (ARCHITECTURE.md). Each room names the rooms it may use; everything else is an error.
const rooms = {
  domain: [],
  stats: ['domain'],
  ports: ['domain'],
  files: ['domain'],
  privacy: ['domain'],
  text: ['domain'],
  config: ['domain', 'stats', 'ports', 'files', 'providers', 'raters/rules'],
  raters: ['domain', 'stats', 'ports', 'files', 'privacy', 'text'],
  engine: ['domain', 'stats', 'ports', 'files'],
  reconcile: ['domain', 'stats', 'ports', 'text'],
  analysis: ['domain', 'stats', 'ports', 'text', 'reconcile'],
  importers: ['domain', 'files'],
  feedback: ['domain', 'stats', 'ports', 'files', 'privacy', 'text', 'importers'],
  datasets: ['domain', 'stats', 'ports', 'files', 'privacy', 'text'],
  gate: ['domain', 'stats', 'ports', 'files'],
  registry: ['domain', 'ports', 'files'],
  loop: ['domain', 'stats', 'ports', 'files', 'registry'],
  providers: ['domain', 'ports', 'files'],
  store: ['domain', 'ports', 'files'],
  connectors: ['domain', 'ports', 'files'],
  reports: ['domain', 'stats', 'files', 'analysis', 'feedback', 'gate', 'reconcile'],
};

const roomRules = Object.entries(rooms).map(([room, allowed]) => ({
  name: `${room}-imports`,
  comment: `src/${room} may import ${allowed.join(', ') || 'nothing'} and itself`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: { path: '^src/', pathNot: `^src/(${[room, ...allowed].join('|')})/` },
}));

module.exports = {
  forbidden: [
    ...roomRules,
    {
      name: 'providers-stand-alone',
      severity: 'error',
      comment: 'one provider never imports another; what they share lies in src/providers itself',
      from: { path: '^src/providers/([^/]+)/' },
      to: { path: '^src/providers/([^/]+)/', pathNot: '^src/providers/($1|reply|network|failure)/' },
    },
    {
      name: 'connectors-stand-alone',
      severity: 'error',
      from: { path: '^src/connectors/([^/]+)/' },
      to: { path: '^src/connectors/([^/]+)/', pathNot: '^src/connectors/$1/' },
    },
    {
      name: 'stores-stand-alone',
      severity: 'error',
      from: { path: '^src/store/([^/]+)/' },
      to: { path: '^src/store/([^/]+)/', pathNot: '^src/store/$1/' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-arrow-upward',
      comment: 'two folders that import each other are one idea, or one of them lies too high',
      scope: 'folder',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'pure-rooms-touch-no-machine',
      comment: 'domain and stats are pure: no clock, no disk, no network',
      severity: 'error',
      from: { path: '^src/(domain|stats)/' },
      to: { dependencyTypes: ['core', 'npm'] },
    },
    {
      name: 'privacy-touches-no-machine',
      comment: 'recognisers read strings and nothing else',
      severity: 'error',
      from: { path: '^src/privacy/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'composition-only-in-app',
      comment: 'only the edges (cli, server, public) import app, and nothing imports an edge but another edge',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(app|cli|server|public|testing)/' },
      to: { path: '^src/(app|cli|server|public|testing)/' },
    },
    {
      name: 'app-knows-no-terminal',
      comment: 'what a command does is a function of values: no flags, no terminal',
      severity: 'error',
      from: { path: '^src/app/' },
      to: { path: '^src/(cli|public)/|^node_modules/(commander|@clack)' },
    },
    { name: 'not-to-dev-dep', severity: 'error', from: { path: '^src/' }, to: { dependencyTypes: ['npm-dev'] } },
  ],
  options: {
    // tests may reach across rooms; the structure is the product's
    exclude: { path: '\\.test\\.ts$' },
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
  },
};
