"""DPO with TRL; prints loss and accuracy on held-out pairs every few steps: dpo-curve.py MODEL TRAIN TEST STEPS"""
import json
import os
import sys
import tempfile

os.environ.update(HF_HUB_OFFLINE="1", CUDA_VISIBLE_DEVICES="", HF_DATASETS_DISABLE_PROGRESS_BARS="1")
from datasets import load_dataset  # noqa: E402
from transformers import AutoModelForCausalLM, AutoTokenizer, set_seed  # noqa: E402
from trl import DPOConfig, DPOTrainer  # noqa: E402

model, train, test, steps = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
set_seed(0)
config = DPOConfig(
    output_dir=tempfile.mkdtemp(), max_steps=steps, per_device_train_batch_size=8, per_device_eval_batch_size=32, learning_rate=1e-3,
    lr_scheduler_type="constant", eval_strategy="steps", eval_steps=steps // 8, save_strategy="no", report_to=[], use_cpu=True, bf16=False,
    max_length=128, beta=0.5, disable_tqdm=True, gradient_checkpointing=False, logging_steps=1000, seed=0,
)
trainer = DPOTrainer(
    AutoModelForCausalLM.from_pretrained(model), args=config, processing_class=AutoTokenizer.from_pretrained(model),
    train_dataset=load_dataset("json", data_files=train, split="train"), eval_dataset=load_dataset("json", data_files=test, split="train"),
)
trainer.train()
points = [
    {"step": log["step"], "loss": log["eval_loss"], "accuracy": log["eval_rewards/accuracies"]}
    for log in trainer.state.log_history if "eval_loss" in log
]
print(json.dumps(points))
