// Cuts the weights off in the middle, as an interrupted download leaves them.
new RandomAccessFile(new File(ft, "model/model.safetensors"), "rw").withCloseable { it.setLength(it.length().intdiv(2)) }
