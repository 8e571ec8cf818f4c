# Reads quantized weights: these lines are appended to a class; code and dynamic are its attributes.
  # Bytes from conversion.py or bitsandbytes: format 1 NF4 with scales of 8 bits (4: from a CPU), 2 NF4,
  # 3 int8. The result is rounded to dtype.
  def dequantize(self, raw: Tensor, format: int, rows: int, columns: int, dtype: int) -> Tensor:
    n = rows * columns
    if format == 3:
      q = torch.view_copy(raw.narrow(0, 0, n), dtype=1).to(6).view([rows, columns])
      w = q * self.floats(raw, n, rows).unsqueeze(1) * 7.874015718698502e-3   # 1 / 127
      return w
    half = (n + 1) // 2
    blocks = (n + 63) // 64
    if format == 1 or format == 4:
      nested = (blocks + 255) // 256
      last = self.floats(raw, half + blocks, nested + 1)
      values = torch.tensor(self.dynamic, dtype=6, device=raw.device).unsqueeze(1)
      if format == 4:
        values = torch.cat([torch.neg(torch.ones_like(values.narrow(0, 0, 1))), values.narrow(0, 1, 255)], 0)
      scale = torch.embedding(values, raw.narrow(0, half, blocks).to(3)).view([-1])
      coarse = torch.repeat_interleave(last.narrow(0, 0, nested), 256, 0).narrow(0, 0, blocks)
      scale = scale * coarse + torch.select(last, 0, nested)
    else:
      scale = self.floats(raw, half, blocks)
    code = torch.tensor(self.code, dtype=6, device=raw.device)
    pairs = torch.stack([torch.repeat_interleave(code, 16, 0), code.repeat([16])], 1)      # (256, 2): byte -> elements
    w = torch.embedding(pairs, raw.narrow(0, 0, half).to(3)).view([-1])
    if n % 64 == 0:
      w = w.view([blocks, 64]) * scale.unsqueeze(1)
    else:
      w = w.narrow(0, 0, n) * torch.repeat_interleave(scale, 64, 0).narrow(0, 0, n)
    if dtype != 6:
      w = w.to(dtype).to(6)
    return w.view([rows, columns])

  # The float32 values that follow start bytes, from the next multiple of 4 on
  def floats(self, raw: Tensor, start: int, count: int) -> Tensor:
    return torch.view_copy(raw.narrow(0, (start + 3) // 4 * 4, 4 * count), dtype=6)

  # The same: entry point for callers outside the script; how holds format, rows, columns and dtype
  def dequantized(self, raw: Tensor, how: Tensor) -> Tensor:
    return self.dequantize(raw, int(torch.select(how, 0, 0)), int(torch.select(how, 0, 1)), int(torch.select(how, 0, 2)), int(torch.select(how, 0, 3)))
