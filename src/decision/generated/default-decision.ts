import type { DefaultDecision } from '../default-decision.ts'

/**
 * The default of hubs without a history, learned by `npm run bench:decision` from the score matrices of the workloads
 * (activity recognition, entity matching, text sentiment, sentence pairs, skewed CIFAR-10).
 */
export const DEFAULT_DECISION: DefaultDecision = {
  "settings": { "sharpness": 2, "covered": 0.2 },
  "run": {
    "level": {
      "base": 0.482062,
      "terms": [
        {
          "name": "source-accuracy",
          "mean": 0.872007,
          "deviation": 0.103257,
          "overall": 0.0113124,
          "within": -0.00846785
        },
        {
          "name": "fit",
          "mean": 0.559528,
          "deviation": 0.273067,
          "overall": -0.0603502,
          "within": -0.00324974
        },
        {
          "name": "js",
          "mean": -0.307309,
          "deviation": 0.197513,
          "overall": 0.0562847,
          "within": 0.00592199
        },
        {
          "name": "crowd",
          "mean": 0.360941,
          "deviation": 0.194857,
          "overall": 0.160144,
          "within": -0.00622132
        },
        {
          "name": "agreement",
          "mean": 0.376346,
          "deviation": 0.215915,
          "overall": -0.0768407,
          "within": 0.0262663
        },
        {
          "name": "confidence",
          "mean": 0.759506,
          "deviation": 0.100818,
          "overall": 0.0651293,
          "within": -0.0335298
        }
      ]
    },
    "calibration": {
      "datasets": 56,
      "level": 0.9,
      "error": 0.291742,
      "shortfall": 0.151177,
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
      "shortfall": 0.165979,
      "blindGain": -1
    }
  }
}
