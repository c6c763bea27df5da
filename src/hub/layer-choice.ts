import type { LayerChoice } from '../inference/index.ts'

/** What a seeker names as the layers to look at, as the inference takes it: `all` among them means all. */
export function layerChoice(layer: string | readonly string[] = 'last'): LayerChoice {
  const names = [layer].flat()
  if (names.includes('all')) return 'all'
  return names.every(name => name === 'last') ? 'last' : names
}
