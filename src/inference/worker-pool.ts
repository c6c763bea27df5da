import { once } from 'node:events'
import type { Worker } from './start-worker.ts'

/**
 * Worker processes that have run a model to its end and wait for the next one: to start one takes as much processor time
 * as a small model on a thousand rows.
 */
export class WorkerPool {
  private waiting: readonly Worker[] = []
  private runsToCome: number

  /** @param runs how many are to come at most: no more processes wait than there are runs for */
  constructor(runs: number) {
    this.runsToCome = runs
  }

  /** For one run: a process that waits and may use so much memory; undefined where none does. */
  take(memoryBytes: number): Worker | undefined {
    this.runsToCome--
    const found = this.waiting.find(worker => worker.memoryBytes === memoryBytes && worker.child.connected)
    this.waiting = this.waiting.filter(worker => worker !== found)
    return found
  }

  /** Lets one wait, or ends it where there is nothing left to wait for. */
  keep(worker: Worker): void {
    if (this.waiting.length < this.runsToCome) this.waiting = [...this.waiting, worker]
    else worker.child.kill()
  }

  /** Ends those that wait. */
  async close(): Promise<void> {
    const children = this.waiting.map(({ child }) => child).filter(({ connected }) => connected)
    this.waiting = []
    const ended = children.map(child => once(child, 'close'))
    for (const child of children) child.kill()
    await Promise.all(ended)
  }
}
