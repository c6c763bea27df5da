import { Option, type Command } from 'commander'
import type { Hub } from '../hub/index.ts'

export interface HubOption {
  readonly hub: string
}

/** Where a hub is unless another place is named. */
export const DEFAULT_HUB = 'hub'

/** `--hub PLACE`, a folder or a URL, also from the environment. */
export function addHubOption(command: Command): Command {
  return command.addOption(
    new Option('--hub <place>', 'folder of the hub, or postgres:// URL').env('MODELHUB_HUB').default(DEFAULT_HUB),
  )
}

/** Opens the hub, does the work, and closes it whatever happens. */
export async function withHub<T>(
  { hub: place }: HubOption,
  work: (hub: Hub) => Promise<T>,
  options: { readonly create?: boolean } = {},
): Promise<T> {
  const { Hub } = await import('../hub/index.ts')
  const hub = await Hub.open(place, options)
  try {
    return await work(hub)
  } finally {
    await hub.close()
  }
}
