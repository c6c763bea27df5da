import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The committed folders of sensor models. */
export const SENSORS = fileURLToPath(new URL('../../demo/sensors/', import.meta.url))

/** The committed folder of a sensor model, by its name. */
export const folderOf = (name: string) => join(SENSORS, name.replace('/', '_'))
