def log = new File(basedir, "build.log").text
assert log.contains('''Fine-tuning warm-or-cold: LoRA of rank 16, alpha 32, on all linear layers.''')
assert log.contains('''Dataset: train on data/train.jsonl; validate on nothing; test on data/test.jsonl.''')
assert log.contains('''Training: 60 epochs, batch size 8, learning rate 0.01, seed 42; then 2 acceptance rules.''')
assert log.contains('Base model: src/main/ft/model, 2 layers of width 32, ')
// Nothing that the engine needs was resolved for this goal, and nothing was written.
assert !log.contains('ai/djl')
assert !new File(basedir, "target/ft").exists()
