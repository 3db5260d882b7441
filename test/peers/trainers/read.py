"""Opens each dataset folder as a user would, load_dataset(FOLDER), and prints rows and features by split as JSON lines."""
import json
import os
import sys

os.environ.update(HF_HUB_OFFLINE="1", HF_DATASETS_DISABLE_PROGRESS_BARS="1")
from datasets import load_dataset  # noqa: E402

for folder in sys.argv[1:]:
    data = load_dataset(folder)
    splits = {name: {"rows": len(part), "features": {key: str(kind) for key, kind in part.features.items()}} for name, part in data.items()}
    print(json.dumps({"folder": os.path.basename(folder), "splits": splits, "first": data["train"][0]}))
