package dev.bistro.wire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The configurations that the guide shows for nginx, with the ports, files and names of a test. */
public final class NginxGuide {
    private static final String PAGE = "internet.md";
    private static final String SERVER = "127.0.0.1:8080";

    private final Path pages;

    /** @param pages the guide's folder */
    public NginxGuide(Path pages) {
        this.pages = pages;
    }

    /**
     * The file {@code shop.conf} of "To the internet".
     *
     * @param folder has {@code fullchain.pem} and {@code privkey.pem}; {@code acme} in it has the challenges
     * @param plain the port that leads to HTTPS
     * @param upstream where the server is: {@code 127.0.0.1:9000}, {@code unix:/tmp/shop.sock}
     */
    public String internet(Path folder, Nginx.FreePort plain, Nginx.FreePort secure, String upstream)
            throws IOException {
        return replace(
                block("nginx", PAGE, "listen 443 ssl"),
                Map.of(
                        SERVER,
                        upstream,
                        "listen 80;",
                        "listen 127.0.0.1:" + plain + ";",
                        "listen 443 ssl;",
                        "listen 127.0.0.1:" + secure + " ssl;",
                        "/etc/letsencrypt/live/shop.example",
                        folder.toString(),
                        "/var/www/acme",
                        folder.resolve("acme").toString()));
    }

    /** The block of "Behind a proxy". It has a map of the other file. */
    public String proxies(Nginx.FreePort plain, String upstream) throws IOException {
        String location = replace(block("nginx", "proxies.md", "location / {"), Map.of(SERVER, upstream));
        return "server {\nlisten 127.0.0.1:" + plain + ";\n" + location + "}\n";
    }

    /** The server of "To the internet" that is reached over a Unix domain socket. */
    public String unixUpstream(Path socket) throws IOException {
        return replace(block("nginx", PAGE, "server unix:"), Map.of("/run/shop/shop.sock", socket.toString()));
    }

    /** The load balancer of "To the internet", which passes TLS through and speaks the PROXY protocol. */
    public String loadBalancer(Nginx.FreePort port, String upstream) throws IOException {
        return replace(
                block("nginx", PAGE, "proxy_protocol on"),
                Map.of("listen 443;", "listen 127.0.0.1:" + port + ";", "127.0.0.1:8443", upstream));
    }

    /** The application's settings in the first block of "To the internet" that has a text; others take their place. */
    public Map<String, String> settings(String part, Map<String, String> others) throws IOException {
        var settings = new TreeMap<String, String>();
        block("properties", PAGE, part)
                .lines()
                .map(line -> line.split("=", 2))
                .forEach(setting -> settings.put(setting[0], others.getOrDefault(setting[0], setting[1])));
        return settings;
    }

    /** The first block of a language in a page that has a text. */
    private String block(String language, String page, String part) throws IOException {
        Matcher blocks = Pattern.compile("(?ms)^```" + language + "\\n(.*?)^```$")
                .matcher(Files.readString(pages.resolve(page)));
        return blocks.results()
                .map(block -> block.group(1))
                .filter(block -> block.contains(part))
                .findFirst()
                .orElseThrow();
    }

    /** Ports and names are others here. IPv6 isn't on every machine. */
    private static String replace(String block, Map<String, String> replacements) {
        String replaced = block.replaceAll("(?m)^ *listen \\[::].*\\n", "");
        for (Map.Entry<String, String> replacement : replacements.entrySet()) {
            if (!replaced.contains(replacement.getKey())) {
                throw new AssertionError(block + "has no " + replacement.getKey());
            }
            replaced = replaced.replace(replacement.getKey(), replacement.getValue());
        }
        return replaced;
    }
}
