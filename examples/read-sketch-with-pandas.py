"""Shows what a sketch file holds, with pandas and pyarrow alone: python examples/read-sketch-with-pandas.py FILE"""
import json
import sys

import pandas as pd
import pyarrow.parquet as pq

file = sys.argv[1]
metadata = json.loads(pq.read_metadata(file).metadata[b'modelhub.sketch'])
print(f"{metadata['rows']} rows, profile {metadata['profile']}, {len(metadata['partitions'])} partitions")

counts = pd.read_parquet(file)
whole = counts[counts['partition'] == 0].groupby('feature')['count'].agg(['size', 'sum'])
for feature, (bins, counted) in whole.iterrows():
    name, kind = (metadata['features'][feature][key] for key in ('name', 'type'))
    print(f'{name} ({kind}): {counted} counted in {bins} bins')
