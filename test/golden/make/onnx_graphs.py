"""Small ONNX models, and what ONNX's own Python package says of them: test/golden/onnx-graphs.json.

Peer: onnx (its version is in the file). Seed 7 for the weights. Tolerance: none, names and integers.
`embedding` is known by construction: the tensor that enters the last dense layer. Run: python onnx_graphs.py
"""
import base64
import json
import pathlib

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

rng = np.random.default_rng(7)
N, F, H, C = 'N', 5, 4, 3


def weight(name, *shape, dtype=np.float32):
    return numpy_helper.from_array(rng.normal(size=shape).astype(dtype), name)


def value(name, shape, kind=TensorProto.FLOAT):
    return helper.make_tensor_value_info(name, kind, shape)


def model(nodes, initializers, outputs=None, inputs=None, opset=17, **more):
    graph = helper.make_graph(nodes, 'g', inputs or [value('x', [N, F])], outputs or [value('logits', [N, C])], initializers)
    return helper.make_model(graph, opset_imports=more.pop('opsets', None) or [helper.make_opsetid('', opset)], ir_version=8, **more)


node = helper.make_node
hidden = [node('Gemm', ['x', 'w1', 'b1'], ['pre'], transB=1), node('Relu', ['pre'], ['dense'])]
hidden_weights = [weight('w1', H, F), weight('b1', H)]

cases = {}
cases['gemm'] = (model(hidden + [node('Gemm', ['dense', 'w2', 'b2'], ['logits'], transB=1)],
                       hidden_weights + [weight('w2', C, H), weight('b2', C)]), 'dense')
cases['matmul, add, softmax'] = (model(
    hidden + [node('MatMul', ['dense', 'w2'], ['product']), node('Add', ['b2', 'product'], ['scores']),
              node('Identity', ['scores'], ['same']), node('Softmax', ['same'], ['logits'])],
    hidden_weights + [weight('w2', H, C), weight('b2', C)]), 'dense')
cases['weights through Cast'] = (model(
    hidden + [node('Cast', ['w2_16'], ['w2'], to=TensorProto.FLOAT), node('Dropout', ['dense'], ['kept']),
              node('Gemm', ['kept', 'w2', 'b2'], ['logits'])],
    hidden_weights + [weight('w2_16', H, C, dtype=np.float16), weight('b2', C)]), 'kept')
cases['weights through DequantizeLinear'] = (model(
    hidden + [node('DequantizeLinear', ['w2_8', 'scale', 'zero'], ['w2'], axis=0),
              node('Gemm', ['dense', 'w2', 'b2'], ['raw']), node('Div', ['raw', 'temperature'], ['logits'])],
    hidden_weights + [numpy_helper.from_array(rng.integers(-9, 9, (H, C)).astype(np.int8), 'w2_8'), weight('b2', C),
                      numpy_helper.from_array(np.full(H, .1, np.float32), 'scale'),
                      numpy_helper.from_array(np.zeros(H, np.int8), 'zero'),
                      numpy_helper.from_array(np.array(2, np.float32), 'temperature')]), 'dense')
cases['weight on the left'] = (model(
    [node('Transpose', ['x'], ['xt']), node('MatMul', ['w', 'xt'], ['logits'])], [weight('w', C, F)],
    outputs=[value('logits', [C, N])]), 'xt')
cases['one layer only'] = (model([node('Gemm', ['x', 'w', 'b'], ['logits'])], [weight('w', F, C), weight('b', C)]), None)
cases['no dense layer'] = (model([node('Relu', ['x'], ['logits'])], [], outputs=[value('logits', [N, F])]), None)
cases['product of two data tensors'] = (model(
    hidden + [node('Transpose', ['dense'], ['t']), node('MatMul', ['dense', 't'], ['logits'])], hidden_weights,
    outputs=[value('logits', [N, N])]), None)
cases['label first, then probabilities'] = (model(
    hidden + [node('Gemm', ['dense', 'w2'], ['scores']), node('ArgMax', ['scores'], ['label'], axis=1, keepdims=0),
              node('Softmax', ['scores'], ['probabilities'])],
    hidden_weights + [weight('w2', H, C)],
    outputs=[value('label', [N], TensorProto.INT64), value('probabilities', [N, C])]), 'dense')
cases['stored default of an input'] = (model(
    hidden + [node('Gemm', ['dense', 'w2'], ['logits'])], hidden_weights + [weight('w2', H, C)],
    inputs=[value('x', [N, F]), value('w2', [H, C])]), 'dense')
cases['two inputs, open sizes, another operator set'] = (model(
    [node('Concat', ['u', 'v'], ['joined'], axis=1), node('Reshape', ['joined', 'to'], ['flat']),
     node('Gemm', ['flat', 'w'], ['logits'])],
    [weight('w', 4, C), numpy_helper.from_array(np.array([-1, 4], np.int64), 'to')],
    inputs=[value('u', [N, 2]), value('v', [None, 2])], opset=13,
    opsets=[helper.make_opsetid('ai.onnx.ml', 3), helper.make_opsetid('', 13)]), 'flat')

for name, location in {'external data': 'weights/more.bin', 'external data above': '../w.bin',
                       'external data in a graph of a branch': '/etc/w.bin'}.items():
    outside = TensorProto(name='w2', data_type=TensorProto.FLOAT, dims=[H, C], data_location=TensorProto.EXTERNAL)
    outside.external_data.add(key='location', value=location)
    if 'branch' in name:
        branch = helper.make_graph([node('Gemm', ['dense', 'w2'], ['s'])], 'b', [], [value('s', [N, C])], [outside])
        m = model(hidden + [node('If', ['yes'], ['logits'], then_branch=branch, else_branch=branch)],
                  hidden_weights + [numpy_helper.from_array(np.array(True), 'yes')])
        cases[name] = (m, None)
    else:
        cases[name] = (model(hidden + [node('Gemm', ['dense', 'w2'], ['logits'])], hidden_weights + [outside]), 'dense')


def tensor(v):
    t = v.type.tensor_type
    shape = [d.dim_param or d.dim_value or None for d in t.shape.dim]
    return {'name': v.name, 'type': np.dtype(helper.tensor_dtype_to_np_dtype(t.elem_type)).name, 'shape': shape}


def record(name, made, embedding):
    g = made.graph
    stored = {i.name for i in g.initializer}
    aside = {i for n in g.node if n.op_type == 'DequantizeLinear' for i in n.input[1:]}
    counted = [i for i in g.initializer if i.name not in aside and i.data_type not in (TensorProto.INT64, TensorProto.BOOL)]
    if 'external' not in name:
        onnx.checker.check_model(made)
    return {
        'name': name,
        'model': base64.b64encode(made.SerializeToString()).decode(),
        'expected': {
            'irVersion': made.ir_version,
            'opset': next(o.version for o in made.opset_import if o.domain == ''),
            'inputs': [tensor(v) for v in g.input if v.name not in stored],
            'outputs': [tensor(v) for v in g.output],
            'parameters': sum(int(np.prod(i.dims)) for i in counted),
            'sizeBytes': made.ByteSize(),
            'externalData': sorted({e.value for i in g.initializer for e in i.external_data if e.key == 'location'}),
        },
        'embedding': embedding,
    }


out = {'peer': 'onnx', 'version': onnx.__version__, 'seed': 7, 'tolerance': 0, 'reason': 'names and integers',
       'cases': [record(name, *case) for name, case in cases.items()]}
path = pathlib.Path(__file__).parent.parent / 'onnx-graphs.json'
path.write_text(json.dumps(out, indent=1) + '\n')
