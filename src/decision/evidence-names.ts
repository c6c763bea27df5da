/** Evidence that is read, by name: what the evidence needs, and whether the greater or the smaller is better. */
export const EVIDENCE = {
  'source-accuracy': { needs: 'card', sign: 1 },
  'log-size': { needs: 'card', sign: 1 },
  'log-training-rows': { needs: 'card', sign: 1 },
  classes: { needs: 'card', sign: 1 },
  elsewhere: { needs: 'history', sign: 1 },
  near: { needs: 'history', sign: 1 },
  prior: { needs: 'history', sign: 1 },
  fit: { needs: 'sketch', sign: 1 },
  'soft-coverage': { needs: 'sketch', sign: 1 },
  jaccard: { needs: 'sketch', sign: 1 },
  js: { needs: 'sketch', sign: -1 },
  kl: { needs: 'sketch', sign: -1 },
  l2: { needs: 'sketch', sign: -1 },
  coverage: { needs: 'sketch', sign: 1 },
  overlap: { needs: 'sketch', sign: 1 },
  confidence: { needs: 'run', sign: 1 },
  'nuclear-norm': { needs: 'run', sign: 1 },
  energy: { needs: 'run', sign: 1 },
  mde: { needs: 'run', sign: 1 },
  doc: { needs: 'run', sign: 1 },
  'neuralrank-predicted': { needs: 'run', sign: 1 },
  agreement: { needs: 'crowd', sign: 1 },
  vote: { needs: 'crowd', sign: 1 },
  'weighted-vote': { needs: 'crowd', sign: 1 },
  'soft-f1': { needs: 'crowd', sign: 1 },
  crowd: { needs: 'crowd', sign: 1 },
  'crowd-f1': { needs: 'crowd', sign: 1 },
  'crowd-elsewhere': { needs: 'crowd', sign: 1 },
  'crowd-f1-elsewhere': { needs: 'crowd', sign: 1 },
} as const satisfies Record<string, { readonly needs: EvidenceNeeds; readonly sign: 1 | -1 }>

/** `crowd` evidence is of all candidates together: of a few of them it means something else. */
export type EvidenceNeeds = 'card' | 'history' | 'sketch' | 'run' | 'crowd'

export type EvidenceName = keyof typeof EVIDENCE

export const EVIDENCE_NAMES = Object.keys(EVIDENCE) as readonly EvidenceName[]
