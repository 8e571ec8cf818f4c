import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Plays another machine: {@code MODE REQUEST DIRECTORY KEY}. It copies the request, trains there, and copies back. */
class Elsewhere {
    public static void main(String[] arguments) throws Exception {
        String mode = arguments[0];
        Path request = Path.of(arguments[1]);
        Path there = Path.of(arguments[2]);
        if (!request.getFileName().toString().equals(arguments[3])) {
            throw new IllegalStateException("the key is not the directory's name");
        }
        switch (mode) {
            case "nothing" -> System.out.println("nothing to do");
            case "never" -> System.exit(7);
            case "killed" -> {
                // Half-way: killed as by a scheduler, after a first checkpoint could be saved.
                Process training = train(request);
                Path events = request.resolve("events.jsonl");
                while (training.isAlive() && !Files.readString(events).contains("\"step\":20")) {
                    Thread.sleep(5);
                }
                training.destroy();
                System.out.println("the scheduler ended the job");
                System.exit(training.waitFor() == 0 ? 1 : 9);
            }
            case "loud" -> {
                String line = "x".repeat(1023);
                for (int i = 0; i < 100 << 10; i++) {
                    System.out.println(line);
                }
                // In the request itself, where the job before was killed.
                end(train(request));
            }
            default -> {
                copy(request, there);
                end(train(there));
                change(mode, there.resolve("result"));
                copy(there.resolve("result"), request.resolve("result"));
            }
        }
    }

    private static Process train(Path directory) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                directory.resolve("ft-worker.jar").toString(),
                directory.toString());
        builder.environment().keySet().removeIf(name -> name.startsWith("OMP_") || name.startsWith("DJL_"));
        return builder.inheritIO().start();
    }

    private static void end(Process training) throws InterruptedException {
        int exitCode = training.waitFor();
        if (exitCode != 0) {
            System.exit(exitCode);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(from)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            Path copy = to.resolve(from.relativize(file).toString());
            Files.createDirectories(copy.getParent());
            Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void change(String mode, Path result) throws Exception {
        Path manifest = result.resolve("manifest.json");
        Path weights = result.resolve("adapter/adapter_model.safetensors");
        String old = sha256(weights);
        switch (mode) {
            case "key" ->
                Files.writeString(
                        manifest, Files.readString(manifest).replaceFirst("\"key\": \"[0-9a-f]{12}", "\"key\": \"0123456789ab"));
            case "nan" -> {
                byte[] bytes = Files.readAllBytes(weights);
                ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(bytes.length - 4, Float.NaN);
                Files.write(weights, bytes);
            }
            case "shape" -> {
                // Another base's adapter: the first two dimensions of a matrix are exchanged, the length stays.
                byte[] bytes = Files.readAllBytes(weights);
                int header = (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
                String json = new String(bytes, 8, header, "US-ASCII");
                String other = json.replaceFirst("\"shape\":\\[(\\d+),(\\d+)\\]", "\"shape\":[$2,$1]");
                System.arraycopy(other.getBytes("US-ASCII"), 0, bytes, 8, header);
                Files.write(weights, bytes);
            }
            default -> {}
        }
        Files.writeString(manifest, Files.readString(manifest).replace(old, sha256(weights)));
    }

    private static String sha256(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }
}
