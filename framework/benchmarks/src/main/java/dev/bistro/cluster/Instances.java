package dev.bistro.cluster;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The instances of the application, and nginx in front of them. */
final class Instances {
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    /** What has to be as long as a load balancer takes to notice; nginx notices when the port is closed. */
    private static final List<String> SETTINGS = List.of(
            "--server.host=127.0.0.1",
            "--server.drain-delay=2s",
            "--server.stop-timeout=20s",
            "--server.proxy.trusted=127.0.0.1",
            "--health.enabled=true");

    private static final String CONFIGURATION = """
            daemon off;
            master_process off;
            pid %1$s/nginx.pid;
            events { worker_connections 1024; }
            http {
                log_format tried '$request_method $uri $status by $upstream_addr: $upstream_status';
                map $status:$upstream_addr $is_worth_a_line { ~^[45] 1; ~, 1; default 0; }
                access_log %1$s/tried.log tried if=$is_worth_a_line;
                client_body_temp_path %1$s/t1; proxy_temp_path %1$s/t2; fastcgi_temp_path %1$s/t3;
                uwsgi_temp_path %1$s/t4; scgi_temp_path %1$s/t5;
                upstream ledger {
                    %2$s
                    keepalive 32;
                    keepalive_timeout 50s;
                }
                map $http_upgrade $connection_upgrade { default upgrade; '' ''; }
                server {
                    listen 127.0.0.1:%3$s;
                    location / {
                        proxy_pass http://ledger;
                        proxy_http_version 1.1;
                        proxy_set_header Host $http_host;
                        proxy_set_header X-Forwarded-For $remote_addr;
                        proxy_set_header X-Forwarded-Proto $scheme;
                        proxy_set_header Upgrade $http_upgrade;
                        proxy_set_header Connection $connection_upgrade;
                        proxy_next_upstream error timeout;
                        proxy_read_timeout 75s;
                    }
                }
            }
            """;

    private final List<ClusterProcess> all = new ArrayList<>();
    private final FreePort front = new FreePort();
    private final Path folder;

    private Instances(Path folder) throws IOException {
        this.folder = folder;
    }

    static Instances start(int count, Map<String, String> settings, Path folder)
            throws IOException, InterruptedException {
        var instances = new Instances(folder);
        var servers = new StringBuilder();
        for (int i = 1; i <= count; i++) {
            var port = new FreePort();
            servers.append("server 127.0.0.1:").append(port).append(" max_fails=1 fail_timeout=1s;\n");
            ClusterProcess instance = instance(port, settings, folder.resolve("instance-" + i + ".log"));
            instance.start();
            instances.all.add(instance);
        }
        instances.startFront(servers.toString());
        return instances;
    }

    private static ClusterProcess instance(FreePort port, Map<String, String> settings, Path log) {
        var command = new ArrayList<>(List.of(JAVA, "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of(
                "-Dlogback.configurationFile=cluster-logback.xml", "-cp", System.getProperty("java.class.path")));
        command.add(LedgerApplication.class.getName());
        command.addAll(SETTINGS);
        command.add("--server.port=" + port);
        settings.forEach((key, value) -> command.add("--" + key + "=" + value));
        return new ClusterProcess(command, log, () -> isReady(port));
    }

    private static boolean isReady(FreePort port) {
        try {
            var connection = (HttpURLConnection) URI.create("http://127.0.0.1:" + port + "/health/ready")
                    .toURL()
                    .openConnection();
            return connection.getResponseCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private void startFront(String servers) throws IOException, InterruptedException {
        Path own = Files.createDirectory(folder.resolve("nginx"));
        Path file = Files.writeString(own.resolve("nginx.conf"), CONFIGURATION.formatted(own, servers, front));
        String errors = own.resolve("error.log").toString();
        List<String> command = List.of("nginx", "-p", own + "/", "-c", file.toString(), "-e", errors);
        new ClusterProcess(command, folder.resolve("nginx.log"), front::accepts).start();
    }

    List<ClusterProcess> all() {
        return all;
    }

    /** Where clients reach them. */
    URI address() {
        return URI.create("http://127.0.0.1:" + front);
    }

    /** How many requests nginx has given to a second instance, since it couldn't reach the first. */
    long triedAgain() throws IOException {
        try (Stream<String> lines = Files.lines(folder.resolve("nginx").resolve("tried.log"))) {
            return lines.filter(line -> line.matches(".* by [^ ]+, .*")).count();
        }
    }
}
