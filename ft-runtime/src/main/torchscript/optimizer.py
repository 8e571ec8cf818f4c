# The optimizers: these lines are appended to the class in decoder.py.
  # The norm of all gradients, which are sums over tokens.
  def norm(self, gradients: List[Tensor], tokens: float) -> Tensor:
    norms = torch.stack([torch.linalg_vector_norm(g) for g in gradients])
    return torch.linalg_vector_norm(norms) / tokens

  # The divisor of gradients: their number of tokens, and more if their norm exceeds max_norm (0: never).
  def divisor(self, norm: Tensor, tokens: float, max_norm: float) -> Tensor:
    if max_norm > 0.:
      return torch.clamp((norm + 1e-6) / max_norm, 1.0, None) * tokens
    return torch.full_like(norm, tokens)

  # What a step reports: the sum of the losses since the last one, which becomes zero, and the norm; (2) float64
  def report(self, total: Tensor, norm: Tensor) -> Tensor:
    report = torch.cat([total, norm.to(7).view([1])])
    total.zero_()
    return report

  # One AdamW step on float32 masters. The gradients are sums over tokens: they are divided by their number, scaled
  # down to max_norm as torch.nn.utils.clip_grad_norm_ does (0: never), and zeroed. Reports their norm before clipping.
  def update(self, parameters: List[Tensor], gradients: List[Tensor], exp_avg: List[Tensor], exp_avg_sq: List[Tensor], steps: List[Tensor], total: Tensor, tokens: float, lr: float, max_norm: float, weight_decay: float) -> Tensor:
    torch.set_grad_enabled(False)
    norm = self.norm(gradients, tokens)
    divisor = self.divisor(norm, tokens, max_norm)
    torch._foreach_add_(steps, 1)
    torch._fused_adamw_(parameters, gradients, exp_avg, exp_avg_sq, [], steps, lr=lr, beta1=0.9, beta2=0.999, weight_decay=weight_decay, eps=1e-08, amsgrad=False, maximize=False, grad_scale=divisor, found_inf=None)
    torch._foreach_zero_(gradients)
    return self.report(total, norm)

  # Adds gradients and a loss that were computed elsewhere, as accumulate adds its own.
  def add(self, gradients: List[Tensor], total: Tensor, computed: List[Tensor], loss: float) -> Tensor:
    torch.set_grad_enabled(False)
    torch._foreach_add_(gradients, computed)
    return total.add_(loss)

  # Begins a step again.
  def forget(self, gradients: List[Tensor], total: Tensor) -> Tensor:
    torch.set_grad_enabled(False)
    torch._foreach_zero_(gradients)
    return total.zero_()

  # One step of Adafactor as in torch.optim.Adafactor (beta2_decay -0.8, d 1, eps as below): for a matrix it keeps only
  # the means of its squared gradients by row (N, 1) and by column (1, M), for a vector the mean itself.
  def update_adafactor(self, parameters: List[Tensor], gradients: List[Tensor], rows: List[Tensor], columns: List[Tensor], steps: List[Tensor], total: Tensor, tokens: float, lr: float, max_norm: float, weight_decay: float) -> Tensor:
    torch.set_grad_enabled(False)
    norm = self.norm(gradients, tokens)
    divisor = self.divisor(norm, tokens, max_norm)
    torch._foreach_div_(gradients, divisor)
    torch._foreach_add_(steps, 1)
    step = float(steps[0])
    new = step ** -0.8
    eps = 1.1920928955078125e-07
    norms = annotate(List[Tensor], [])
    for i in range(len(parameters)):
      g = gradients[i]
      if g.dim() > 1:
        rows[i].lerp_(g.square().mean(-1, True), new)
        columns[i].lerp_(g.square().mean(-2, True), new)
        variance = torch.matmul(rows[i], columns[i]) / rows[i].mean(-2, True).clamp(min=eps)
      else:
        rows[i].lerp_(g.square(), new)
        variance = rows[i]
      g.mul_(variance.clamp(min=eps * eps).rsqrt())
      norms.append(torch.stack([torch.linalg_vector_norm(parameters[i]), torch.linalg_vector_norm(g)]))
    # All of them cross from the device at once.
    near = torch.cat(norms).cpu()
    for i in range(len(parameters)):
      p = parameters[i]
      root = p.numel() ** 0.5
      rate = min(lr, step ** -0.5) * max(1e-3, float(torch.select(near, 0, 2 * i)) / root)
      p.mul_(1. - lr * weight_decay)
      p.add_(gradients[i], alpha=-rate / max(1., float(torch.select(near, 0, 2 * i + 1)) / root))
    torch._foreach_zero_(gradients)
    return self.report(total, norm)
