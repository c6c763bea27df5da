// A process that publishes to a hub, one version after another, and prints a line for each: for processes.test.ts.
import {
  findDomain,
  insertVersion,
  openCatalog,
  saveBlocks,
  saveDomain,
  type SlotRecord,
} from '../../src/catalog/index.ts'
import { newVersion } from './versions.ts'

const [hub, owner, count] = process.argv.slice(2)
const catalog = await openCatalog(hub, { create: true })
for (let i = 0; i < Number(count); i++) {
  const bytes = new Uint8Array(300_000).fill(i)
  bytes.set(Buffer.from(owner))
  await catalog.write(
    async (tx, [onnx, sketch]) => {
      const known = await findDomain(tx, 'all')
      const referenceVersion = (known?.referenceVersion ?? 0) + 1
      const slot: SlotRecord = { name: 'f', type: 'numeric', signatures: new Uint8Array(), reference: referenceVersion }
      const domain = await saveDomain(
        tx,
        { name: 'all', referenceVersion },
        Array.from({ length: 50 }, () => slot),
      )
      const addresses = { onnxSha256: onnx.sha256, sketchSha256: sketch.sha256, domainId: domain.id }
      const { version } = await insertVersion(tx, newVersion(`${owner}/m`, `${i}`, addresses))
      await saveBlocks(tx, [{ versionId: version.id, referenceVersion, layout: i, bytes: bytes.subarray(0, 10_000) }])
    },
    { objects: [bytes, bytes.subarray(1)] },
  )
  console.log(i)
}
await catalog.close()
