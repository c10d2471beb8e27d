package dev.kvstore.reliability.fault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The process that shows the effects of a faulty disk on a file: it writes eight bytes six times, and syncs each. */
final class PlainFile {

    private PlainFile() {}

    public static void main(String[] arguments) throws IOException {
        try (FileChannel file =
                FileChannel.open(Path.of(arguments[0]), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            System.out.println("ready");
            for (int step = 0; step < 6; step++) {
                System.in.read();
                System.out.println(outcome(file, step));
            }
        }
    }

    private static String outcome(FileChannel file, int step) {
        try {
            byte[] bytes = ("step " + step + "  ").getBytes(StandardCharsets.UTF_8);
            int written = file.write(ByteBuffer.wrap(bytes), step * 8L);
            file.force(false);
            if (step == 5) {
                file.truncate(40);
            }
            return "done " + (written < bytes.length ? written : step);
        } catch (IOException e) {
            return "failed " + e.getMessage();
        }
    }
}
