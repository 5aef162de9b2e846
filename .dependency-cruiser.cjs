/**
 * Who may import whom: renderer -> shared <- main; in main: desktop -> ipc -> workspace -> twenty.
 * @type {import('dependency-cruiser').IConfiguration}
 */
const node = ['core'];
const below = (name, from, to, comment) => ({
  name,
  severity: 'error',
  comment,
  from: { path: from },
  to: { path: to },
});

module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      severity: 'error',
      comment: 'Parts that need each other are one part.',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'shared-is-pure',
      severity: 'error',
      comment: 'shared/ runs on both sides of the bridge.',
      from: { path: '^shared/' },
      to: { dependencyTypes: node },
    },
    below('shared-knows-nobody', '^shared/', ['^(main|renderer)/', 'node_modules/(electron|react|react-dom)/']),
    {
      name: 'renderer-has-no-node',
      severity: 'error',
      comment: 'A renderer is a sandboxed page; whatever it needs of the machine crosses the bridge.',
      from: { path: '^renderer/' },
      to: { dependencyTypes: node },
    },
    below('renderer-knows-shared-only', '^renderer/', ['^main/', 'node_modules/electron/']),
    below('main-knows-no-page', '^main/', ['^renderer/', 'node_modules/(react|react-dom)/']),
    below(
      'runs-without-electron',
      '^main/(twenty|workspace|demo)/',
      'node_modules/(electron|electron-store|electron-log)/',
      'These run under plain Node: they take fetch, a clock and a directory.',
    ),
    below('twenty-is-lowest', '^main/twenty/', '^main/(?!twenty/)'),
    below('workspace-knows-twenty-only', '^main/workspace/', '^main/(?!(workspace|twenty)/)'),
    below('demo-stands-alone', '^main/demo/', '^main/(?!(demo|twenty)/)'),
    below('vault-stands-alone', '^main/vault/', '^main/(?!vault/)'),
    below('ipc-knows-no-desktop', '^main/ipc/', '^main/(desktop|index|vault)'),
    below('preload-knows-shared-only', '^main/preload', '^main/'),
    {
      name: 'ships-what-it-uses',
      severity: 'error',
      comment: 'What the app imports is listed under dependencies (electron itself comes with the package).',
      from: { path: '^(main|renderer|shared)/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], pathNot: 'node_modules/electron/' },
    },
    {
      name: 'resolves',
      severity: 'error',
      comment: 'An import that leads nowhere. (mdast is a package of types alone.)',
      from: {},
      to: { couldNotResolve: true, pathNot: '^mdast$' },
    },
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.cjs', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
