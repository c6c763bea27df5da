"""A small WordPiece tokenizer, and what Hugging Face's tokenizers make of some texts and pairs with it.

Peer: tokenizers (version in the file). No seed. No tolerance: ids are equal.

    python test/golden/make/tokenizer.py
"""

import json
from pathlib import Path

import tokenizers
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

words = "the a fox dog jump ##s ##ed over quick ##ly lazy not is , . ! ? ' un ##believ ##able e ##t ##e".split()
letters = [c for c in "bcdfghijklmnopqrsuvwxyz"] + [f"##{c}" for c in "abcdfghijklmnopqruvwxyz"]
vocabulary = {token: i for i, token in enumerate(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *words, *letters])}
tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
tokenizer.post_processor = processors.TemplateProcessing(
    single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
)
tokenizer.add_special_tokens(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"])
definition = json.loads(tokenizer.to_str())

texts = [
    "The quick fox jumps over the lazy dog.",
    "  Unbelievable,   ÉTÉ!  ",
    "",
    "fox",
    "日本 is not a fox [MASK] 😀",
    "the dog 's lazy dog is not the lazy dog , is the dog quickly jumped over ?",
]
pairs = [[texts[0], texts[3]], [texts[3], texts[0]], [texts[5], texts[5]], [texts[1], ""], ["", ""], [texts[0], texts[5]]]


def encoded(inputs, most):
    tokenizer.enable_truncation(most)
    tokenizer.enable_padding(pad_id=0, pad_token="[PAD]")
    rows = tokenizer.encode_batch([tuple(row) if isinstance(row, list) else row for row in inputs])
    return {
        "inputs": inputs,
        "maxTokens": most,
        "input_ids": [row.ids for row in rows],
        "attention_mask": [row.attention_mask for row in rows],
        "token_type_ids": [row.type_ids for row in rows],
    }


cases = [encoded(texts, 64), encoded(texts, 6), encoded(texts, 2), encoded(pairs, 64), encoded(pairs, 12), encoded(pairs, 9)]
out = {
    "peer": f"tokenizers {tokenizers.__version__}",
    "tolerance": 0,
    "reason": "ids",
    "tokenizer": definition,
    "cases": cases,
}
path = Path(__file__).parents[1] / "tokenizer.json"
path.write_text(json.dumps(out, ensure_ascii=False, separators=(",", ":")) + "\n")
