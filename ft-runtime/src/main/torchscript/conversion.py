# Weights between a file's bytes and float32. In archives dtypes are numbers (0 uint8, 6 float32).
class Conversion(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  # Little-endian bytes (.., size of an element) of the given dtype as float32
  def decode(self, raw: Tensor, dtype: Tensor) -> Tensor:
    return torch.view_copy(raw, dtype=int(dtype)).to(6)

  # float32 as bytes of the given dtype, rounded to nearest even
  def encode(self, x: Tensor, dtype: Tensor) -> Tensor:
    return torch.view_copy(x.detach().to(int(dtype)), dtype=0)

  # 1 if every value is finite, else 0
  def finite(self, x: Tensor) -> Tensor:
    return torch.all(torch.isfinite(x)).to(6)

  # How many other rows of x (V, D) point almost where the given one points: cosine above 0.99
  def look_alikes(self, x: Tensor, row: Tensor) -> Tensor:
    wanted = torch.select(x, 0, int(row))
    cosine = torch.mv(x, wanted) / (torch.linalg_vector_norm(x, 2, [1]) * torch.linalg_vector_norm(wanted) + 1e-12)
    return torch.sum((cosine > 0.99).to(6)) - 1.
