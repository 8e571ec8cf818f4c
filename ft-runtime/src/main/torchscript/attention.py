# Rotary positions and attention: these lines are appended to the class in decoder.py, which explains the letters.
  # The rotary frequencies of each table, (R/2) each with R = rope_dim; computed once
  def frequency(self, table: int, like: Tensor) -> Tensor:
    if len(self.frequencies) == 0:
      half = self.rope_dim // 2
      exponent = torch.arange(0, self.rope_dim, 2, dtype=6, device=like.device) / self.rope_dim
      stretch = torch.tensor(self.rope_stretch, dtype=6, device=like.device)
      found = annotate(List[Tensor], [])
      for i in range(len(self.rope_theta)):
        found.append(torch.reciprocal(torch.pow(self.rope_theta[i], exponent) * stretch.narrow(0, i * half, half)))
      self.frequencies = found
    return self.frequencies[table]

  # cos and sin of a table's rotary angles: (N) -> (N, 1, R) each
  def angles(self, positions: Tensor, table: int) -> List[Tensor]:
    angle = torch.outer(positions.to(6), self.frequency(table, positions))   # (N, R/2)
    angle = torch.cat([angle, angle], -1).unsqueeze(1)                      # (N, 1, R)
    return [self.half(torch.cos(angle) * self.rope_factor[table]), self.half(torch.sin(angle) * self.rope_factor[table])]

  # cos and sin of every table, one after the other
  def rotary(self, positions: Tensor, shape: List[int]) -> List[Tensor]:
    rope = annotate(List[Tensor], [])
    if self.rope_far:
      cos = annotate(List[Tensor], [])
      sin = annotate(List[Tensor], [])
      start = 0
      for g in range(len(shape) // 3):
        n = shape[3 * g] * shape[3 * g + 1]
        own = self.angles(positions.narrow(0, start, n), shape[3 * g + 2] - 1)
        cos.append(own[0])
        sin.append(own[1])
        start = start + n
      rope = [torch.cat(cos, 0), torch.cat(sin, 0)]
    else:
      for table in range(len(self.rope_theta)):
        rope = rope + self.angles(positions, table)
    return rope

  def rotate(self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:          # (N, heads, R)
    x1, x2 = torch.chunk(x, 2, -1)
    return x * cos + torch.cat([torch.neg(x2), x1], -1) * sin

  # Tokens attend only backwards, so they do not see the padding at the end of a document. -> (N, H E)
  def attention(self, qkv: List[Tensor], i: int, shape: List[int]) -> Tensor:
    count = len(shape) // 3
    if count == 1:
      return self.attend(qkv[0], qkv[1], qkv[2], i, shape[1])
    sizes = annotate(List[int], [])
    for g in range(count):
      sizes.append(shape[3 * g] * shape[3 * g + 1])
    q = torch.split_with_sizes(qkv[0], sizes, 0)
    k = torch.split_with_sizes(qkv[1], sizes, 0)
    v = torch.split_with_sizes(qkv[2], sizes, 0)
    parts = annotate(List[Tensor], [])
    for g in range(count):
      parts.append(self.attend(q[g], k[g], v[g], i, shape[3 * g + 1]))
    return torch.cat(parts, 0)

  # The same for documents of t tokens
  def attend(self, q: Tensor, k: Tensor, v: Tensor, i: int, t: int) -> Tensor:
    e = self.head_dim
    groups = self.heads // self.kv_heads
    window = 0
    if self.sliding[i] > 0 and self.window < t:
      window = self.window
    q = q.view([-1, t, self.heads, e]).transpose(1, 2)                      # (B, H, T, E)
    k = k.view([-1, t, self.kv_heads, e]).transpose(1, 2)                   # (B, K, T, E)
    v = v.view([-1, t, self.kv_heads, e]).transpose(1, 2)
    # Short documents: the fused kernel is slower than three products. It supports neither windows nor caps.
    if t > self.fused_above and window == 0 and self.attention_cap == 0.:
      # Repeat keys and values, because enable_gqa selects the kernel that keeps all scores.
      k = torch.repeat_interleave(k, groups, 1)
      v = torch.repeat_interleave(v, groups, 1)
      o = torch.scaled_dot_product_attention(q, k, v, None, 0., True, scale=self.attention_scale)
    else:
      o = self.blocks(q, k.reshape([-1, t, e]), v.reshape([-1, t, e]), 0, t, window)
    return o.transpose(1, 2).reshape([-1, self.heads * e])

  # The queries q (B, H, T, E) of tokens after p others, 256 at once, k and v (B K, p + T, E): (B, H, T, E)
  def blocks(self, q: Tensor, k: Tensor, v: Tensor, p: int, t: int, window: int) -> Tensor:
    if not self.bf16:
      q = q * self.attention_scale
    parts = annotate(List[Tensor], [])
    for block in range((t + 255) // 256):
      start = 256 * block
      end = start + 256
      if end > t:
        end = t
      first = 0
      if window > 0 and p + start >= window:
        first = p + start - window + 1
      parts.append(self.scores(q.narrow(2, start, end - start), k.narrow(1, first, p + end - first), v.narrow(1, first, p + end - first), p + start - first, window))
    o = parts[0]
    if len(parts) > 1:
      o = torch.cat(parts, 2)
    return o

  # Queries (B T, H, E) of tokens after p others, whose keys and values come first in k, v (B, K, at least p + T, E)
  def attend_behind(self, q: Tensor, k: Tensor, v: Tensor, i: int, p: int, t: int) -> Tensor:
    e = self.head_dim
    window = 0
    if self.sliding[i] > 0 and self.window < p + t:
      window = self.window
    q = q.view([-1, t, self.heads, e]).transpose(1, 2)
    k = k.narrow(2, 0, p + t).reshape([-1, p + t, e])
    v = v.narrow(2, 0, p + t).reshape([-1, p + t, e])
    return self.blocks(q, k, v, p, t, window).transpose(1, 2).reshape([-1, self.heads * e])

  # The queries q (B, H, n, E), the first of which stands at key number offset of k, v (B K, m, E): (B, H, n, E)
  def scores(self, q: Tensor, k: Tensor, v: Tensor, offset: int, window: int) -> Tensor:
    n = q.size(2)
    m = k.size(1)
    groups = self.heads // self.kv_heads
    never = torch.full([n, m], -float("inf"), dtype=6, device=q.device)
    mask = torch.triu(never, offset + 1)
    if window > 0:
      mask = mask + torch.tril(never, offset - window)
    mask = mask.repeat([groups, 1])
    q = q.reshape([-1, groups * n, self.head_dim])                          # (B K, H/K n, E)
    if self.attention_cap > 0. and self.bf16:
      s = torch.bmm(q, k.transpose(1, 2)).to(6) * self.attention_scale
      s = self.half(torch.tanh(s / self.attention_cap) * self.attention_cap + mask)
    elif self.bf16:
      # softmax itself computes in float32
      s = torch.baddbmm(self.half(mask), q, k.transpose(1, 2), beta=1, alpha=self.attention_scale)
    elif self.attention_cap > 0.:
      s = torch.tanh(torch.bmm(q, k.transpose(1, 2)) / self.attention_cap) * self.attention_cap + mask
    else:
      s = torch.baddbmm(mask, q, k.transpose(1, 2))
    p = torch.softmax(s.view([-1, n, m]), -1)
    return torch.bmm(p.view([-1, groups * n, m]), v).view([-1, self.heads, n, self.head_dim])
