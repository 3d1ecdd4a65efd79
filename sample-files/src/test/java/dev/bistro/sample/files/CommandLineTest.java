package dev.bistro.sample.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.Server;
import dev.bistro.sample.testing.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people do with curl and wget, where these are installed. */
class CommandLineTest {
    private static final String INDEX = "index.html"; // what wget calls a folder's listing

    @TempDir
    Path folder;

    private Path root;
    private Path local;
    private Server server;

    @BeforeEach
    void start() throws Exception {
        root = Files.createDirectory(folder.resolve("root"));
        local = Files.createDirectory(folder.resolve("local"));
        server = Sample.writable(root).start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** Runs a program in the local folder; what it prints. */
    private String run(String... command) throws Exception {
        var builder = new ProcessBuilder(command).directory(local.toFile()).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C.UTF-8");
        Path output = folder.resolve("output");
        Process process = builder.redirectOutput(output.toFile()).start();
        try {
            assertTrue(process.waitFor(120, TimeUnit.SECONDS), () -> "still runs: " + List.of(command));
        } finally {
            process.destroyForcibly();
        }
        assertEquals(0, process.exitValue(), () -> read(output));
        return read(output);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path random(Path file, int size) throws IOException {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return Files.write(file, bytes);
    }

    @Test
    void curlResumes() throws Exception {
        String curl = Programs.require("curl").toString();
        Path file = random(root.resolve("a b.bin"), 3_000_000);
        Path part = local.resolve("part.bin");
        Files.copy(file, part);
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
            channel.truncate(1_234_567);
        }
        String status = run(
                curl,
                "-sS",
                "-C",
                "-",
                "-w",
                "%{http_code} %{size_download}",
                "-o",
                "part.bin",
                server.uri() + "/a%20b.bin");
        assertEquals("206 1765433", status);
        assertEquals(-1, Files.mismatch(file, part));
    }

    @Test
    void curlUploads() throws Exception {
        String curl = Programs.require("curl").toString();
        Path file = random(local.resolve("größe.bin"), 3_000_000);
        String login = Sample.USER + ":" + Sample.PASSWORD;
        run(curl, "-sS", "--fail", "-u", login, "-X", "MKCOL", server.uri() + "/new");
        run(curl, "-sS", "--fail", "-u", login, "-T", "größe.bin", server.uri() + "/new/");
        assertEquals(-1, Files.mismatch(file, root.resolve("new/größe.bin")));
    }

    @Test
    void wgetMirrorsTheTree() throws Exception {
        String wget = Programs.require("wget").toString();
        Path deep = Files.createDirectories(root.resolve("tree/a b/größe/#1"));
        random(deep.resolve("100%.bin"), 200_000);
        random(root.resolve("tree/🙂 <b>&'\".bin"), 10);
        Files.writeString(root.resolve("tree/a b/empty.txt"), "");
        Files.writeString(root.resolve("tree/README.md"), "# Read\n");
        Files.writeString(root.resolve("outside.txt"), "not below the tree");
        run(wget, "-q", "-r", "-np", "-nH", server.uri() + "/tree/");
        assertEquals(tree(root.resolve("tree")), tree(local.resolve("tree")));
        try (Stream<Path> rest = Files.list(local)) {
            assertEquals(List.of(local.resolve("tree")), rest.toList());
        }
    }

    /** All files but the listings, with what is in them. */
    private static Map<String, ByteBuffer> tree(Path top) throws IOException {
        var files = new TreeMap<String, ByteBuffer>();
        try (Stream<Path> paths = Files.walk(top)) {
            for (Path path : (Iterable<Path>) paths.filter(Files::isRegularFile)::iterator) {
                if (!path.getFileName().toString().equals(INDEX)) {
                    files.put(top.relativize(path).toString(), ByteBuffer.wrap(Files.readAllBytes(path)));
                }
            }
        }
        return files;
    }
}
