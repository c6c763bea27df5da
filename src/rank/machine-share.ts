import { availableParallelism } from 'node:os'
import { DEFAULT_LIMITS } from '../inference/index.ts'

/** How models share a machine. */
export interface MachineShare {
  /** Models that run at a time. */
  readonly atOnce: number
  /** Models that are opened, or read and scored, beside them: 1, or 0 where memory holds no more. */
  readonly ahead: number
  /** Cores that they share. */
  readonly cores: number
}

/**
 * As many models at a time as there are cores, but no more than free memory holds at their limit: two models of one
 * thread each do more than one of two threads, and while one starts, ends or is scored the others go on.
 *
 * @param models how many there are to run
 */
export function machineShare(models: number, { memoryBytes } = DEFAULT_LIMITS): MachineShare {
  const cores = availableParallelism()
  const fitting = Math.floor(process.availableMemory() / memoryBytes)
  const atOnce = Math.max(1, Math.min(models, cores, fitting))
  return { atOnce, ahead: fitting > atOnce ? 1 : 0, cores }
}

/**
 * Threads of the models of a run, in the order they begin: the cores are shared by as many as run at a time. Of a last
 * round that is not full they are shared by those that are left, as the others end before them.
 *
 * @param models how many there are to run
 */
export function threadsOf(models: number, { atOnce, cores }: Omit<MachineShare, 'ahead'>): readonly number[] {
  const inFullRounds = models - (models % atOnce)
  return Array.from({ length: models }, (_, i) => {
    const beside = i < inFullRounds ? atOnce : models - inFullRounds
    return Math.max(1, Math.floor(cores / beside))
  })
}
