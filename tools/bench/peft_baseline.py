"""The step that TrainingSpeed times, with transformers and PEFT: pinned in ../requirements.txt.

    python tools/bench/peft_baseline.py CONFIG_DIRECTORY float32|bfloat16 THREADS LENGTHS STEPS

LENGTHS are those of the sequences, with commas between; the shorter ones are padded, as transformers' collator does.
"""
import resource
import statistics
import sys
import time

import torch
from peft import LoraConfig, get_peft_model
from transformers import AutoConfig, AutoModelForCausalLM

directory, dtype = sys.argv[1:3]
threads, steps = int(sys.argv[3]), int(sys.argv[5])
lengths = [int(length) for length in sys.argv[4].split(",")]
torch.set_num_threads(threads)
torch.manual_seed(0)
config = AutoConfig.from_pretrained(directory)
base = AutoModelForCausalLM.from_config(config, torch_dtype=getattr(torch, dtype), attn_implementation="sdpa")
model = get_peft_model(base, LoraConfig(r=16, lora_alpha=32, target_modules="all-linear", task_type="CAUSAL_LM"))
model.train()
trained = [p for p in model.parameters() if p.requires_grad]
optimizer = torch.optim.AdamW(trained, lr=1e-4, fused=True)
ids = torch.randint(3, config.vocab_size, (len(lengths), max(lengths) + 1))  # as many predicted tokens as the length
mask = torch.arange(max(lengths) + 1) <= torch.tensor(lengths).unsqueeze(1)
batch = {"input_ids": ids, "labels": torch.where(mask, ids, -100)}
if min(lengths) < max(lengths):
    batch["attention_mask"] = mask.long()
wall, processor = [], []
for step in range(-1, steps):  # the first one warms up
    start, before = time.time(), time.process_time()
    optimizer.zero_grad()
    model(**batch).loss.backward()
    torch.nn.utils.clip_grad_norm_(trained, 1.0)
    optimizer.step()
    if step >= 0:
        wall.append(time.time() - start)
        processor.append(time.process_time() - before)
seconds = statistics.median(wall)
print("PEFT %-8s median %.3f s, %.3f s of processor time, %.0f tokens/s, peak %d MiB"
      % (dtype, seconds, statistics.median(processor), sum(lengths) / seconds,
         resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10))
