import type sharpModule from 'sharp'

let loading: Promise<typeof sharpModule> | undefined

/** sharp, loaded when the first image is met; one thread an image, since many are decoded at once, and no cache. */
export function lazySharp(): Promise<typeof sharpModule> {
  loading ??= import('sharp').then(({ default: sharp }) => {
    sharp.concurrency(1)
    sharp.cache(false)
    return sharp
  })
  return loading
}
