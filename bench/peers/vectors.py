"""Nearest vectors by usearch and faiss, beside exact search: see ../vector-peer.ts.

    vectors.py vectors.f32 dimensions queries-<share>.f32...

Prints JSON: for each library and setting, build seconds, and for each file of queries milliseconds a query (median) and
the ids of the ten nearest by inner product.
"""

import json
import sys
import time

import faiss
import numpy
import usearch
from usearch.index import Index

TOP = 10
EFFORTS = [16, 64, 256, 1024]

vectors_file, dimensions, *query_files = sys.argv[1:]
vectors = numpy.fromfile(vectors_file, dtype=numpy.float32).reshape(-1, int(dimensions))
queries = [numpy.fromfile(name, dtype=numpy.float32).reshape(-1, int(dimensions)) for name in query_files]
faiss.omp_set_num_threads(1)


def timed(search):
    """Median milliseconds a query and the answers, for each file of queries."""
    answers = []
    for rows in queries:
        took, found = [], []
        for row in rows:
            started = time.perf_counter()
            ids = search(row)
            took.append(1000 * (time.perf_counter() - started))
            found.append([int(one) for one in ids])
        answers.append({"ms": float(numpy.median(took)), "found": found})
    return answers


def built(make):
    started = time.perf_counter()
    index = make()
    return index, time.perf_counter() - started


results = []


def keep(name, effort, seconds, bytes_a_vector, search):
    results.append(
        {"name": name, "effort": effort, "buildSeconds": seconds, "bytes": bytes_a_vector, "answers": timed(search)}
    )


def make_flat():
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)
    return index


flat, seconds = built(make_flat)
keep("faiss flat (exact inner product)", None, seconds, 4 * vectors.shape[1], lambda row: flat.search(row[None], TOP)[1][0])


def make_hnsw():
    index = faiss.IndexHNSWFlat(vectors.shape[1], 16, faiss.METRIC_INNER_PRODUCT)
    index.hnsw.efConstruction = 100
    index.add(vectors)
    return index


hnsw, seconds = built(make_hnsw)
for effort in EFFORTS:
    hnsw.hnsw.efSearch = effort
    keep("faiss HNSW, M = 16", effort, seconds, 4 * vectors.shape[1] + 8 * 16, lambda row: hnsw.search(row[None], TOP)[1][0])


def usearch_of(dtype):
    def make():
        index = Index(ndim=vectors.shape[1], metric="ip", dtype=dtype, connectivity=16, expansion_add=100)
        index.add(numpy.arange(len(vectors)), vectors, threads=1)
        return index

    return make


for dtype in ["f32", "i8"]:
    graph, seconds = built(usearch_of(dtype))
    for effort in EFFORTS:
        graph.expansion_search = effort
        bytes_a_vector = graph.memory_usage / len(vectors)
        keep(f"usearch {dtype}, M = 16", effort, seconds, bytes_a_vector, lambda row: graph.search(row, TOP, threads=1).keys)

peer = f"usearch {usearch.__version__}, faiss {faiss.__version__}, NumPy {numpy.__version__}, Python {sys.version.split()[0]}"
print(json.dumps({"peer": peer, "results": results}))
