/** The version of ModelHub. */
export const VERSION = '0.1.0'
