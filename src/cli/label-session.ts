import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { ModelHubError } from '../common/index.ts'
import type { LabelAnswer, Labelling } from '../hub/index.ts'
import { writeWhole } from './write-whole.ts'

/** What was answered so far, as it is kept beside the table of rows. */
const sessionSchema = z.looseObject({
  version: z.literal(1),
  datasetRows: z.int().min(0),
  answers: z.array(z.looseObject({ row: z.int().min(0), label: z.string().nullable() })),
})

/**
 * Gives a labelling the answers of a session file; none where there is no such file.
 *
 * @throws FILE_DAMAGED when it is no session, USAGE when it is of other data or holds a label that is none here,
 *   FILE_UNREADABLE
 */
export async function readSession(path: string, labelling: Labelling): Promise<void> {
  const text = await textOf(path)
  if (text === undefined) return
  const session = parsed(path, text)
  if (session.datasetRows !== labelling.datasetRows) {
    const counts = `${session.datasetRows} rows, the target has ${labelling.datasetRows}`
    throw new ModelHubError('USAGE', `${path}: a session of other data (${counts}); name another with --session`)
  }
  for (const answer of session.answers) told(path, () => labelling.answer(answer))
}

/** Keeps what was answered: the file is there whole, with all answers, whenever the process ends. */
export function writeSession(path: string, { datasetRows, answers }: Labelling): Promise<void> {
  return writeWhole(path, Buffer.from(`${JSON.stringify({ version: 1, datasetRows, answers }, null, 1)}\n`))
}

/** Does something with what a file says; a fault names the file. */
export function told<T>(path: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof ModelHubError) throw new ModelHubError(error.code, `${path}: ${error.message}`)
    throw error
  }
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw new ModelHubError('FILE_UNREADABLE', `${path}: cannot be read`, { cause })
  }
}

function parsed(path: string, text: string): { datasetRows: number; answers: LabelAnswer[] } {
  try {
    return sessionSchema.parse(JSON.parse(text))
  } catch (cause) {
    throw new ModelHubError('FILE_DAMAGED', `${path}: expected a session of modelhub label, got something else`, {
      cause,
    })
  }
}
