/** What a fault means to the two faces that report it. */
export interface ErrorCodeMeaning {
  /** Exit code of the command line. */
  readonly exitCode: number
  /** HTTP status (RFC 9110) of the same fault over HTTP. */
  readonly httpStatus: number
  /** One line for docs/errors.md. */
  readonly meaning: string
}

const usage = { exitCode: 2, httpStatus: 400 }
const badInput = { exitCode: 3, httpStatus: 422 }
const notFound = { exitCode: 4, httpStatus: 404 }
const conflict = { exitCode: 5, httpStatus: 409 }

/** Every stable error code. docs/errors.md lists the same codes, and a test keeps the two equal. */
export const ERROR_CODES = {
  USAGE: { ...usage, meaning: 'An option or argument is missing, unknown or contradicts another.' },
  OUT_OF_RANGE: { ...usage, meaning: 'A number lies outside the range its argument allows.' },
  SHAPE: { ...usage, meaning: 'Two arrays that belong together differ in shape.' },
  FILE_NOT_FOUND: { ...notFound, meaning: 'A file, folder or glob names nothing that exists.' },
  FILE_UNREADABLE: { ...badInput, meaning: 'A file exists but cannot be read: permissions, or it is not a file.' },
  WRITE_FAILED: {
    exitCode: 74,
    httpStatus: 507,
    meaning: 'A file cannot be written: the disk is full, or lets nobody write there.',
  },
  FORMAT_UNKNOWN: { ...usage, meaning: 'The format of a data file cannot be told from its name.' },
  FILE_DAMAGED: { ...badInput, meaning: 'A file is truncated or is not of the format its name promises.' },
  ENCODING: { ...badInput, meaning: 'A text file is not UTF-8.' },
  RAGGED_ROW: { ...badInput, meaning: 'A row has another number of fields than the header.' },
  COLUMN_TYPE: { ...badInput, meaning: 'A column holds a value that does not fit its type.' },
  COLUMN_MISSING: { ...badInput, meaning: 'A column that was asked for, or that an earlier file has, is not there.' },
  COLUMN_DUPLICATE: { ...badInput, meaning: 'Two columns of a table have the same name.' },
  EMPTY_DATASET: { ...badInput, meaning: 'A dataset has no rows, or no feature is left.' },
  TOO_FEW_ROWS: { ...badInput, meaning: 'A dataset has fewer rows than the operation needs.' },
  TOO_MANY_COLUMNS: { ...badInput, meaning: 'A table has more features than the stated limit.' },
  SKETCH_INVALID: { ...badInput, meaning: 'A sketch file is damaged, of an unknown version, or contradicts itself.' },
  SKETCH_PROFILE: { ...badInput, meaning: 'A sketch was made with another profile than the operation needs.' },
  CARD_INVALID: { ...badInput, meaning: 'A model card lacks a field or has one of the wrong type.' },
  MODEL_INVALID: { ...badInput, meaning: 'A file is not an ONNX model, or a damaged one.' },
  MODEL_UNSAFE: { ...badInput, meaning: 'A model names external data outside its own folder.' },
  MODEL_MISMATCH: {
    ...badInput,
    meaning:
      'A model does not fit its card (inputs, outputs or label count differ), or a dataset does not fit a model.',
  },
  MODEL_FAILED: { ...badInput, meaning: 'A model crashed, or gave numbers that are none: NaN or infinite.' },
  MODEL_LIMIT: { ...badInput, meaning: 'A model ran out of the time or memory that it was allowed.' },
  MODEL_NOT_FOUND: { ...notFound, meaning: 'No model or version of that name is in the hub.' },
  RECEIPT_NOT_FOUND: { ...notFound, meaning: 'No receipt of that id is kept.' },
  VERSION_CONFLICT: { ...conflict, meaning: 'A published version would be changed; versions are immutable.' },
  HUB_NOT_FOUND: { ...notFound, meaning: 'There is no hub at that place.' },
  HUB_VERSION: { ...conflict, meaning: 'The hub was written by a newer release than this one.' },
  HUB_DAMAGED: {
    exitCode: 6,
    httpStatus: 500,
    meaning: 'An object of the hub is missing or does not match its checksum.',
  },
  HUB_BUSY: { exitCode: 75, httpStatus: 503, meaning: 'Another process keeps the hub locked; try again later.' },
  HUB_UNREACHABLE: {
    exitCode: 75,
    httpStatus: 503,
    meaning: 'The database of the hub cannot be reached, refuses, or was lost in the middle; try again later.',
  },
  ACCESS_DENIED: {
    exitCode: 4,
    httpStatus: 403,
    meaning: 'A model elsewhere is gated or private, and no valid token was given.',
  },
  NETWORK: { exitCode: 75, httpStatus: 502, meaning: 'A service elsewhere did not answer, or answered with a fault.' },
  CANCELLED: { exitCode: 130, httpStatus: 499, meaning: 'The work was cancelled before its end; nothing was written.' },
  INTERNAL: { exitCode: 70, httpStatus: 500, meaning: 'A fault of ModelHub itself; please report it.' },
} as const satisfies Record<string, ErrorCodeMeaning>

export type ErrorCode = keyof typeof ERROR_CODES
