"""Small .npy files as NumPy writes them: test/golden/npy.json.

Peer: numpy (its version is in the file). No randomness. Tolerance: none, bytes. Run: python npy.py
"""
import base64
import io
import json
import pathlib

import numpy as np
from numpy.lib import format as npy


def file(array, version=None):
    out = io.BytesIO()
    npy.write_array(out, np.asarray(array), version=version)
    return base64.b64encode(out.getvalue()).decode()


def case(name, array, version=None):
    array = np.asarray(array)
    values = array.view(np.uint16) if array.dtype == np.float16 else array
    return {'name': name, 'type': array.dtype.name, 'shape': list(array.shape),
            'values': [str(int(v)) if values.dtype.kind in 'iub' else float(v) for v in values.ravel()],
            'version': version or (1, 0), 'file': file(array, version)}


types = ['float32', 'float64', 'float16', 'int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'uint32', 'uint64', 'bool']
cases = [case(t, np.array([[0, 1, 2], [3, 1, 5]]).astype(t)) for t in types]
cases += [
    case('extremes of int64', np.array([-2**63, 2**63 - 1], np.int64)),
    case('one dimension', np.arange(7, dtype=np.float32)),
    case('a single number', np.float32(1.5)),
    case('no rows', np.zeros((0, 4), np.float32)),
    case('images', np.arange(24, dtype=np.float32).reshape(2, 3, 2, 2) / 8),
    case('format 2.0', np.arange(6, dtype=np.float32).reshape(3, 2), (2, 0)),
]
refused = [
    {'name': 'big-endian', 'code': 'COLUMN_TYPE', 'file': file(np.arange(3, dtype='>f4'))},
    {'name': 'Fortran order', 'code': 'COLUMN_TYPE', 'file': file(np.asfortranarray(np.ones((2, 3), np.float32)))},
    {'name': 'structured', 'code': 'COLUMN_TYPE', 'file': file(np.zeros(2, dtype=[('a', 'f4'), ('b', 'i4')]))},
    {'name': 'text', 'code': 'COLUMN_TYPE', 'file': file(np.array(['a', 'bc']))},
    {'name': 'complex', 'code': 'COLUMN_TYPE', 'file': file(np.zeros(2, np.complex64))},
    {'name': 'format 3.0', 'code': 'FILE_DAMAGED', 'file': file(np.arange(3, dtype=np.float32), (3, 0))},
]
out = {'peer': 'numpy', 'version': np.__version__, 'seed': None, 'tolerance': 0, 'reason': 'bytes', 'cases': cases, 'refused': refused}
path = pathlib.Path(__file__).parent.parent / 'npy.json'
path.write_text(json.dumps(out, indent=1) + '\n')
