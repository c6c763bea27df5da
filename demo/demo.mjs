// The main job on real data, twice: models are published with the sketches of their training data; then targets arrive,
// and each ranking is printed beside the accuracy that every model really has there.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Hub } from '../dist/index.js'
import { showDigits } from './digits.mjs'
import { showSensors } from './sensors.mjs'

const scratch = await mkdtemp(join(tmpdir(), 'modelhub-demo-'))
const hub = await Hub.open(join(scratch, 'hub'), { create: true })
try {
  await showSensors(hub)
  await showDigits(hub, { scratch, reports: await mkdtemp(join(tmpdir(), 'modelhub-report-')) })
} finally {
  await hub.close()
  await rm(scratch, { recursive: true, force: true })
}
