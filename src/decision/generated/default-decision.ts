import type { DefaultDecision } from '../default-decision.ts'

/**
 * The default of hubs without a history, learned by `npm run bench:decision` from the score matrices of the workloads
 * (entity-matching, text-sentiment, sentence-pairs, har-parts, har-dsads, entity-matching-attributes, cifar-skew,
 * cifar-skew-unseen, har).
 */
export const DEFAULT_DECISION: DefaultDecision = {
  "settings": {
    "sharpness": 4,
    "covered": 0.2
  },
  "run": {
    "level": {
      "base": 0.482062,
      "terms": [
        {
          "name": "source-accuracy",
          "mean": 0.872007,
          "deviation": 0.103257,
          "overall": 0.028556,
          "within": -0.0257636
        },
        {
          "name": "fit",
          "mean": 0.559528,
          "deviation": 0.273067,
          "overall": -0.0478501,
          "within": -0.00899254
        },
        {
          "name": "js",
          "mean": -0.307309,
          "deviation": 0.197513,
          "overall": 0.0444264,
          "within": 0.00911821
        },
        {
          "name": "crowd",
          "mean": 0.361277,
          "deviation": 0.198868,
          "overall": 0.167013,
          "within": -0.0138863
        },
        {
          "name": "agreement",
          "mean": 0.376346,
          "deviation": 0.215915,
          "overall": -0.0762127,
          "within": 0.0314124
        },
        {
          "name": "confidence",
          "mean": 0.759506,
          "deviation": 0.100818,
          "overall": 0.0707295,
          "within": -0.0408126
        }
      ]
    },
    "calibration": {
      "datasets": 56,
      "level": 0.9,
      "error": 0.265414,
      "shortfall": 0.171092,
      "blindGain": -1
    }
  },
  "sketched": {
    "level": {
      "base": 0.482062,
      "terms": [
        {
          "name": "source-accuracy",
          "mean": 0.872007,
          "deviation": 0.103257,
          "overall": -0.0874703,
          "within": 0.0876601
        },
        {
          "name": "fit",
          "mean": 0.559528,
          "deviation": 0.273067,
          "overall": -0.0494067,
          "within": -0.00293994
        },
        {
          "name": "js",
          "mean": -0.307309,
          "deviation": 0.197513,
          "overall": 0.0966838,
          "within": 0.0240035
        }
      ]
    },
    "calibration": {
      "datasets": 56,
      "level": 0.9,
      "error": 0.500472,
      "shortfall": 0.177208,
      "blindGain": -1
    }
  }
}
