// Which digits the models learn and the targets hold. Written before any model was trained or any ranking was seen.
import {
  blurred,
  inverted,
  noisy,
  oneOf,
  pixelated,
  rotated,
  shrunk,
  slanted,
  thick,
  thin,
  untouched,
} from './shifts.mjs'

const ALL = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]

const model = (about, shift, classes = ALL) => ({ about, shift, classes })
const target = model

/** Name → what the model is trained on. */
export const MODELS = {
  plain: model('digits as they are', untouched),
  classes_0_4: model('only the digits 0 to 4, as they are', untouched, [0, 1, 2, 3, 4]),
  classes_5_9: model('only the digits 5 to 9, as they are', untouched, [5, 6, 7, 8, 9]),
  rotated_30: model('digits turned clockwise by 30°', rotated(30)),
  slanted: model('digits leaning by 0.5 columns a row', slanted(0.5)),
  inverted: model('dark digits on light ground', inverted),
  thick: model('digits with strokes wider by a pixel on each side', thick),
  thin: model('digits with strokes narrower by a pixel', thin),
  noisy: model('digits under noise of standard deviation 64', noisy(64)),
  shrunk: model('digits of 0.6 times the size, anywhere in the picture', shrunk(0.6)),
  blurred: model('blurred digits', blurred(3)),
  pixelated: model('digits in blocks of 4 × 4 pixels', pixelated(4)),
}

/** Name → what the target holds: five as one of the models has learnt it, five as none has. */
export const TARGETS = {
  digits_5_to_9: target('only the digits 5 to 9, as they are', untouched, [5, 6, 7, 8, 9]),
  turned_by_30: target('digits turned clockwise by 30°', rotated(30)),
  dark_on_light: target('dark digits on light ground', inverted),
  wide_strokes: target('digits with strokes wider by a pixel on each side', thick),
  small_and_moved: target('digits of 0.6 times the size, anywhere in the picture', shrunk(0.6)),
  turned_by_20: target('digits turned clockwise by 20°', rotated(20)),
  lightly_noisy: target('digits under noise of standard deviation 32', noisy(32)),
  half_wide_strokes: target('digits as they are, half of them with wider strokes', oneOf(untouched, thick)),
  slightly_blurred: target('digits blurred a little', blurred(1)),
  blurred_or_in_blocks: target('half of the digits blurred, half in blocks', oneOf(blurred(3), pixelated(4))),
}
