import { onTestFinished } from 'vitest'
import { Hub } from '../../src/hub/index.ts'
import { temporaryFolder } from '../catalog/temporary-folder.ts'

/** A new hub in a temporary folder; both go with the test that asked for them. */
export async function newHub(): Promise<{ readonly hub: Hub; readonly folder: string }> {
  const folder = temporaryFolder()
  const hub = await Hub.open(folder, { create: true })
  onTestFinished(() => hub.close())
  return { hub, folder }
}
