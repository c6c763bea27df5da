/** The numbers below a count that fulfil a condition, ascending; for counts too large for an object each. */
export function placesWhere(count: number, fulfils: (place: number) => boolean): Uint32Array {
  const places = new Uint32Array(count)
  let found = 0
  for (let place = 0; place < count; place++) if (fulfils(place)) places[found++] = place
  return found === count ? places : places.slice(0, found)
}
