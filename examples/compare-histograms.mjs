// Compares two histograms by the measures that rankings are made of.
//
//   node examples/compare-histograms.mjs
import { jensenShannon, kullbackLeibler, squaredHellinger } from 'modelhub/divergence'

const training = Float64Array.of(0.5, 0.3, 0.2)
const target = Float64Array.of(0.2, 0.3, 0.5)
const js = jensenShannon(training, target)
const hellinger = squaredHellinger(training, target)
console.log(`Jensen-Shannon divergence ${js.toFixed(6)} nats, squared Hellinger distance ${hellinger.toFixed(6)}`)
console.log(`ln 2 · H² ≤ JS ≤ H²: ${Math.LN2 * hellinger <= js && js <= hellinger}`)
console.log(
  `Kullback-Leibler divergence of the target from the training data ${kullbackLeibler(target, training).toFixed(6)}`,
)
