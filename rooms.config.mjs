// The room rule, for dependency-cruiser. The one list of layers is layers.mjs.
import { LAYERS, PURE } from './layers.mjs'

const room = names => `^src/(${names.join('|')})/`
const leftward = LAYERS.flatMap((layer, i) =>
  layer.map(name => ({
    name: `${name}-imports-only-leftward`,
    severity: 'error',
    from: { path: room([name]) },
    to: { path: '^src/', pathNot: room([name, ...LAYERS.slice(0, i).flat()]) },
  })),
)

export default {
  forbidden: [
    ...leftward,
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    { name: 'pure-rooms-do-no-io', severity: 'error', from: { path: room(PURE) }, to: { dependencyTypes: ['core'] } },
    { name: 'no-orphans', severity: 'error', from: { orphan: true, pathNot: '(main|index)[.]ts$' }, to: {} },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
  },
}
