import { describe } from 'vitest'
import { indexProcesses } from './index-processes.ts'
import { newHub } from './open-hub.ts'

describe('the index of a hub in a folder', () => {
  indexProcesses(async () => {
    const { hub, folder } = await newHub()
    return { hub, place: folder }
  })
})
