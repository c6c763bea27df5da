/** The largest prime below 2^26: products of two residues stay exact in a double and in a 64-bit integer of SQL. */
export const ROW_HASH_MODULUS = 67_108_859

/** Round constants: the first decimals of √2, √3, √5, √7 modulo the prime; any fixed numbers would do. */
const ROUND_KEYS = [41_421_356, 7_320_508, 23_606_797, 64_575_131] as const

/**
 * Seeded hash of a row's place, an integer in [0, 67,108,859), the same in TypeScript and in SQL.
 *
 *   x ← (x + k_i)³ mod p,   i = 1 … 4        the MiMC permutation, Albrecht et al. (2016)
 *
 * Cubing permutes the residues because gcd(3, p − 1) = 1. Between the rounds the seed, the file and the high part of
 * the row ordinal are added. Only integer +, × and mod below 2^53 are used, so that DuckDB and Spark compute the same.
 *
 * @param seed integer in [0, 2^26)
 * @param file ordinal of the file in the dataset, from 0
 * @param row ordinal of the row in its file, from 0, below 2^52
 */
export function rowHash(seed: number, file: number, row: number): number {
  const p = ROW_HASH_MODULUS
  let x = cube(((row % p) + (seed % p) + ROUND_KEYS[0]) % p)
  x = cube((x + Math.floor(row / p) + ROUND_KEYS[1]) % p)
  x = cube((x + (file % p) + ROUND_KEYS[2]) % p)
  return cube((x + (seed % p) + ROUND_KEYS[3]) % p)
}

function cube(x: number): number {
  return (((x * x) % ROW_HASH_MODULUS) * x) % ROW_HASH_MODULUS
}
