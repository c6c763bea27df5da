/** Most features a dataset may have: at 64 bins and 128 hashes each, a sketch stays under some 20 MB. */
export const MAX_FEATURES = 10_000

/** Below this many rows the user is told that a sketch says much about each row. */
export const FEW_ROWS = 200
