// A process that works on a hub until it is done or killed, and prints a JSON line for each thing done: for
// index-processes.ts. Usage: index-worker.ts <place> search <target> <times> | publish|remove <model...> | rebuild
import { Hub, loadSketchFile } from '../../src/hub/index.ts'
import { folderOf } from './sensor-hub-folders.ts'

const [place, work, ...args] = process.argv.slice(2)
const hub = await Hub.open(place)
const say = (done: unknown) => process.stdout.write(`${JSON.stringify(done)}\n`)
if (work === 'search') {
  const target = await loadSketchFile(args[0])
  for (let i = 0; i < Number(args[1]); i++) {
    const { results, engine } = await hub.search(target, { metric: 'js', engine: 'block', top: 20 })
    say({ models: results.map(({ model, score }) => [model, score]), searched: engine.models })
  }
}
for (const name of work === 'publish' || work === 'remove' ? args : []) {
  if (work === 'publish') await hub.publish({ folder: folderOf(name) })
  else await hub.remove(name)
  say(name)
}
while (work === 'rebuild') say((await hub.rebuildIndex()).domains[0].indexed)
await hub.close()
