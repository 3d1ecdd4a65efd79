package dev.bistro.benchmarks.tls;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * A server in a process of its own, and what the system knows of that.
 *
 * @param name as it is in the table
 * @param port where it speaks TLS
 */
record Peer(String name, Process process, int port) implements AutoCloseable {
    private static final double TICKS_PER_SECOND = 100;
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    static Peer bistro(Path folder) throws IOException {
        return java(
                "Bistro",
                "dev.bistro.benchmarks.server.BenchmarkApplication",
                "--server.host=127.0.0.1",
                "--server.port=0",
                "--server.tls.certificate=" + folder.resolve("server.crt"),
                "--server.tls.key=" + folder.resolve("server.key"),
                "--bench.files=" + folder);
    }

    static Peer netty(Path folder) throws IOException {
        return java(
                "Netty, JDK's TLS",
                NettyServer.class.getName(),
                folder.resolve("server.crt").toString(),
                folder.resolve("server.key").toString(),
                folder.toString());
    }

    private static Peer java(String name, String main, String... args) throws IOException {
        var command = new ArrayList<>(List.of(JAVA, "-Xmx512m", "-cp", System.getProperty("java.class.path"), main));
        command.addAll(List.of(args));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = output.readLine();
        while (line != null && !line.matches("[0-9]+") && !line.contains("listens on https")) {
            line = output.readLine();
        }
        if (line == null) {
            throw new IOException(name + " doesn't start");
        }
        drain(output);
        String port = line.matches("[0-9]+") ? line : line.replaceAll(".*https://[^:]*:([0-9]+) .*", "$1");
        return new Peer(name, process, Integer.parseInt(port));
    }

    private static void drain(BufferedReader output) {
        var reader = new Thread(() -> {
            try {
                output.transferTo(java.io.Writer.nullWriter());
            } catch (IOException e) {
                // the process has ended
            }
        });
        reader.setDaemon(true);
        reader.start();
    }

    static Peer nginx(Path folder) throws IOException, InterruptedException {
        int port = freePort();
        String configuration = """
                worker_processes auto;
                daemon off;
                pid %1$s/nginx.pid;
                error_log %1$s/error.log;
                events { worker_connections 8192; }
                http {
                    access_log off;
                    client_body_temp_path %1$s/t1; proxy_temp_path %1$s/t2; fastcgi_temp_path %1$s/t3;
                    uwsgi_temp_path %1$s/t4; scgi_temp_path %1$s/t5;
                    keepalive_requests 100000000;
                    sendfile on;
                    server {
                        listen 127.0.0.1:%2$d ssl reuseport;
                        ssl_certificate %1$s/server.crt;
                        ssl_certificate_key %1$s/server.key;
                        ssl_protocols TLSv1.2 TLSv1.3;
                        ssl_session_cache shared:bench:10m;
                        location /files/ { alias %1$s/; }
                        location / { default_type text/plain; return 200 "Hello, World!"; }
                    }
                }
                """.formatted(folder, port);
        Path file = Files.writeString(folder.resolve("nginx.conf"), configuration);
        Process process = new ProcessBuilder("nginx", "-c", file.toString(), "-p", folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("nginx.out").toFile())
                .start();
        while (!accepts(port)) {
            if (!process.isAlive()) {
                throw new IOException("nginx doesn't start: " + Files.readString(folder.resolve("nginx.out")));
            }
            Thread.sleep(20);
        }
        return new Peer("nginx, OpenSSL", process, port);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static boolean accepts(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** The seconds of processor time that it and its children have used. */
    double processorSeconds() throws IOException {
        double seconds = 0;
        for (long pid : pids()) {
            String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            seconds += (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
        }
        return seconds;
    }

    /** The bytes that it and its children have in memory; of a JVM, those of live objects. */
    long memory() throws IOException, InterruptedException {
        return name.startsWith("nginx") ? resident() : live();
    }

    private long resident() throws IOException {
        long sum = 0;
        for (long pid : pids()) {
            try (Stream<String> status = Files.lines(Path.of("/proc", String.valueOf(pid), "status"))) {
                sum += status.filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                        .sum();
            }
        }
        return sum * 1024;
    }

    private long live() throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process histogram = new ProcessBuilder(jcmd, String.valueOf(process.pid()), "GC.class_histogram").start();
        String text = new String(histogram.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        histogram.waitFor();
        String total = text.lines()
                .filter(line -> line.startsWith("Total"))
                .findFirst()
                .orElseThrow();
        return Long.parseLong(total.strip().split("\\s+")[2]);
    }

    private long[] pids() {
        return LongStream.concat(
                        LongStream.of(process.pid()), process.children().mapToLong(ProcessHandle::pid))
                .toArray();
    }

    @Override
    public void close() {
        process.children().forEach(ProcessHandle::destroy);
        process.destroy();
        process.onExit().join();
    }
}
