# Frozen layers in host memory: these lines are appended to the class in decoder.py.
  # The weights with those of layer i on the device. The copies of the layer that comes next begin at once, so that at most
  # two layers are there, and none after a pass. A number that is none of a layer: none comes.
  def near(self, i: int, upcoming: int, weights: List[Tensor]) -> List[Tensor]:
    if not self.offload:
      return weights
    if self.ahead_of != i:
      self.ahead = self.bring(i, weights)
      self.ahead_of = i
    near = weights + annotate(List[Tensor], [])
    for j in range(21):
      slot = self.slots[21 * i + j]
      if slot >= 0:
        near[slot] = self.ahead[j]
    if upcoming != i:
      self.ahead = annotate(List[Tensor], [])
      self.ahead_of = -1
      if upcoming >= 0:
        if upcoming < self.layers:
          self.ahead = self.bring(upcoming, weights)
          self.ahead_of = upcoming
    return near

  # Copies of a layer's weights for each of its slots, where the embedding is. From pinned memory, no program waits for them.
  def bring(self, i: int, weights: List[Tensor]) -> List[Tensor]:
    own = annotate(List[Tensor], [])
    for j in range(21):
      slot = self.slots[21 * i + j]
      w = weights[0]
      if slot >= 0:
        w = torch.to(weights[slot], device=w.device, non_blocking=True, copy=True)
        if j < 9:
          q = 4 * (9 * i + j)
          if w.dtype == 0:
            if self.quantized[q] == 0:
              # bfloat16 as it stands in the model's file
              w = torch.view_copy(w, dtype=15).view([self.quantized[q + 1], self.quantized[q + 2]])
      own.append(w)
    self.brought = self.brought + 1
    return own

  # How often a layer was brought to the device
  def count(self) -> int:
    return self.brought
