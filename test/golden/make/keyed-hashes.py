"""Makes ../keyed-hashes.json: HMAC-SHA-256 of Python's hmac and hashlib, first four bytes little-endian."""
import hashlib
import hmac
import json
import pathlib
import platform

KEY = bytes(range(32))


def mac(text):
    return hmac.new(KEY, text.encode(), hashlib.sha256).digest()


texts = ['', 'red', 'Straße', '日本語', 'a' * 200]
out = {
    'peer': f'hmac of Python {platform.python_version()}', 'seed': None, 'tolerance': 0, 'why': 'integers',
    'key': KEY.hex(), 'keyId': mac('modelhub key id').hex()[:16],
    'cases': [{'text': text, 'hash': int.from_bytes(mac(text)[:4], 'little')} for text in texts],
}
pathlib.Path(__file__).parent.parent.joinpath('keyed-hashes.json').write_text(json.dumps(out) + '\n')
