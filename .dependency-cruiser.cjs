// Who may import whom (ARCHITECTURE.md). Each room names the rooms it may use; everything else is an error.
const rooms = {
  domain: [],
  stats: ['domain'],
  ports: ['domain'],
  files: ['domain'],
  privacy: ['domain'],
  text: ['domain'],
  config: ['domain', 'stats', 'files'],
  judges: ['domain', 'stats', 'ports', 'files', 'privacy', 'text'],
  reconcile: ['domain', 'stats', 'ports', 'text'],
  feedback: ['domain', 'stats', 'ports', 'files', 'privacy', 'text'],
  gate: ['domain', 'stats', 'ports', 'files'],
  engine: ['domain', 'stats', 'ports', 'files'],
  datasets: ['domain', 'stats', 'ports', 'files', 'privacy', 'text'],
  providers: ['domain', 'ports', 'files'],
  store: ['domain', 'ports', 'files'],
  connectors: ['domain', 'ports', 'files'],
};

const roomRules = Object.entries(rooms).map(([room, allowed]) => ({
  name: `${room}-imports`,
  comment: `src/${room} may import ${allowed.join(', ') || 'nothing'} and itself`,
  severity: 'error',
  from: { path: `^src/${room}/`, pathNot: '\\.test(-support)?\\.ts$' },
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
      to: { path: '^src/providers/([^/]+)/', pathNot: '^src/providers/$1/' },
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
      name: 'pure-rooms-touch-no-machine',
      comment: 'domain and stats are pure: no clock, no disk, no network',
      severity: 'error',
      from: { path: '^src/(domain|stats)/', pathNot: '\\.test(-support)?\\.ts$' },
      to: { dependencyTypes: ['core', 'npm'] },
    },
    {
      name: 'privacy-touches-no-machine',
      comment: 'recognisers read strings and nothing else',
      severity: 'error',
      from: { path: '^src/privacy/', pathNot: '\\.test(-support)?\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'wiring-only-at-the-edge',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(cli|server|index\\.ts)|\\.test(-support)?\\.ts$' },
      to: { path: '^src/(cli|server)/' },
    },
    { name: 'not-to-dev-dep', severity: 'error', from: { path: '^src/', pathNot: '\\.test(-support)?\\.ts$' }, to: { dependencyTypes: ['npm-dev'] } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
  },
};
