// Claims a header of 10^12 bytes, which must not be believed.
import java.nio.ByteBuffer
import java.nio.ByteOrder

def length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(1_000_000_000_000L).array()
new RandomAccessFile(new File(ft, "model/model.safetensors"), "rw").withCloseable { it.write(length) }
