"""Trains with TRL's own command-line scripts, in one process so that torch is loaded once.

python train.py MODEL_FOLDER STEPS COMMAND=DATASET_FOLDER ...   (COMMAND: dpo, kto, sft, reward)
Each dataset folder holds its exported trl-COMMAND.yaml, which is used as it is; only the model, the number of steps
and machine settings come from here. Prints one JSON line a training: command, rows, features, losses.
"""
import importlib
import json
import os
import sys
import tempfile

os.environ.update(HF_HUB_OFFLINE="1", CUDA_VISIBLE_DEVICES="", TOKENIZERS_PARALLELISM="false", HF_DATASETS_DISABLE_PROGRESS_BARS="1")


def train(command: str, folder: str, model: str, steps: int) -> dict:
    import transformers

    losses: list[float] = []

    class Watch(transformers.TrainerCallback):
        def on_log(self, args, state, control, logs=None, **kwargs):
            if logs and "loss" in logs:
                losses.append(float(logs["loss"]))

    script = importlib.import_module(f"trl.scripts.{command}")
    here = os.getcwd()
    os.chdir(folder)
    try:
        from datasets import load_dataset

        data = load_dataset("json", data_files="train.jsonl", split="train")
        arguments = ["--config", f"trl-{command}.yaml", "--model_name_or_path", model, "--max_steps", str(steps)]
        arguments += ["--output_dir", tempfile.mkdtemp(), "--report_to", "none", "--use_cpu", "true", "--bf16", "false"]
        arguments += ["--gradient_accumulation_steps", "1", "--logging_steps", "1", "--save_strategy", "no", "--disable_tqdm", "true"]
        arguments += ["--max_length", "128", "--learning_rate", os.environ.get("LEARNING_RATE", "1e-3"), "--gradient_checkpointing", "false"]
        arguments += ["--per_device_train_batch_size", os.environ.get("BATCH", "2")]
        parsed = script.make_parser().parse_args_and_config(arguments)
        original = transformers.Trainer.__init__

        def watched(self, *args, **kwargs):
            original(self, *args, **kwargs)
            self.add_callback(Watch())

        transformers.Trainer.__init__ = watched
        try:
            script.main(*parsed)
        finally:
            transformers.Trainer.__init__ = original
        return {"command": command, "rows": len(data), "columns": sorted(data.column_names), "losses": losses}
    finally:
        os.chdir(here)


if __name__ == "__main__":
    model, steps = os.path.abspath(sys.argv[1]), int(sys.argv[2])
    stdout, sys.stdout = sys.stdout, sys.stderr
    for job in sys.argv[3:]:
        command, folder = job.split("=", 1)
        print(json.dumps(train(command, folder, model, steps)), file=stdout, flush=True)
