import { ModelHubError } from '../common/index.ts'
import { ELEMENTS, type ElementType } from './element-type.ts'

/** What the header of an .npy file says. */
export interface NpyHeader {
  readonly type: ElementType
  readonly shape: readonly number[]
  /** Bytes before the first element. */
  readonly dataOffset: number
}

/** Bytes that are enough to read any header: more than NumPy itself accepts. */
export const MAX_NPY_HEADER_BYTES = 16_384

const MAGIC = '\x93NUMPY'
const ALIGNMENT = 64
/** NumPy leaves room for this many digits of the first size, so that rows can be added to a file in place. */
const ROOM_FOR_ROWS = 21

/**
 * Reads the header of an .npy file (NumPy's NPY format, versions 1.0 and 2.0): magic, version, length, and a Python
 * dictionary of `descr`, `fortran_order` and `shape`.
 *
 * @param bytes the file, or its first {@link MAX_NPY_HEADER_BYTES} bytes
 * @throws FILE_DAMAGED when it is not such a header, or is cut short
 * @throws COLUMN_TYPE for elements that are big-endian, structured, strings or objects, and for Fortran order
 */
export function npyHeader(bytes: Uint8Array): NpyHeader {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, MAX_NPY_HEADER_BYTES))
  if (text.toString('latin1', 0, MAGIC.length) !== MAGIC) throw damaged('it does not begin as one')
  const major = text[6]
  if (major !== 1 && major !== 2) throw damaged(`expected format 1.0 or 2.0, got ${major}.${text[7]}`)
  const start = major === 1 ? 10 : 12
  if (text.length < start) throw damaged('cut short in its header')
  const dataOffset = start + (major === 1 ? text.readUInt16LE(8) : text.readUInt32LE(8))
  if (dataOffset > MAX_NPY_HEADER_BYTES) throw damaged(`a header of ${dataOffset} bytes`)
  if (text.length < dataOffset) throw damaged('cut short in its header')
  return { ...parseDictionary(text.toString('latin1', start, dataOffset)), dataOffset }
}

/**
 * The header of an .npy file, byte for byte as NumPy 2 writes it (format 1.0). Its length does not depend on the number
 * of rows.
 */
export function formatNpyHeader(type: ElementType, shape: readonly number[]): Uint8Array {
  const sizes = `(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`
  const dictionary = `{'descr': '${ELEMENTS[type].descr}', 'fortran_order': False, 'shape': ${sizes}, }`
  const room = shape.length === 0 ? 0 : ROOM_FOR_ROWS - String(shape[0]).length
  const unpadded = 10 + dictionary.length + room + 1
  const length = Math.ceil(unpadded / ALIGNMENT) * ALIGNMENT
  const header = Buffer.alloc(length, ' ')
  header.write(`${MAGIC}\x01\x00`, 'latin1')
  header.writeUInt16LE(length - 10, 8)
  header.write(dictionary, 10, 'latin1')
  header.write('\n', length - 1, 'latin1')
  return header
}

function parseDictionary(text: string): { type: ElementType; shape: readonly number[] } {
  const descr = /'descr':\s*'([^']*)'/.exec(text)?.[1]
  const order = /'fortran_order':\s*(True|False)/.exec(text)?.[1]
  const sizes = /'shape':\s*\(([\d,\s]*)\)/.exec(text)?.[1]
  if (descr === undefined && text.includes("'descr':")) throw unsupported('structured elements')
  if (descr === undefined || order === undefined || sizes === undefined) {
    throw damaged(`expected descr, fortran_order and shape, got ${JSON.stringify(text.trim().slice(0, 100))}`)
  }
  const type = (Object.keys(ELEMENTS) as ElementType[]).find(name => ELEMENTS[name].descr === descr)
  if (type === undefined) throw unsupported(`elements ${descr}`)
  const shape = sizes.split(',').flatMap(size => (size.trim() === '' ? [] : [Number(size)]))
  if (!shape.every(Number.isSafeInteger)) throw damaged(`shape (${sizes})`)
  if (order === 'True') throw unsupported('Fortran order')
  return { type, shape }
}

function damaged(reason: string): ModelHubError {
  return new ModelHubError('FILE_DAMAGED', `not a whole .npy file: ${reason}`)
}

function unsupported(got: string): ModelHubError {
  return new ModelHubError(
    'COLUMN_TYPE',
    `.npy file: expected numbers or booleans, little-endian, in C order, got ${got}`,
  )
}
