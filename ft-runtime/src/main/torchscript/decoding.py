# Greedy decoding and scoring of continuations: these lines are appended to the class in decoder.py, which explains the
# letters.
  # The keys and values of every layer for the P tokens of a common prefix of several prompts, each (1, K, P, E)
  def begin(self, ids: Tensor, positions: Tensor, shape: List[int], weights: List[Tensor], adapter: List[Tensor]) -> List[Tensor]:
    torch.set_grad_enabled(False)
    self.seeds = annotate(List[int], [])
    rope = self.places(positions, shape)
    past = annotate(List[Tensor], [])
    h = self.embed(ids, weights[0])
    for i in range(self.layers):
      w = self.near(i, i + 1, weights)
      qkv = self.qkv(h, i, rope, w, adapter)
      past.append(qkv[1].unsqueeze(0).transpose(1, 2).contiguous())
      past.append(qkv[2].unsqueeze(0).transpose(1, 2).contiguous())
      h = self.after_attention(h, self.attention(qkv, i, rope, shape), i, w, adapter)
    return past

  # Prompts as a cache for decoding or scoring continuations: the keys and values of every layer, each
  # (B, K, P + T + room, E), for B prompts in one group of T tokens, and last the output for the requested rows, (S, D).
  # past is the result of begin for P tokens before each of them; [an empty tensor] for none.
  def read(self, ids: Tensor, positions: Tensor, shape: List[int], rows: Tensor, room: int, past: List[Tensor], weights: List[Tensor], adapter: List[Tensor]) -> List[Tensor]:
    b = shape[0]
    t = shape[1]
    p = 0
    if past[0].dim() == 4:
      p = past[0].size(2)
    e = self.head_dim
    rope = self.places(positions, shape)
    cache = annotate(List[Tensor], [])
    h = self.embed(ids, weights[0])
    for i in range(self.layers):
      w = self.near(i, i + 1, weights)
      qkv = self.qkv(h, i, rope, w, adapter)
      k = torch.zeros([b, self.kv_heads, p + t + room, e], dtype=h.dtype, device=h.device)
      v = torch.zeros_like(k)
      k.narrow(2, p, t).copy_(qkv[1].view([b, t, self.kv_heads, e]).transpose(1, 2))
      v.narrow(2, p, t).copy_(qkv[2].view([b, t, self.kv_heads, e]).transpose(1, 2))
      cache.append(k)
      cache.append(v)
      if p > 0:
        k.narrow(2, 0, p).copy_(past[2 * i])
        v.narrow(2, 0, p).copy_(past[2 * i + 1])
        o = self.attend_behind(qkv[0], k, v, i, p, t)
      else:
        o = self.attention(qkv, i, rope, shape)
      h = self.after_attention(h, o, i, w, adapter)
    cache.append(torch.index_select(h, 0, rows))
    return cache

  # The role of each cell of a cache for B prompts of up to T tokens: its position, and whether it is empty, (B, cells)
  # each. A prompt fills cells up to its length (B); generated tokens of all rows go to the same cell T + s.
  def cells(self, lengths: Tensor, t: int, count: int) -> List[Tensor]:
    cells = torch.arange(count, device=lengths.device).unsqueeze(0)
    place = torch.where(cells < t, cells, lengths.unsqueeze(1) + cells - t)
    return [place, torch.logical_and(cells >= lengths.unsqueeze(1), cells < t)]

  # The mask that is added to scores: 0 for visible cells, -inf for empty ones. (B, cells) -> (B, 1, 1, cells)
  def mask(self, hidden: Tensor) -> Tensor:
    zero = torch.zeros_like(hidden, dtype=6)
    return zero.masked_fill(hidden, -float("inf")).view([hidden.size(0), 1, 1, -1])

  # The logits after B tokens, token number s of their continuations, which go into cell T + s: (B, V)
  def next(self, token: Tensor, s: int, t: int, lengths: Tensor, table: int, cells: List[Tensor], mask: Tensor, cache: List[Tensor], weights: List[Tensor], adapter: List[Tensor]) -> Tensor:
    b = token.size(0)
    e = self.head_dim
    queries = self.heads // self.kv_heads
    position = lengths + s
    rope = self.rotary(position, [b, 1, table])
    near = mask
    if self.window > 0:
      near = self.mask(torch.logical_or(cells[1], cells[0] <= position.unsqueeze(1) - self.window))
    h = self.embed(token, weights[0])                                       # (B, D)
    for i in range(self.layers):
      w = self.near(i, i + 1, weights)
      qkv = self.qkv(h, i, rope, w, adapter)
      cache[2 * i].select(2, t + s).copy_(qkv[1])
      cache[2 * i + 1].select(2, t + s).copy_(qkv[2])
      k = cache[2 * i].narrow(2, 0, t + s + 1)
      v = cache[2 * i + 1].narrow(2, 0, t + s + 1)
      q = qkv[0].reshape([b, self.kv_heads, queries, e])
      if self.bf16:
        x = torch.matmul(q, k.transpose(2, 3)).to(6) * self.attention_scale
      else:
        x = torch.matmul(q * self.attention_scale, k.transpose(2, 3))       # (B, K, H/K, T + s + 1)
      if self.attention_cap > 0.:
        x = torch.tanh(x / self.attention_cap) * self.attention_cap
      x = x + (near if self.sliding[i] > 0 else mask).narrow(3, 0, t + s + 1)
      o = torch.matmul(self.half(torch.softmax(x, -1)), v).view([b, self.heads * e])
      h = self.after_attention(h, o, i, w, adapter)
    return self.head(h, weights)

  # Greedy continuations of B prompts in one group of T tokens: (B, at most limit), stop from the first stop token on.
  # last (B) names each prompt's last token, lengths (B) its length with the P of past.
  def generate(self, ids: Tensor, positions: Tensor, shape: List[int], last: Tensor, lengths: Tensor, limit: int, stop: int, past: List[Tensor], weights: List[Tensor], adapter: List[Tensor]) -> Tensor:
    torch.set_grad_enabled(False)
    self.seeds = annotate(List[int], [])
    cache = self.read(ids, positions, shape, last, limit, past, weights, adapter)
    t = cache[0].size(2) - limit
    token = torch.argmax(self.head(cache[2 * self.layers], weights), -1)    # (B)
    cells = self.cells(lengths, t, t + limit)
    mask = self.mask(cells[1])
    out = [token]
    done = token == stop
    s = 0
    going = limit > 1 and not bool(torch.all(done))
    while going:
      z = self.next(token, s, t, lengths, shape[2], cells, mask, cache, weights, adapter)
      token = torch.where(done, stop, torch.argmax(z, -1))
      done = torch.logical_or(done, token == stop)
      out.append(token)
      s = s + 1
      going = s + 1 < limit
      if going and s % self.patience == 0:
        going = not bool(torch.all(done))
    return torch.stack(out, 1)

  # The same one token at a time, for one prompt: its cache with room for limit tokens, and last the first of them (1)
  def open(self, ids: Tensor, positions: Tensor, shape: List[int], last: Tensor, limit: int, weights: List[Tensor], adapter: List[Tensor]) -> List[Tensor]:
    torch.set_grad_enabled(False)
    self.seeds = annotate(List[int], [])
    cache = self.read(ids, positions, shape, last, limit, [torch.zeros([0])], weights, adapter)
    cache[2 * self.layers] = torch.argmax(self.head(cache[2 * self.layers], weights), -1)
    return cache

  # The token after token number s (1) of the continuation of a prompt of length (1) tokens: (1)
  def advance(self, token: Tensor, s: int, shape: List[int], length: Tensor, cache: List[Tensor], weights: List[Tensor], adapter: List[Tensor]) -> Tensor:
    torch.set_grad_enabled(False)
    self.seeds = annotate(List[int], [])
    cells = self.cells(length, shape[1], cache[0].size(2))
    return torch.argmax(self.next(token, s, shape[1], length, shape[2], cells, self.mask(cells[1]), cache, weights, adapter), -1)

  # The cross-entropies in nats of the tokens predicted at rows (S), of B documents in one group after past: (S)
  def losses(self, ids: Tensor, positions: Tensor, shape: List[int], rows: Tensor, targets: Tensor, past: List[Tensor], weights: List[Tensor], adapter: List[Tensor]) -> Tensor:
    torch.set_grad_enabled(False)
    self.seeds = annotate(List[int], [])
    cache = self.read(ids, positions, shape, rows, 0, past, weights, adapter)
    return torch.cross_entropy_loss(self.head(cache[2 * self.layers], weights), targets, None, 0, -100, 0.)
