# A Llama decoder, its loss, its gradients and its greedy decoding, in TorchScript.
#
#   N  tokens of all documents, one after the other      B  documents     T  tokens of the longest document
#   D  hidden size   H  query heads   K  key and value heads   E  head size   F  feed-forward size   V  vocabulary
#   S  supervised tokens   r  LoRA rank   L  layers
#
# Weights are lists of tensors: the embedding (V, D); nine a layer, in the order of LAYER below; the last norm (D);
# the head (V, D) unless it is tied to the embedding. An adapter is a list of pairs A (r, in), B (out, r), layer by
# layer; the list [an empty tensor] stands for none.
#
# LAYER: 0 input_layernorm  1 q_proj  2 k_proj  3 v_proj  4 o_proj  5 post_attention_layernorm
#        6 gate_proj  7 up_proj  8 down_proj
#
# In archives dtypes are numbers (6 float32), and an in-place operation on a list that
# the code itself built is dropped silently: lists that change are whole arguments.
class Decoder(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  layers : int
  heads : int
  kv_heads : int
  head_dim : int
  norm_eps : float
  rope_theta : float
  tied : bool
  full : bool            # every weight is trained, and there is no adapter
  pairs : List[int]      # for each entry of LAYER of each layer its pair in the adapter, or -1
  scale : float          # alpha / r
  fold : bool            # compute W + s B A first: cheaper where r is not small beside in and out
  dropout : float
  recompute : bool       # keep only the layers' inputs, and run each layer again in the backward pass
  seed : int             # of this pass's dropout; negative for none

  # ---- the model ----------------------------------------------------------------------------------------------

  def rms_norm(self, x: Tensor, weight: Tensor) -> Tensor:
    return torch.rms_norm(x, [x.size(-1)], weight, self.norm_eps)

  # y = x W^T, and + s (x A^T) B^T where the layer is adapted, for the entries first..last-1 of LAYER side by side:
  # (N, in) -> (N, sum of out)
  def linear(self, x: Tensor, layer: int, first: int, last: int, weights: List[Tensor], adapter: List[Tensor]) -> Tensor:
    adapted = adapter[0].numel() > 0
    parts = annotate(List[Tensor], [])
    for j in range(first, last):
      w = weights[1 + 9 * layer + j]
      pair = self.pairs[9 * layer + j]
      if adapted and pair >= 0:
        a = adapter[2 * pair]
        b = adapter[2 * pair + 1]
        if self.fold:
          w = torch.addmm(w, b, a, beta=1, alpha=self.scale)
        else:
          xa = x
          if self.dropout > 0. and self.seed >= 0:
            # The seed is a function of the place, so that a second run of the layer draws the same mask.
            torch.manual_seed((self.seed * self.layers + layer) * 9 + j)
            xa = torch.dropout(x, self.dropout, True)
          w = torch.addmm(torch.linear(x, w), torch.linear(xa, a), b.t(), beta=1, alpha=self.scale)
      elif not self.fold:
        w = torch.linear(x, w)
      parts.append(w)
    joined = parts[0]
    if last - first > 1:
      joined = torch.cat(parts, 0 if self.fold else 1)
    if self.fold:
      joined = torch.linear(x, joined)
    return joined

  # cos and sin of the rotary angles: (N) -> (N, 1, E) each
  def rotary(self, positions: Tensor) -> Tuple[Tensor, Tensor]:
    exponent = torch.arange(0, self.head_dim, 2, dtype=6, device=positions.device) / self.head_dim
    frequency = torch.reciprocal(torch.pow(self.rope_theta, exponent))      # (E/2)
    angle = torch.outer(positions.to(6), frequency)                         # (N, E/2)
    angle = torch.cat([angle, angle], -1).unsqueeze(1)                      # (N, 1, E)
    return (torch.cos(angle), torch.sin(angle))

  def rotate(self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:          # (N, heads, E)
    x1, x2 = torch.chunk(x, 2, -1)
    return x * cos + torch.cat([torch.neg(x2), x1], -1) * sin

  # Queries, keys and values of h, the first two rotated: (N, D) -> (N, H + 2 K, E)
  def qkv(self, h: Tensor, i: int, cos: Tensor, sin: Tensor, weights: List[Tensor], adapter: List[Tensor]) -> Tensor:
    x = self.linear(self.rms_norm(h, weights[1 + 9 * i]), i, 1, 4, weights, adapter)
    x = x.view([h.size(0), -1, self.head_dim])
    qk = self.heads + self.kv_heads
    return torch.cat([self.rotate(x.narrow(1, 0, qk), cos, sin), x.narrow(1, qk, self.kv_heads)], 1)

  # The documents become the rows of a (B, T) grid, so that none sees another; each looks back only, so that none sees
  # the padding behind it. grid (B T) names the token in each cell, cell (N) the cell of each token; without a grid
  # every document has T tokens. (N, H + 2 K, E) -> (N, H E)
  def attention(self, qkv: Tensor, grid: Tensor, cell: Tensor, longest: int) -> Tensor:
    if grid.numel() > 0:
      qkv = torch.index_select(qkv, 0, grid)
    x = qkv.view([-1, longest, self.heads + 2 * self.kv_heads, self.head_dim]).transpose(1, 2)    # (B, .., T, E)
    groups = self.heads // self.kv_heads
    q = x.narrow(1, 0, self.heads)
    k = x.narrow(1, self.heads, self.kv_heads)
    v = x.narrow(1, self.heads + self.kv_heads, self.kv_heads)
    if longest <= 256:
      # Short documents: the fused kernel is slower than three products.
      q = (q * self.head_dim ** -0.5).reshape([-1, groups * longest, self.head_dim])              # (B K, H/K T, E)
      k = k.reshape([-1, longest, self.head_dim])
      v = v.reshape([-1, longest, self.head_dim])
      mask = torch.triu(torch.full([longest, longest], -float("inf"), dtype=6, device=q.device), 1)
      p = torch.softmax(torch.baddbmm(mask.repeat([groups, 1]), q, k.transpose(1, 2)).view([-1, longest, longest]), -1)
      o = torch.bmm(p.view([-1, groups * longest, longest]), v).view([-1, self.heads, longest, self.head_dim])
    else:
      # Keys and values are repeated, since with enable_gqa the kernel that keeps all scores is chosen.
      k = torch.repeat_interleave(k, groups, 1)
      v = torch.repeat_interleave(v, groups, 1)
      o = torch.scaled_dot_product_attention(q, k, v, None, 0., True)
    o = o.transpose(1, 2).reshape([-1, self.heads * self.head_dim])
    if grid.numel() > 0:
      o = torch.index_select(o, 0, cell)
    return o

  # h (N, D) -> (N, D); with rows, only those rows of it, (S, D)
  def layer(self, h: Tensor, i: int, cos: Tensor, sin: Tensor, grid: Tensor, cell: Tensor, longest: int, rows: Optional[Tensor], weights: List[Tensor], adapter: List[Tensor]) -> Tensor:
    o = self.attention(self.qkv(h, i, cos, sin, weights, adapter), grid, cell, longest)
    if rows is not None:
      o = torch.index_select(o, 0, rows)
      h = torch.index_select(h, 0, rows)
    return self.feed_forward(h + self.linear(o, i, 4, 5, weights, adapter), i, weights, adapter)

  def feed_forward(self, h: Tensor, i: int, weights: List[Tensor], adapter: List[Tensor]) -> Tensor:
    x = self.linear(self.rms_norm(h, weights[1 + 9 * i + 5]), i, 6, 8, weights, adapter)
    gate, up = torch.chunk(x, 2, -1)
    return h + self.linear(torch.silu(gate) * up, i, 8, 9, weights, adapter)

  def head(self, h: Tensor, weights: List[Tensor]) -> Tensor:               # (S, D) -> (S, V)
    z = self.rms_norm(h, weights[1 + 9 * self.layers])
    if self.tied:
      return torch.linear(z, weights[0])
    return torch.linear(z, weights[2 + 9 * self.layers])

  # The logits of the tokens named by rows (S), an ascending list: (S, V)
  def logits(self, ids: Tensor, positions: Tensor, grid: Tensor, cell: Tensor, longest: Tensor, rows: Tensor, weights: List[Tensor], adapter: List[Tensor]) -> Tensor:
    cos, sin = self.rotary(positions)
    h = torch.embedding(weights[0], ids)                                    # (N, D)
    for i in range(self.layers - 1):
      h = self.layer(h, i, cos, sin, grid, cell, int(longest), None, weights, adapter)
    # Above the last attention only the rows asked for are needed.
    h = self.layer(h, self.layers - 1, cos, sin, grid, cell, int(longest), rows, weights, adapter)
    return self.head(h, weights)

  # The sum of the supervised tokens' cross-entropies, in nats
  def loss(self, ids: Tensor, positions: Tensor, grid: Tensor, cell: Tensor, longest: Tensor, rows: Tensor, targets: Tensor, weights: List[Tensor], adapter: List[Tensor]) -> Tensor:
    torch.set_grad_enabled(False)
    self.seed = -1
    return self.cross_entropy(self.logits(ids, positions, grid, cell, longest, rows, weights, adapter), targets)

  def cross_entropy(self, logits: Tensor, targets: Tensor) -> Tensor:
    return torch.cross_entropy_loss(logits, targets, None, 2, -100, 0.)

  # ---- training -----------------------------------------------------------------------------------------------

  def leaf(self, x: Tensor) -> Tensor:
    return torch.requires_grad_(torch.detach(x), True)

  # Adds the gradients of the loss (a sum over tokens) to gradients, one for each trained tensor; returns the loss.
  def accumulate(self, ids: Tensor, positions: Tensor, grid: Tensor, cell: Tensor, longest: Tensor, rows: Tensor, targets: Tensor, seed: Tensor, weights: List[Tensor], adapter: List[Tensor], gradients: List[Tensor]) -> Tensor:
    self.seed = int(seed)
    if self.recompute:
      return self.accumulate_by_layer(ids, positions, grid, cell, longest, rows, targets, weights, adapter, gradients)
    torch.set_grad_enabled(True)
    w = weights
    a = adapter
    if self.full:
      w = [self.leaf(x) for x in weights]
      trained = w
    else:
      a = [self.leaf(x) for x in adapter]
      trained = a
    loss = self.cross_entropy(self.logits(ids, positions, grid, cell, longest, rows, w, a), targets)
    found = torch.grad([loss], trained, None, None, False, False)
    torch.set_grad_enabled(False)
    for i in range(len(found)):
      gradients[i].add_(unchecked_cast(Tensor, found[i]))
    return loss.detach()

  # The same, layer by layer: what is kept is one (N, D) a layer.
  def accumulate_by_layer(self, ids: Tensor, positions: Tensor, grid: Tensor, cell: Tensor, longest: Tensor, rows: Tensor, targets: Tensor, weights: List[Tensor], adapter: List[Tensor], gradients: List[Tensor]) -> Tensor:
    torch.set_grad_enabled(False)
    last = self.layers - 1
    cos, sin = self.rotary(positions)
    inputs = annotate(List[Tensor], [])
    h = torch.embedding(weights[0], ids)
    for i in range(self.layers):
      inputs.append(h)
      h = self.layer(h, i, cos, sin, grid, cell, int(longest), rows if i == last else None, weights, adapter)

    torch.set_grad_enabled(True)
    x = self.leaf(h)
    top = annotate(List[Tensor], [])
    if self.full:
      w = [self.leaf(y) for y in weights]
      top.append(w[1 + 9 * self.layers])
      top.append(w[0] if self.tied else w[2 + 9 * self.layers])
      loss = self.cross_entropy(self.head(x, w), targets)
    else:
      loss = self.cross_entropy(self.head(x, weights), targets)
    found = torch.grad([loss], [x] + top, None, None, False, False)
    g = unchecked_cast(Tensor, found[0])
    if self.full:
      gradients[1 + 9 * self.layers].add_(unchecked_cast(Tensor, found[1]))
      gradients[0 if self.tied else 2 + 9 * self.layers].add_(unchecked_cast(Tensor, found[2]))

    for j in range(self.layers):
      i = last - j
      own = self.trained(i)
      x = self.leaf(inputs[i])
      w = weights
      a = adapter
      if self.full:
        w = [self.leaf(y) for y in weights]
        live = [w[m] for m in own]
      else:
        a = [self.leaf(y) for y in adapter]
        live = [a[m] for m in own]
      y = self.layer(x, i, cos, sin, grid, cell, int(longest), rows if i == last else None, w, a)
      found = torch.grad([y], live + [x], annotate(List[Optional[Tensor]], [g]), None, False, False)
      g = unchecked_cast(Tensor, found[len(own)])
      for m in range(len(own)):
        gradients[own[m]].add_(unchecked_cast(Tensor, found[m]))

    if self.full:
      e = self.leaf(weights[0])
      found = torch.grad([torch.embedding(e, ids)], [e], annotate(List[Optional[Tensor]], [g]), None, False, False)
      gradients[0].add_(unchecked_cast(Tensor, found[0]))
    torch.set_grad_enabled(False)
    return loss.detach()

  # Which of the trained tensors belong to a layer
  def trained(self, layer: int) -> List[int]:
    own = annotate(List[int], [])
    for j in range(9):
      pair = self.pairs[9 * layer + j]
      if self.full:
        own.append(1 + 9 * layer + j)
      elif pair >= 0:
        own.append(2 * pair)
        own.append(2 * pair + 1)
    return own

  # One AdamW step on float32 masters. The gradients are sums over tokens: they are divided by their number, scaled
  # down to max_norm as torch.nn.utils.clip_grad_norm_ does (0: never), and zeroed. Returns their norm before clipping.
  def update(self, parameters: List[Tensor], gradients: List[Tensor], exp_avg: List[Tensor], exp_avg_sq: List[Tensor], steps: List[Tensor], tokens: Tensor, lr: Tensor, max_norm: Tensor, weight_decay: Tensor) -> Tensor:
    torch.set_grad_enabled(False)
    norms = torch.stack([torch.linalg_vector_norm(g) for g in gradients])
    norm = torch.linalg_vector_norm(norms) / tokens
    divisor = tokens
    if float(max_norm) > 0.:
      divisor = tokens * torch.clamp((norm + 1e-6) / max_norm, 1.0, None)
    torch._foreach_add_(steps, 1)
    torch._fused_adamw_(parameters, gradients, exp_avg, exp_avg_sq, [], steps, lr=lr, beta1=0.9, beta2=0.999, weight_decay=float(weight_decay), eps=1e-08, amsgrad=False, maximize=False, grad_scale=divisor, found_inf=None)
    torch._foreach_zero_(gradients)
    return norm

  # ---- decoding -----------------------------------------------------------------------------------------------

  # Greedy continuations of B prompts, laid out as for logits: (B, at most limit), stop from the first stop token on.
  # last (B) names each prompt's last token, lengths (B) its length.
  def generate(self, ids: Tensor, positions: Tensor, grid: Tensor, cell: Tensor, longest: Tensor, last: Tensor, lengths: Tensor, limit: Tensor, stop: Tensor, weights: List[Tensor], adapter: List[Tensor]) -> Tensor:
    torch.set_grad_enabled(False)
    self.seed = -1
    b = lengths.size(0)
    t = int(longest)
    n = int(limit)
    e = self.head_dim
    cos, sin = self.rotary(positions)
    cache = annotate(List[Tensor], [])                                      # keys, values: (B, 2 K, T + limit, E)
    h = torch.embedding(weights[0], ids)
    for i in range(self.layers):
      qkv = self.qkv(h, i, cos, sin, weights, adapter)
      kv = qkv.narrow(1, self.heads, 2 * self.kv_heads)
      if grid.numel() > 0:
        kv = torch.index_select(kv, 0, grid)
      kv = kv.reshape([b, t, 2 * self.kv_heads, e]).transpose(1, 2)
      cached = torch.zeros([b, 2 * self.kv_heads, t + n, e], dtype=h.dtype, device=h.device)
      cached.narrow(2, 0, t).copy_(kv)
      cache.append(cached)
      h = h + self.linear(self.attention(qkv, grid, cell, t), i, 4, 5, weights, adapter)
      h = self.feed_forward(h, i, weights, adapter)
    token = torch.argmax(self.head(torch.embedding(h, last), weights), -1)  # (B)

    # Prompt cells hold a key up to each prompt's length; generated tokens of all rows go to the same cell T + s.
    hidden = torch.arange(t + n, device=ids.device).unsqueeze(0) >= lengths.unsqueeze(1)
    hidden.narrow(1, t, n).fill_(False)
    mask = torch.zeros([b, t + n], dtype=h.dtype, device=h.device).masked_fill_(hidden, -float("inf"))
    mask = mask.view([b, 1, 1, t + n])
    groups = self.heads // self.kv_heads
    out = [token]
    done = token == stop
    s = 0
    going = n > 1 and not bool(torch.all(done))
    while going:
      cos, sin = self.rotary(lengths + s)
      h = torch.embedding(weights[0], token)                                # (B, D)
      for i in range(self.layers):
        qkv = self.qkv(h, i, cos, sin, weights, adapter)                    # (B, H + 2 K, E)
        cache[i].select(2, t + s).copy_(qkv.narrow(1, self.heads, 2 * self.kv_heads))
        k = cache[i].narrow(1, 0, self.kv_heads).narrow(2, 0, t + s + 1)
        v = cache[i].narrow(1, self.kv_heads, self.kv_heads).narrow(2, 0, t + s + 1)
        q = qkv.narrow(1, 0, self.heads).reshape([b, self.kv_heads, groups, e]) * e ** -0.5
        p = torch.softmax(torch.matmul(q, k.transpose(2, 3)) + mask.narrow(3, 0, t + s + 1), -1)
        o = torch.matmul(p, v).view([b, self.heads * e])                    # p: (B, K, H/K, T + s + 1)
        h = self.feed_forward(h + self.linear(o, i, 4, 5, weights, adapter), i, weights, adapter)
      token = torch.where(done, stop, torch.argmax(self.head(h, weights), -1))
      done = torch.logical_or(done, token == stop)
      out.append(token)
      s = s + 1
      going = s + 1 < n and not bool(torch.all(done))
    return torch.stack(out, 1)

  # ---- weights ------------------------------------------------------------------------------------------------

  # W += s B A for every adapted layer, in float32
  def merge(self, weights: List[Tensor], adapter: List[Tensor]) -> Tensor:
    torch.set_grad_enabled(False)
    for i in range(self.layers):
      for j in range(9):
        pair = self.pairs[9 * i + j]
        if pair >= 0:
          a = adapter[2 * pair]
          b = adapter[2 * pair + 1]
          weights[1 + 9 * i + j].addmm_(b, a, beta=1, alpha=self.scale)
    return adapter[0]
