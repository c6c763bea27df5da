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
      "base": 0.497622,
      "terms": [
        {
          "name": "source-accuracy",
          "mean": 0.871921,
          "deviation": 0.103224,
          "overall": 0.0341696,
          "within": -0.0289507
        },
        {
          "name": "fit",
          "mean": 0.545943,
          "deviation": 0.256383,
          "overall": -0.0397189,
          "within": -0.00438098
        },
        {
          "name": "js",
          "mean": -0.307551,
          "deviation": 0.190004,
          "overall": 0.0274311,
          "within": 0.00877769
        },
        {
          "name": "crowd",
          "mean": 0.369424,
          "deviation": 0.20552,
          "overall": 0.172853,
          "within": -0.0128366
        },
        {
          "name": "agreement",
          "mean": 0.376872,
          "deviation": 0.214909,
          "overall": -0.0671727,
          "within": 0.0352444
        },
        {
          "name": "confidence",
          "mean": 0.75449,
          "deviation": 0.104732,
          "overall": 0.0556645,
          "within": -0.0369908
        }
      ]
    },
    "calibration": {
      "datasets": 56,
      "level": 0.9,
      "error": 0.284581,
      "shortfall": 0.176308,
      "blindGain": -1
    }
  },
  "sketched": {
    "level": {
      "base": 0.497622,
      "terms": [
        {
          "name": "source-accuracy",
          "mean": 0.871921,
          "deviation": 0.103224,
          "overall": -0.0734741,
          "within": 0.0784462
        },
        {
          "name": "fit",
          "mean": 0.545943,
          "deviation": 0.256383,
          "overall": -0.00679368,
          "within": 0.00448708
        },
        {
          "name": "js",
          "mean": -0.307551,
          "deviation": 0.190004,
          "overall": 0.0566377,
          "within": 0.021755
        }
      ]
    },
    "calibration": {
      "datasets": 56,
      "level": 0.9,
      "error": 0.469303,
      "shortfall": 0.187712,
      "blindGain": -1
    }
  }
}
