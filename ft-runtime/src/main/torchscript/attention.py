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

  # The same, and last, for flash attention, the row at which each document begins and the last one ends: (B + 1) int32
  def places(self, positions: Tensor, shape: List[int]) -> List[Tensor]:
    places = self.rotary(positions, shape)
    if self.flash:
      borders = annotate(List[Tensor], [])
      start = 0
      for g in range(len(shape) // 3):
        end = start + shape[3 * g] * shape[3 * g + 1]
        borders.append(torch.arange(start, end, shape[3 * g + 1], dtype=3, device=positions.device))
        start = end
      borders.append(torch.full([1], start, dtype=3, device=positions.device))
      places.append(torch.cat(borders, 0))
    return places

  def rotate(self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:          # (N, heads, R)
    x1, x2 = torch.chunk(x, 2, -1)
    return x * cos + torch.cat([torch.neg(x2), x1], -1) * sin

  # Tokens attend only backwards, so they do not see the padding at the end of a document. -> (N, H E)
  def attention(self, qkv: List[Tensor], i: int, places: List[Tensor], shape: List[int]) -> Tensor:
    if self.flash:
      return self.attend_at_once(qkv[0], qkv[1], qkv[2], i, places[len(places) - 1], shape)
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

  # The same for documents of all lengths in one kernel, which needs neither copies of keys and values nor padding
  def attend_at_once(self, q: Tensor, k: Tensor, v: Tensor, i: int, borders: Tensor, shape: List[int]) -> Tensor:
    longest = 0
    for g in range(len(shape) // 3):
      longest = max(longest, shape[3 * g + 1])
    left = -1
    if self.sliding[i] > 0 and self.window < longest:
      left = self.window - 1
    o, lse, state, unused, debug = torch._flash_attention_forward(q, k, v, borders, borders, longest, longest, 0., True, False, scale=self.attention_scale, window_size_left=left, window_size_right=0, seqused_k=None, alibi_slopes=None)
    return o.reshape([-1, self.heads * self.head_dim])

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

  # What libtorch chooses for documents on this device: 0 products of matrices, 1 flash, 2 its memory-efficient kernel, 3 cuDNN
  def choice(self, like: Tensor) -> int:
    torch.set_grad_enabled(True)
    q = self.leaf(torch.zeros([1, self.heads, 512, self.head_dim], dtype=15 if self.bf16 else 6, device=like.device))
    choice = torch._fused_sdp_choice(q, q, q, None, 0., True, scale=self.attention_scale)
    torch.set_grad_enabled(False)
    return choice

  # Computes documents at once from now on, or no longer.
  def use_flash(self, on: bool) -> int:
    self.flash = on
    return 0

  # How far attention and its gradients at once are from those of products, as a part of the largest value, for three
  # documents of two lengths: the most of a layer with a window and one without. Afterwards the program is of no other use.
  def difference(self, like: Tensor) -> Tensor:
    torch.set_grad_enabled(True)
    self.window = min(self.window, 24)
    self.fused_above = 1048576
    shape = [2, 8, 1, 1, 40, 1]
    widths = [self.heads, self.kv_heads, self.kv_heads]
    qkv = annotate(List[Tensor], [])
    for j in range(3):
      # As irregular as noise: sums that cancel would show only the rounding of products.
      wave = torch.sin(torch.arange(56 * widths[j] * self.head_dim, dtype=6, device=like.device).square() * (0.37 + 0.11 * j))
      qkv.append(self.leaf(wave.view([56, widths[j], self.head_dim]).to(15)))
    most = torch.zeros([], dtype=6, device=like.device)
    for i in range(self.layers):
      if i == 0 or (self.sliding[i] != self.sliding[0] and self.sliding[i] != self.sliding[i - 1]):
        found = annotate(List[Tensor], [])
        for on in [True, False]:
          self.flash = on
          o = self.attention(qkv, i, self.places(torch.arange(56, device=like.device), shape), shape)
          g = torch.cos(torch.arange(o.numel(), dtype=6, device=like.device).square()).view(o.size()).to(15)
          found.append(o.detach().to(6))
          for x in torch.grad([o], qkv, annotate(List[Optional[Tensor]], [g]), None, False, False):
            found.append(unchecked_cast(Tensor, x).to(6))
        for j in range(4):
          largest = torch.linalg_vector_norm(found[4 + j], float("inf"))
          most = torch.maximum(most, torch.linalg_vector_norm(found[j] - found[4 + j], float("inf")) / largest)
    torch.set_grad_enabled(False)
    return most
