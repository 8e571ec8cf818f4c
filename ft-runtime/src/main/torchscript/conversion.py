# Converts weights between a file's bytes and float32 or bfloat16, and quantizes like bitsandbytes. In archives dtypes are
# numbers (0 uint8, 1 int8, 3 int32, 5 float16, 6 float32, 15 bfloat16).
class Conversion(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  code : List[float]       # the 16 values of NF4, rising
  dynamic : List[float]    # the 256 values of quantized scales, rising
  tables : List[Tensor]    # of dequantization.py

  # Decodes little-endian bytes of the given dtype into the elements of x from start on; 1 if all are finite, else 0
  def fill(self, x: Tensor, raw: Tensor, dtype: int, start: int) -> Tensor:
    values = torch.view_copy(raw, dtype=dtype)
    x.view([-1]).narrow(0, start, values.numel()).copy_(values)
    return torch.all(torch.isfinite(values)).to(6)

  # 1 if all elements are finite, else 0
  def finite(self, raw: Tensor, dtype: int) -> Tensor:
    return torch.all(torch.isfinite(torch.view_copy(raw, dtype=dtype))).to(6)

  # Copies bytes into those of x from start on
  def put(self, x: Tensor, raw: Tensor, start: int) -> Tensor:
    return x.narrow(0, start, raw.numel()).copy_(raw)

  # Zeros in bfloat16, which Java does not know
  def half_zeros(self, shape: Tensor) -> Tensor:
    sizes = annotate(List[int], [])
    for i in range(shape.size(0)):
      sizes.append(int(torch.select(shape, 0, i)))
    return torch.zeros(sizes, dtype=15, device=shape.device)

  # Zeros in uint8; shape (1) is their number
  def byte_zeros(self, shape: Tensor) -> Tensor:
    return torch.zeros([int(shape)], dtype=0, device=shape.device)

  # The same values in bfloat16
  def half(self, x: Tensor) -> Tensor:
    return x.to(15)

  # A copy in host memory from which a GPU reads by itself
  def pin(self, x: Tensor) -> Tensor:
    return x.pin_memory()

  # An element of x times itself, as a sign that it was computed
  def product(self, x: Tensor) -> Tensor:
    return torch.sum(torch.linear(x, x).to(6))

  # An element of x (n, in) times w (out, in), as a sign that all of them were computed
  def product_of(self, x: Tensor, w: Tensor) -> Tensor:
    return torch.select(torch.select(torch.linear(x, w), 0, 0), 0, 0).to(6)

  # An element of a copy of x, which was read and written as a whole
  def touch(self, x: Tensor) -> Tensor:
    return torch.select(torch.select(x * 1.5, 0, 0), 0, 0)

  # The bytes of an element
  def width(self, x: Tensor) -> int:
    return x.element_size()

  # A copy in separate memory
  def copy(self, raw: Tensor) -> Tensor:
    return torch.clone(raw)

  # count elements of x from start on as bytes of the given dtype, rounded to nearest even
  def encode(self, x: Tensor, dtype: int, start: int, count: int) -> Tensor:
    part = x.detach().view([-1]).narrow(0, start, count)
    return torch.view_copy(part.to(dtype), dtype=0)

  # How many other rows of x (V, D) have almost the direction of the given one: cosine above 0.99
  def look_alikes(self, x: Tensor, row: int) -> Tensor:
    wanted = torch.select(x, 0, row).to(6)
    found = torch.zeros([], dtype=6, device=x.device)
    # 64 MiB of float32 at once, where x has another type.
    each = [x]
    if x.dtype != 6:
      each = torch.split(x, 16777216 // x.size(1) + 1, 0)
    for part in each:
      y = part.to(6)
      cosine = torch.mv(y, wanted) / (torch.linalg_vector_norm(y, 2, [1]) * torch.linalg_vector_norm(wanted) + 1e-12)
      found = found + torch.sum((cosine > 0.99).to(6))
    return found - 1.

  # ---- quantization: of a matrix in parts, so that only one of them is in memory as numbers -------------------
  # q becomes the bytes that dequantization.py reads. raw are the bytes of the next elements, in the given dtype, from
  # element start on; they are packed into q, and their scales go to scales, float32. The result is 1 if all are finite.

  # Blocks of 64 over the whole tensor, each scaled to -1..1 by its largest element: 4 bits an element, the first of two
  # in the upper half of a byte. start is a multiple of 64.
  def add_nf4(self, q: Tensor, scales: Tensor, raw: Tensor, dtype: int, start: int, columns: int) -> Tensor:
    x = torch.view_copy(raw, dtype=dtype).to(6)
    packed, scale = self.blocks(x)
    q.narrow(0, start // 2, packed.numel()).copy_(packed)
    scales.narrow(0, start // 64, scale.numel()).copy_(scale)
    return torch.all(torch.isfinite(x)).to(6)

  # Rows scaled to -127..127 by their largest element, after rounding to float16. Only whole rows.
  def add_int8(self, q: Tensor, scales: Tensor, raw: Tensor, dtype: int, start: int, columns: int) -> Tensor:
    x = torch.view_copy(raw, dtype=dtype).to(6)
    half = x.to(5).to(6).view([-1, columns])
    scale = torch.amax(torch.abs(half), [1])
    rounded = torch.round(half * (127. / torch.clamp(scale, 1e-38, None)).unsqueeze(1))
    q.narrow(0, start, half.numel()).copy_(torch.view_copy(rounded.to(1), dtype=0).view([-1]))
    scales.narrow(0, start // columns, half.size(0)).copy_(scale)
    return torch.all(torch.isfinite(x)).to(6)

  # Behind the given number of bytes, from the next multiple of 4 on: the scales
  def end(self, q: Tensor, scales: Tensor, bytes: int) -> Tensor:
    return q.narrow(0, (bytes + 3) // 4 * 4, 4 * scales.numel()).copy_(torch.view_copy(scales, dtype=0))

  # The scales with 8 bits each, less their mean and in blocks of 256; then these blocks' scales and the mean, float32
  def end_double(self, q: Tensor, scales: Tensor, bytes: int) -> Tensor:
    mean = torch.mean(scales)
    n = scales.numel()
    blocks = (n + 255) // 256
    padded = torch.cat([scales - mean, torch.zeros([256 * blocks - n], dtype=6, device=q.device)]).view([blocks, 256])
    nested = torch.amax(torch.abs(padded), [1])
    scaled = padded * torch.reciprocal(torch.clamp(nested, 1e-38, None)).unsqueeze(1)
    values = torch.tensor(self.dynamic, dtype=6, device=q.device)
    index = self.nearest(torch.clamp(scaled, -1., 1.).view([-1]), values).narrow(0, 0, n).to(0)
    q.narrow(0, bytes, n).copy_(index)
    return self.end(q, torch.cat([nested, mean.view([1])]), bytes + n)

  def blocks(self, x: Tensor) -> Tuple[Tensor, Tensor]:
    n = x.numel()
    blocks = (n + 63) // 64
    padded = torch.cat([x.reshape([-1]), torch.zeros([64 * blocks - n], dtype=6, device=x.device)]).view([blocks, 64])
    scale = torch.amax(torch.abs(padded), [1])
    scaled = torch.clamp(padded * torch.reciprocal(torch.clamp(scale, 1e-38, None)).unsqueeze(1), -1., 1.)
    values = torch.tensor(self.code, dtype=6, device=x.device)
    # Only zeros: bitsandbytes uses the first code, which gives 0 again.
    index = (self.nearest(scaled.view([-1]), values).view([blocks, 64]) * (scale > 0.).to(3).unsqueeze(1)).view([-1, 2])
    packed = torch.select(index, 1, 0) * 16 + torch.select(index, 1, 1)
    return (packed.narrow(0, 0, (n + 1) // 2).to(0), scale)

  # For each x the index of the nearest of some rising values; the lower one of a tie
  def nearest(self, x: Tensor, values: Tensor) -> Tensor:
    n = values.numel()
    middle = (values.narrow(0, 0, n - 1) + values.narrow(0, 1, n - 1)) / 2
    return torch.bucketize(x, middle, out_int32=True, right=False)
