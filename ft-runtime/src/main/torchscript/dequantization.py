# Reads quantized weights: these lines are appended to a class; code, dynamic and tables are its attributes.
  # The elements of each byte (256, 2), and the quantized scales (256, 1) of formats 1 and 4; made once
  def table(self, which: int, like: Tensor) -> Tensor:
    if len(self.tables) == 0:
      code = torch.tensor(self.code, dtype=6, device=like.device)
      pairs = torch.stack([torch.repeat_interleave(code, 16, 0), code.repeat([16])], 1)
      scales = torch.tensor(self.dynamic, dtype=6, device=like.device).unsqueeze(1)
      lowest = torch.neg(torch.ones_like(scales.narrow(0, 0, 1)))
      self.tables = [pairs, scales, torch.cat([lowest, scales.narrow(0, 1, 255)], 0)]
    return self.tables[which]

  # Bytes from conversion.py or bitsandbytes: format 1 NF4 with scales of 8 bits (4: from a CPU), 2 NF4,
  # 3 int8. The result is rounded to dtype.
  def dequantize(self, raw: Tensor, format: int, rows: int, columns: int, dtype: int) -> Tensor:
    n = rows * columns
    if format == 3:
      q = torch.view_copy(raw.narrow(0, 0, n), dtype=1).to(6).view([rows, columns])
      return q.mul_(self.floats(raw, n, rows).unsqueeze(1)).mul_(7.874015718698502e-3)   # 1 / 127
    half = (n + 1) // 2
    blocks = (n + 63) // 64
    if format == 1 or format == 4:
      nested = (blocks + 255) // 256
      last = self.floats(raw, half + blocks, nested + 1)
      scale = torch.embedding(self.table(1 if format == 1 else 2, raw), raw.narrow(0, half, blocks).to(3)).view([-1])
      coarse = torch.repeat_interleave(last.narrow(0, 0, nested), 256, 0).narrow(0, 0, blocks)
      scale = scale * coarse + torch.select(last, 0, nested)
    else:
      scale = self.floats(raw, half, blocks)
    w = torch.embedding(self.table(0, raw), raw.narrow(0, 0, half).to(3)).view([-1])
    if n % 64 == 0:
      w = w.view([blocks, 64]).mul_(scale.unsqueeze(1))
    else:
      w = w.narrow(0, 0, n) * torch.repeat_interleave(scale, 64, 0).narrow(0, 0, n)
    if dtype != 6:
      w = w.to(dtype).to(6)
    return w.view([rows, columns])

  # The float32 values that follow start bytes, from the next multiple of 4 on
  def floats(self, raw: Tensor, start: int, count: int) -> Tensor:
    return torch.view_copy(raw.narrow(0, (start + 3) // 4 * 4, 4 * count), dtype=6)
