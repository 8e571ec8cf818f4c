# A Llama-like decoder with its loss, its gradients and its greedy decoding, in TorchScript.
#
#   N  tokens of all documents, padding included          B  documents     T  tokens of a document
#   D  hidden size   H  query heads   K  key and value heads   E  head size   F  feed-forward size   V  vocabulary
#   S  supervised tokens   r  LoRA rank   L  layers
#
# Documents of about one length form a group: B rows of T tokens, shorter ones padded at their end, one row after the
# other. shape (3 G) says B, T and 1 for each group, or 2 where positions are rotated as far beyond the first training.
#
# Weights are one list of tensors; slots says where each entry of a layer stands in it (-1: the model has none). First
# comes the embedding (V, D), last the norm (D) and, unless it is tied to the embedding, the head (V, D). An adapter is
# a list of pairs A (r, in), B (out, r), or of triples with DoRA's magnitude (out); [an empty tensor] means no adapter.
#
# SLOTS of a layer
#   0 input norm   1 q_proj (or q, k and v in one)   2 k_proj   3 v_proj   4 o_proj
#   5 norm before the feed-forward part   6 gate_proj (or gate and up in one)   7 up_proj   8 down_proj
#   9..16 the biases of 1..8   17 norm of queries   18 norm of keys   19 norm after attention   20 after feed-forward
#
# In archives dtypes are numbers (6 float32, 15 bfloat16), and an in-place operation on a list that
# the code itself built is silently dropped, so lists that change are passed as whole arguments. "and" binds no stronger
# than "or" there.
#
# In bfloat16, weights and states are bfloat16, with the roundings of transformers: products add up in float32; the
# statistics of norms, rotary angles, softmax and the loss are float32. Trained tensors, their gradients and the
# optimizer's state stay float32: each pass casts an adapter to bfloat16.
class Decoder(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  layers : int
  slots : List[int]      # 21 a layer
  heads : int
  kv_heads : int
  head_dim : int
  norm_eps : float
  norm_offset : float    # added to a norm's weight: 1 in Gemma
  activation : int       # 0 silu   1 gelu by tanh   2 gelu by erf
  embedding_scale : float
  attention_scale : float
  attention_cap : float  # bends scores and logits into -cap..cap; 0 for no cap
  logit_cap : float
  window : int           # number of keys that a token of a sliding layer attends to, including its own
  sliding : List[int]    # 1 for each layer that has a window
  rope_dim : int         # how many of E are rotated, counted from the first
  rope_theta : List[float]
  rope_stretch : List[float]  # factor of each wave length: rope_dim / 2 for each table
  rope_factor : List[float]   # factor of cos and sin
  rope_table : List[int]      # each layer's table
  frequencies : List[Tensor]  # of each table, once they are computed
  rope_far : bool        # documents longer than those of the original training use a second table
  tied : bool
  full : bool            # every weight is trained, without an adapter
  pairs : List[int]      # for each slot 0..8 of each layer the index of its pair in the adapter, or -1
  scales : List[float]   # alpha / r of each pair
  dora : bool
  fold : bool            # compute W + s B A first: cheaper where r is not small beside in and out
  dropout : float
  recompute : bool       # keep only the layers' inputs, and recompute each layer in the backward pass
  logits_at_once : int   # about how many are kept in memory
  patience : int         # tokens of an answer between two looks at whether all answers of a batch have ended
  shape : List[int]      # of this pass's documents, as above
  seeds : List[int]      # of this pass's dropout masks, one for each of the slots 0..8 of each layer; empty for none
  bf16 : bool            # computes in bfloat16, otherwise in float32
  flash : bool           # CUDA's flash kernel attends to all documents at once
  fused_above : int      # documents of more tokens use the fused kernel of attention
  quantized : List[int]  # for each of the slots 0..8 of each layer: format, out, in, dtype; format 0 is not quantized
  code : List[float]     # the 16 values of NF4, rising
  dynamic : List[float]  # the 256 values of quantized scales, rising
  tables : List[Tensor]  # of dequantization.py
  offload : bool         # the weights of layers stay in host memory, of offloading.py
  ahead : List[Tensor]   # of the slots of the layer that is on the device before its turn
  ahead_of : int         # its number; -1 for none
  brought : int          # how often a layer was brought to the device

  # ---- the model ----------------------------------------------------------------------------------------------

  def embed(self, ids: Tensor, embedding: Tensor) -> Tensor:
    h = torch.embedding(embedding, ids)
    if self.embedding_scale != 1.:
      h = h * self.embedding_scale
    return h

  def rms_norm(self, x: Tensor, weight: Tensor) -> Tensor:
    if self.bf16:
      # As in transformers: Gemma rounds after the product with the weight, the others before it, and once more.
      if self.norm_offset != 0.:
        return torch.rms_norm(x, [x.size(-1)], weight.to(6) + self.norm_offset, self.norm_eps)
      return torch.rms_norm(x, [x.size(-1)], None, self.norm_eps) * weight
    if self.norm_offset != 0.:
      weight = weight + self.norm_offset
    return torch.rms_norm(x, [x.size(-1)], weight, self.norm_eps)

  # The weight of a slot, (out, in)
  def weight(self, layer: int, j: int, weights: List[Tensor]) -> Tensor:
    w = weights[self.slots[21 * layer + j]]
    q = 4 * (9 * layer + j)
    if self.quantized[q] > 0:
      rounded = self.quantized[q + 3]
      if self.bf16 and rounded == 15:
        rounded = 6                                                         # the same once, below
      w = self.dequantize(w, self.quantized[q], self.quantized[q + 1], self.quantized[q + 2], rounded)
      if self.bf16:
        w = w.to(15)
    return w

  # The lengths of the rows of a layer's weight, summed in float64
  def row_lengths(self, layer: int, j: int, weights: List[Tensor]) -> Tensor:
    return torch.linalg_vector_norm(self.weight(layer, j, self.near(layer, -1, weights)), 2, [1], dtype=7).to(6)

  # The weight of a layer's slot: entry point for callers outside the script
  def weight_of(self, layer: int, j: int, weights: List[Tensor]) -> Tensor:
    return self.weight(layer, j, self.near(layer, -1, weights)).to(6)

  # The factor of each row of W + s B A: DoRA's magnitude over the row's length, through which no gradient flows
  def magnitude(self, w: Tensor, m: Tensor) -> Tensor:
    return m / torch.linalg_vector_norm(torch.detach(w), 2, [1])

  # y = x W^T + bias, and + s (x A^T) B^T where the layer is adapted, for the slots first..last-1 side by side:
  # (N, in) -> (N, sum of out)
  def linear(self, x: Tensor, layer: int, first: int, last: int, weights: List[Tensor], adapter: List[Tensor]) -> Tensor:
    adapted = adapter[0].numel() > 0
    stride = 3 if self.dora else 2
    parts = annotate(List[Tensor], [])
    biases = annotate(List[Tensor], [])
    for j in range(first, last):
      slot = self.slots[21 * layer + j]
      if slot >= 0:
        w = self.weight(layer, j, weights)
        pair = self.pairs[9 * layer + j]
        if adapted and pair >= 0:
          a = self.half(adapter[stride * pair])
          b = self.half(adapter[stride * pair + 1])
          s = self.scales[pair]
          if self.fold:
            w = torch.addmm(w, b, a, beta=1, alpha=s)
            if self.dora:
              w = w * self.magnitude(w, adapter[stride * pair + 2]).unsqueeze(1)
          else:
            xa = x
            if self.dropout > 0. and len(self.seeds) > 0:
              # Each place has its own seed, so that a second run of the layer draws the same mask.
              torch.manual_seed(self.seeds[9 * layer + j])
              xa = torch.dropout(x, self.dropout, True)
            if self.dora:
              f = self.magnitude(torch.addmm(w.to(6), b.to(6), a.to(6), beta=1, alpha=s), adapter[stride * pair + 2])
              low = torch.linear(torch.linear(xa, a), b) * s
              # The factor is float32, so the sum is, too.
              w = self.half(torch.linear(x, w) + torch.linear(xa, w) * (f - 1) + low * f)
            else:
              w = torch.addmm(torch.linear(x, w), torch.linear(xa, a), b.t(), beta=1, alpha=s)
        elif not self.fold:
          w = torch.linear(x, w)
        parts.append(w)
        bias = self.slots[21 * layer + 8 + j]
        if bias >= 0:
          biases.append(weights[bias])
    joined = parts[0]
    if len(parts) > 1:
      joined = torch.cat(parts, 0 if self.fold else 1)
    if self.fold:
      joined = torch.linear(x, joined)
    if len(biases) > 0:
      joined = joined + torch.cat(biases, 0)
    return joined

  # x as products need it
  def half(self, x: Tensor) -> Tensor:
    if self.bf16:
      x = x.to(15)
    return x

  # The same, but a magnitude stays float32
  def matrix(self, x: Tensor) -> Tensor:
    if x.dim() > 1:
      x = self.half(x)
    return x

  # Queries, keys and values of h, the first two rotated: (N, D) -> (N, H, E), (N, K, E), (N, K, E)
  def qkv(self, h: Tensor, i: int, rope: List[Tensor], weights: List[Tensor], adapter: List[Tensor]) -> List[Tensor]:
    x = self.linear(self.rms_norm(h, weights[self.slots[21 * i]]), i, 1, 4, weights, adapter)
    x = x.view([h.size(0), -1, self.head_dim])
    qk, v = torch.split_with_sizes(x, [self.heads + self.kv_heads, self.kv_heads], 1)
    if self.slots[21 * i + 17] >= 0:
      q, k = torch.split_with_sizes(qk, [self.heads, self.kv_heads], 1)
      q = self.rms_norm(q, weights[self.slots[21 * i + 17]])
      k = self.rms_norm(k, weights[self.slots[21 * i + 18]])
      qk = torch.cat([q, k], 1)
    cos = rope[2 * self.rope_table[i]]
    sin = rope[2 * self.rope_table[i] + 1]
    if self.rope_dim < self.head_dim:
      turned, rest = torch.split_with_sizes(qk, [self.rope_dim, self.head_dim - self.rope_dim], -1)
      qk = torch.cat([self.rotate(turned, cos, sin), rest], -1)
    else:
      qk = self.rotate(qk, cos, sin)
    q, k = torch.split_with_sizes(qk, [self.heads, self.kv_heads], 1)
    return [q, k, v]

  # h (N, D) -> (N, D); with rows, only those rows of it, (S, D)
  def layer(self, h: Tensor, i: int, rope: List[Tensor], shape: List[int], rows: Optional[Tensor], weights: List[Tensor], adapter: List[Tensor]) -> Tensor:
    o = self.attention(self.qkv(h, i, rope, weights, adapter), i, rope, shape)
    if rows is not None:
      o = torch.index_select(o, 0, rows)
      h = torch.index_select(h, 0, rows)
    return self.after_attention(h, o, i, weights, adapter)

  def after_attention(self, h: Tensor, o: Tensor, i: int, weights: List[Tensor], adapter: List[Tensor]) -> Tensor:
    h = h + self.normed(self.linear(o, i, 4, 5, weights, adapter), 21 * i + 19, weights)
    x = self.linear(self.rms_norm(h, weights[self.slots[21 * i + 5]]), i, 6, 8, weights, adapter)
    gate, up = torch.chunk(x, 2, -1)
    if self.activation == 0:
      gate = torch.silu(gate)
    elif self.activation == 1:
      gate = torch.gelu(gate, approximate="tanh")
    else:
      gate = torch.gelu(gate, approximate="none")
    return h + self.normed(self.linear(gate * up, i, 8, 9, weights, adapter), 21 * i + 20, weights)

  def normed(self, x: Tensor, slot: int, weights: List[Tensor]) -> Tensor:
    if self.slots[slot] >= 0:
      x = self.rms_norm(x, weights[self.slots[slot]])
    return x

  def final(self, h: Tensor, weights: List[Tensor]) -> Tensor:
    return self.rms_norm(h, weights[len(weights) - (1 if self.tied else 2)])

  def head(self, h: Tensor, weights: List[Tensor]) -> Tensor:               # (S, D) -> (S, V) float32
    z = torch.linear(self.final(h, weights), weights[0 if self.tied else len(weights) - 1])
    if self.bf16:
      z = z.to(6)
    if self.logit_cap > 0.:
      z = torch.tanh(z / self.logit_cap) * self.logit_cap
    return z

  # The logits of the tokens named by rows (S): (S, V)
  def logits(self, ids: Tensor, positions: Tensor, shape: List[int], rows: Tensor, weights: List[Tensor], adapter: List[Tensor]) -> Tensor:
    return self.head(self.states(ids, positions, shape, rows, weights, adapter), weights)

  # The last layer's output for the tokens named by rows: (S, D)
  def states(self, ids: Tensor, positions: Tensor, shape: List[int], rows: Tensor, weights: List[Tensor], adapter: List[Tensor]) -> Tensor:
    rope = self.places(positions, shape)
    h = self.embed(ids, weights[0])                                         # (N, D)
    for i in range(self.layers - 1):
      h = self.layer(h, i, rope, shape, None, self.near(i, i + 1, weights), adapter)
    # After the last attention only the requested rows are needed.
    return self.layer(h, self.layers - 1, rope, shape, rows, self.near(self.layers - 1, -1, weights), adapter)

  # The input of each layer, and the last layer's output after the final norm, like hidden_states in transformers:
  # (layers + 1, S, D)
  def hidden(self, ids: Tensor, positions: Tensor, shape: List[int], rows: Tensor, weights: List[Tensor], adapter: List[Tensor]) -> Tensor:
    rope = self.places(positions, shape)
    h = self.embed(ids, weights[0])
    states = [torch.index_select(h, 0, rows)]
    for i in range(self.layers):
      h = self.layer(h, i, rope, shape, None, self.near(i, i + 1, weights), adapter)
      states.append(torch.index_select(h, 0, rows))
    states[self.layers] = self.final(states[self.layers], weights)
    return torch.stack(states).to(6)

  # The rows whose logits are in memory at once, at least one
  def rows_at_once(self, weights: List[Tensor]) -> int:
    return self.logits_at_once // weights[0].size(0) + 1

  # The sum of the supervised tokens' cross-entropies, in nats
  def loss(self, ids: Tensor, positions: Tensor, shape: List[int], rows: Tensor, targets: Tensor, weights: List[Tensor], adapter: List[Tensor]) -> Tensor:
    torch.set_grad_enabled(False)
    self.seeds = annotate(List[int], [])
    h = self.states(ids, positions, shape, rows, weights, adapter)
    sum = torch.zeros([], dtype=6, device=h.device)
    each = torch.split(h, self.rows_at_once(weights), 0)
    wanted = torch.split(targets, self.rows_at_once(weights), 0)
    for i in range(len(each)):
      sum.add_(self.cross_entropy(self.head(each[i], weights), wanted[i]))
    return sum

  # The same with gradients, from the last layer's output h (S, D): the loss, its gradient in h and, if they are trained,
  # in the norm and the head. Logits are not kept: each part goes forward and back before the next.
  def loss_and_gradients(self, h: Tensor, targets: Tensor, weights: List[Tensor]) -> List[Tensor]:
    norm = len(weights) - 1 if self.tied else len(weights) - 2
    head = 0 if self.tied else len(weights) - 1
    # What outlives a part has its place before: small tensors between large ones would keep the allocator from using the
    # room of the last part again.
    sum = torch.zeros([], dtype=6, device=h.device)
    g = torch.empty_like(h)
    top = [sum, g]
    if self.full:
      top = [sum, g, torch.zeros_like(weights[norm]), torch.zeros_like(weights[head])]
    rows = self.rows_at_once(weights)
    torch.set_grad_enabled(True)
    for i in range((h.size(0) + rows - 1) // rows):
      start = i * rows
      count = rows if start + rows <= h.size(0) else h.size(0) - start
      x = self.leaf(h.narrow(0, start, count))
      w = weights
      live = [x]
      if self.full:
        w = [self.leaf(y) for y in weights]
        live = [x, w[norm], w[head]]
      if self.bf16 or (self.logit_cap == 0. and not self.full):
        y = self.final(x, w)
        by_hand = self.loss_by_hand(y.detach(), targets.narrow(0, start, count), weights[head])
        loss = by_hand[0]
        found = torch.grad([y], live, annotate(List[Optional[Tensor]], [by_hand[1]]), None, False, False)
      else:
        loss = self.cross_entropy(self.head(x, w), targets.narrow(0, start, count))
        found = torch.grad([loss], live, None, None, False, False)
      sum.add_(loss.detach())
      g.narrow(0, start, count).copy_(unchecked_cast(Tensor, found[0]))
      for j in range(2, len(top)):
        top[j].add_(unchecked_cast(Tensor, found[j - 1]))
    torch.set_grad_enabled(False)
    return top

  # The loss of some outputs of the final norm (S, D), and its gradient in them. It takes less memory and fewer passes over
  # the logits than autograd, which would also keep them in both types.
  def loss_by_hand(self, y: Tensor, targets: Tensor, head: Tensor) -> List[Tensor]:
    torch.set_grad_enabled(False)
    z = torch.linear(y, head).to(6)
    if not self.bf16:
      # The kernels of autograd, which round alike, but two large tensors in place of four
      p = torch._log_softmax(z, -1, False, out=z)
      loss, count = torch.nll_loss_forward(p, targets, None, 2, -100)
      g = torch.nll_loss_backward(torch.ones_like(loss), p, targets, None, 2, -100, count)
      g = torch._log_softmax_backward_data(g, p, -1, 6, out=g)
      g = torch.mm(g, head)
      torch.set_grad_enabled(True)
      return [loss, g]
    bend = z
    if self.logit_cap > 0.:
      bend = torch.tanh(z / self.logit_cap)
      z = bend * self.logit_cap
    p = torch.log_softmax(z, -1)
    place = targets.unsqueeze(1)
    one = torch.ones_like(place, dtype=6)
    loss = torch.neg(torch.sum(torch.gather(p, 1, place)))
    p = torch.exp_(p)
    p.scatter_add_(1, place, torch.neg(one))
    if self.logit_cap > 0.:
      p = p * (1. - bend * bend)
    g = torch.mm(p.to(15), head)
    torch.set_grad_enabled(True)
    return [loss, g]

  # For each supervised token its log-probability in nats, and 1 if it is the likeliest: (S, 2)
  def log_probabilities(self, ids: Tensor, positions: Tensor, shape: List[int], rows: Tensor, targets: Tensor, weights: List[Tensor], adapter: List[Tensor]) -> Tensor:
    torch.set_grad_enabled(False)
    self.seeds = annotate(List[int], [])
    h = self.states(ids, positions, shape, rows, weights, adapter)
    found = annotate(List[Tensor], [])
    each = torch.split(h, self.rows_at_once(weights), 0)
    wanted = torch.split(targets, self.rows_at_once(weights), 0)
    for i in range(len(each)):
      z = self.head(each[i], weights)
      likeliest = torch.eq(torch.argmax(z, -1), wanted[i]).to(6)
      found.append(torch.stack([torch.neg(torch.cross_entropy_loss(z, wanted[i], None, 0, -100, 0.)), likeliest], 1))
    return torch.cat(found, 0)

  def cross_entropy(self, logits: Tensor, targets: Tensor) -> Tensor:
    return torch.cross_entropy_loss(logits, targets, None, 2, -100, 0.)

  # ---- training -----------------------------------------------------------------------------------------------

  def leaf(self, x: Tensor) -> Tensor:
    return torch.requires_grad_(torch.detach(x), True)

  # What accumulate needs besides tensors: in calls that compute gradients, DJL passes nothing else.
  def prepare(self, shape: List[int], seeds: List[int]) -> int:
    self.shape = shape
    self.seeds = seeds
    return len(shape)

  # Adds the gradients of the loss (a sum over tokens) to gradients, one for each trained tensor, and the loss to total
  # (1), float64. prepare comes first.
  def accumulate(self, ids: Tensor, positions: Tensor, rows: Tensor, targets: Tensor, weights: List[Tensor], adapter: List[Tensor], gradients: List[Tensor], total: Tensor) -> Tensor:
    if self.bf16:
      # Once, not in every layer's recomputation
      adapter = [self.matrix(x) for x in adapter]
    if self.recompute:
      return self.accumulate_by_layer(ids, positions, rows, targets, weights, adapter, gradients, total)
    torch.set_grad_enabled(True)
    w = weights
    a = adapter
    if self.full:
      w = [self.leaf(x) for x in weights]
      trained = w
    else:
      a = [self.leaf(x) for x in adapter]
      trained = a
    h = self.states(ids, positions, self.shape, rows, w, a)
    top = self.loss_and_gradients(h, targets, weights)
    found = torch.grad([h], trained, annotate(List[Optional[Tensor]], [top[1]]), None, False, True)
    for i in range(len(found)):
      below = found[i]
      if below is not None:
        g = unchecked_cast(Tensor, below)
        gradients[i].add_(g + top[3] if self.full and self.tied and i == 0 else g)
    self.add_above(top, gradients)
    return total.add_(top[0])

  # The gradients of the final norm and of the head: a tied head is also the embedding, whose gradient is whole only below.
  def add_above(self, top: List[Tensor], gradients: List[Tensor]) -> NoneType:
    if self.full:
      last = len(gradients) - 1
      gradients[last if self.tied else last - 1].add_(top[2])
      if not self.tied:
        gradients[last].add_(top[3])

  # The same, layer by layer: it keeps only one (N, D) per layer.
  def accumulate_by_layer(self, ids: Tensor, positions: Tensor, rows: Tensor, targets: Tensor, weights: List[Tensor], adapter: List[Tensor], gradients: List[Tensor], total: Tensor) -> Tensor:
    torch.set_grad_enabled(False)
    shape = self.shape
    last = self.layers - 1
    rope = self.places(positions, shape)
    inputs = annotate(List[Tensor], [])
    h = self.embed(ids, weights[0])
    for i in range(self.layers):
      inputs.append(h)
      # The backward pass begins where the forward pass ends.
      h = self.layer(h, i, rope, shape, rows if i == last else None, self.near(i, min(i + 1, last), weights), adapter)

    top = self.loss_and_gradients(h, targets, weights)
    g = top[1]
    self.add_above(top, gradients)

    torch.set_grad_enabled(True)
    for j in range(self.layers):
      i = last - j
      own = self.trained(i)
      x = self.leaf(inputs[i])
      w = self.near(i, i - 1, weights)
      a = adapter
      if self.full:
        w = [self.leaf(y) for y in weights]
        live = [w[m] for m in own]
      else:
        a = [self.leaf(y) for y in adapter]
        live = [a[m] for m in own]
      y = self.layer(x, i, rope, shape, rows if i == last else None, w, a)
      found = torch.grad([y], live + [x], annotate(List[Optional[Tensor]], [g]), None, False, False)
      g = unchecked_cast(Tensor, found[len(own)])
      for m in range(len(own)):
        gradients[own[m]].add_(unchecked_cast(Tensor, found[m]))

    if self.full:
      e = self.leaf(weights[0])
      found = torch.grad([self.embed(ids, e)], [e], annotate(List[Optional[Tensor]], [g]), None, False, False)
      g = unchecked_cast(Tensor, found[0])
      gradients[0].add_(g + top[3] if self.tied else g)
    torch.set_grad_enabled(False)
    return total.add_(top[0])

  # Which of the trained tensors belong to a layer
  def trained(self, layer: int) -> List[int]:
    own = annotate(List[int], [])
    stride = 3 if self.dora else 2
    for j in range(21):
      slot = self.slots[21 * layer + j]
      if self.full and slot >= 0:
        own.append(slot)
    if not self.full:
      for j in range(9):
        pair = self.pairs[9 * layer + j]
        if pair >= 0:
          for m in range(stride):
            own.append(stride * pair + m)
    return own

  # ---- weights ------------------------------------------------------------------------------------------------

  # W += s B A for every adapted layer, in float32; with DoRA its rows are then brought to their magnitudes
  def merge(self, weights: List[Tensor], adapter: List[Tensor]) -> Tensor:
    torch.set_grad_enabled(False)
    stride = 3 if self.dora else 2
    for i in range(self.layers):
      for j in range(9):
        pair = self.pairs[9 * i + j]
        if pair >= 0:
          w = weights[self.slots[21 * i + j]]
          own = [torch.to(adapter[stride * pair + k], device=w.device) for k in range(stride)]
          w.addmm_(own[1], own[0], beta=1, alpha=self.scales[pair])
          if self.dora:
            w.mul_(self.magnitude(w, own[2]).unsqueeze(1))
    return adapter[0]
