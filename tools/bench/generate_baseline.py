"""The answers that DecodingSpeed times, by generate of transformers: pinned in ../requirements.txt.

    python tools/bench/generate_baseline.py CONFIG_DIRECTORY float32|bfloat16 THREADS PROMPTS LENGTH TOKENS RUNS
"""
import statistics
import sys
import time

import torch
from transformers import AutoConfig, AutoModelForCausalLM

directory, dtype = sys.argv[1:3]
threads, prompts, length, tokens, runs = map(int, sys.argv[3:8])
torch.set_num_threads(threads)
torch.manual_seed(0)
config = AutoConfig.from_pretrained(directory)
model = AutoModelForCausalLM.from_config(config, dtype=getattr(torch, dtype), attn_implementation="sdpa").eval()
ids = torch.randint(3, config.vocab_size, (prompts, length))
wall, processor = [], []
for run in range(-1, runs):  # the first one warms up
    start, before = time.time(), time.process_time()
    with torch.inference_mode():
        found = model.generate(ids, attention_mask=torch.ones_like(ids), do_sample=False, max_new_tokens=tokens,
                               min_new_tokens=tokens, pad_token_id=0)
    assert found.shape == (prompts, length + tokens)
    if run >= 0:
        wall.append(time.time() - start)
        processor.append(time.process_time() - before)
print("generate %-8s %2d prompts: median %.1f tokens/s, %.3f s of processor time"
      % (dtype, prompts, prompts * tokens / statistics.median(wall), statistics.median(processor)))
