"""Makes ../string-hash.json: MurmurHash3 (x86, 32 bits) of UTF-8 strings by scikit-learn's copy of Appleby's code.

Seed 12 for the strings. Tolerance: none, integers.
"""
import json
import pathlib
import random

import sklearn
from sklearn.utils import murmurhash3_32

draw = random.Random(12)
letters = 'abcXYZ019 .-_éßжΩ中文😀\t"'
texts = ['', 'a', 'ab', 'abc', 'abcd', 'abcde', 'hello', 'hello, world', 'The quick brown fox', 'Ünïcödé', '😀', '\x00', 'a\x00']
texts += [''.join(draw.choice(letters) for _ in range(draw.randrange(1, 40))) for _ in range(200)]
cases = [[text, seed, int(murmurhash3_32(text.encode('utf-8'), seed=seed, positive=True))]
         for text in texts for seed in (0, 1, 0xFFFFFFF)]
out = {'peer': f'scikit-learn {sklearn.__version__} murmurhash3_32', 'seed': 12, 'tolerance': 0, 'reason': 'integers', 'cases': cases}
pathlib.Path(__file__).parent.parent.joinpath('string-hash.json').write_text(json.dumps(out) + '\n')
