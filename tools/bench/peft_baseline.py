"""The step that TrainingSpeed times, with transformers and PEFT: pinned in ../requirements.txt.

    python tools/bench/peft_baseline.py CONFIG_DIRECTORY float32|bfloat16 THREADS SEQUENCES LENGTH STEPS
"""
import statistics
import sys
import time

import torch
from peft import LoraConfig, get_peft_model
from transformers import AutoConfig, AutoModelForCausalLM

directory, dtype = sys.argv[1:3]
threads, sequences, length, steps = map(int, sys.argv[3:7])
torch.set_num_threads(threads)
torch.manual_seed(0)
config = AutoConfig.from_pretrained(directory)
base = AutoModelForCausalLM.from_config(config, torch_dtype=getattr(torch, dtype), attn_implementation="sdpa")
model = get_peft_model(base, LoraConfig(r=16, lora_alpha=32, target_modules="all-linear", task_type="CAUSAL_LM"))
model.train()
trained = [p for p in model.parameters() if p.requires_grad]
optimizer = torch.optim.AdamW(trained, lr=1e-4, fused=True)
ids = torch.randint(3, config.vocab_size, (sequences, length + 1))  # length predicted tokens each
wall, processor = [], []
for step in range(-1, steps):  # the first one warms up
    start, before = time.time(), time.process_time()
    optimizer.zero_grad()
    model(ids, labels=ids).loss.backward()
    torch.nn.utils.clip_grad_norm_(trained, 1.0)
    optimizer.step()
    if step >= 0:
        wall.append(time.time() - start)
        processor.append(time.process_time() - before)
seconds = statistics.median(wall)
print("PEFT %-8s median %.3f s, %.3f s of processor time, %.0f tokens/s"
      % (dtype, seconds, statistics.median(processor), sequences * length / seconds))
