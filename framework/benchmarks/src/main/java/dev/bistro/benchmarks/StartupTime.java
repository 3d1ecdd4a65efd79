package dev.bistro.benchmarks;

import dev.bistro.benchmarks.server.BenchmarkApplication;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How long the benchmark application takes from the start of its process to its first answer: with a scan for its
 * classes, with the index of them, and with archives of loaded classes on top of that. Each round starts each variant
 * once. One more start says where the time goes: see {@link LoadedClasses}. Run it with {@code benchmarks/startup.sh}.
 */
public final class StartupTime {
    private static final Pattern LISTENS = Pattern.compile("listens on http://localhost:(\\d+)");
    private static final String INDEX = "META-INF/bistro/classes.index";
    private static final String APPLICATION = BenchmarkApplication.class.getName();
    private static final int DEFAULT_ROUNDS = 15;

    /** What one start took. */
    private record Start(long millis, long cpuMillis) {}

    private final Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    private final Path directory;
    private final Map<String, List<String>> variants = new LinkedHashMap<>();

    private StartupTime(Path directory) {
        this.directory = directory;
    }

    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : DEFAULT_ROUNDS;
        Path directory = Files.createTempDirectory("bistro-startup");
        try {
            new StartupTime(directory).run(rounds);
        } finally {
            try (Stream<Path> files = Files.walk(directory)) {
                files.sorted((a, b) -> b.compareTo(a))
                        .forEach(file -> file.toFile().delete());
            }
        }
    }

    private void run(int rounds) throws Exception {
        String indexed = archives(true);
        variants.put("scan", List.of("-cp", archives(false)));
        variants.put("index", List.of("-cp", indexed));
        addArchive("index, CDS archive", indexed, "-XX:ArchiveClassesAtExit=", "-XX:SharedArchiveFile=");
        if (Runtime.version().feature() >= 25) {
            addArchive("index, AOT cache", indexed, "-XX:AOTCacheOutput=", "-XX:AOTCache=");
        }
        Path log = directory.resolve("classes.log");
        start(List.of("-Xlog:class+load:file=" + log, "-cp", indexed));
        LoadedClasses loaded = LoadedClasses.read(log);
        Map<String, List<Start>> starts = new LinkedHashMap<>();
        for (int round = -1; round < rounds; round++) { // the first warms up the machine's caches and isn't counted
            for (var variant : variants.entrySet()) {
                Start start = start(variant.getValue());
                if (round >= 0) {
                    starts.computeIfAbsent(variant.getKey(), name -> new ArrayList<>())
                            .add(start);
                }
            }
        }
        System.out.printf("Java %s, median of %d starts%n", Runtime.version(), rounds);
        System.out.printf("%-20s %20s %10s%n", "", "to first answer, ms", "CPU, ms");
        starts.forEach((name, all) -> System.out.printf(
                "%-20s %20d %10d%n",
                name,
                median(all.stream().mapToLong(Start::millis).toArray()),
                median(all.stream().mapToLong(Start::cpuMillis).toArray())));
        loaded.print();
    }

    private static long median(long[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    /** The class path of this process, its folders as archives: what is loaded from folders can't be archived. */
    private String archives(boolean withIndex) throws IOException {
        var elements = new ArrayList<String>();
        for (String element : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(element);
            elements.add(
                    Files.isDirectory(path)
                            ? archive(path, withIndex, elements.size()).toString()
                            : element);
        }
        return String.join(File.pathSeparator, elements);
    }

    private Path archive(Path folder, boolean withIndex, int number) throws IOException {
        Path archive = directory.resolve((withIndex ? "indexed" : "plain") + number + ".jar");
        try (OutputStream out = Files.newOutputStream(archive);
                var entries = new JarOutputStream(out);
                Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(path -> !path.equals(folder)).sorted().toList()) {
                String name = folder.relativize(file).toString().replace(File.separatorChar, '/');
                if (Files.isDirectory(file)) {
                    entries.putNextEntry(new JarEntry(name + "/"));
                } else if (withIndex || !name.equals(INDEX)) {
                    entries.putNextEntry(new JarEntry(name));
                    entries.write(Files.readAllBytes(file));
                }
            }
        }
        return archive;
    }

    /** Has a run write an archive, and later ones use it. */
    private void addArchive(String name, String classPath, String writing, String using) throws Exception {
        Path archive = directory.resolve(name.replaceAll("\\W", "") + ".archive");
        start(List.of(writing + archive, "-cp", classPath));
        if (!Files.exists(archive)) {
            throw new IllegalStateException("No archive was written by " + writing + archive);
        }
        variants.put(name, List.of(using + archive, "-cp", classPath));
    }

    private Start start(List<String> options) throws Exception {
        var command = new ArrayList<>(List.of(java.toString()));
        command.addAll(options);
        command.addAll(List.of(APPLICATION, "--server.port=0"));
        long begin = System.nanoTime();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (BufferedReader log = process.inputReader()) {
            ask(port(log));
            long millis = Duration.ofNanos(System.nanoTime() - begin).toMillis();
            long cpuMillis =
                    process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis();
            process.toHandle().destroy(); // process.destroy() would close the log
            log.lines().forEach(line -> {}); // until it has ended, and written an archive if it was to
            return new Start(millis, cpuMillis);
        } finally {
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                process.destroyForcibly();
            }
        }
    }

    private static int port(BufferedReader log) throws IOException {
        var said = new StringBuilder();
        for (String line = log.readLine(); line != null; line = log.readLine()) {
            said.append(line).append('\n');
            Matcher listens = LISTENS.matcher(line);
            if (listens.find()) {
                return Integer.parseInt(listens.group(1));
            }
        }
        throw new IOException("The application didn't start:\n" + said);
    }

    private static void ask(int port) throws IOException {
        try (var socket = new Socket("localhost", port)) {
            socket.getOutputStream()
                    .write("GET /api/products/1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!answer.startsWith("HTTP/1.1 200 ")) {
                throw new IOException("Not the answer that was expected:\n" + answer);
            }
        }
    }
}
