package dev.bistro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.config.ConfigRecords;
import dev.bistro.config.Settings;
import dev.bistro.startup.Problems;
import dev.bistro.startup.StartupException;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a server listens by its settings, what of that is HTTPS, and which settings contradict each other. */
class ServerListeningTest {
    private final Problems problems = new Problems();

    /** The settings of a text such as {@code "port=80; tls.port=443"}; empty if they are rejected. */
    private Optional<ServerSettings> read(String text) {
        Map<String, String> settings = new HashMap<>();
        Arrays.stream(text.split(";"))
                .map(String::strip)
                .filter(one -> !one.isEmpty())
                .map(one -> one.split("=", 2))
                .forEach(one -> settings.put("server." + one[0], one[1]));
        var records = new ConfigRecords(List.of(ServerSettings.class), problems);
        return records.read(
                ServerSettings.class,
                new Settings.Builder(problems).addProgram(settings).build());
    }

    private String report() {
        return problems.found().isEmpty() ? "" : new StartupException(problems.found()).getMessage();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            host=127.0.0.1; port=80                                  | 127.0.0.1:80
            port=0; tls.certificate=/a.crt                           | 0.0.0.0:0 TLS
            port=0; tls.folder=/certificates                         | 0.0.0.0:0 TLS
            port=0; tls.certificates.0.certificate=/a.crt            | 0.0.0.0:0 TLS
            port=0; tls.development=true                             | 0.0.0.0:0 TLS
            port=80; tls.port=443; tls.certificate=/a.crt            | 0.0.0.0:80, 0.0.0.0:443 TLS
            host=127.0.0.1; port=0; tls.port=0; tls.development=true | 127.0.0.1:0, 127.0.0.1:0 TLS
            listen=127.0.0.1:80, unix:/s                             | 127.0.0.1:80, unix:/s
            listen=127.0.0.1:80, unix:/s; tls.development=true       | 127.0.0.1:80 TLS, unix:/s
            listen=127.0.0.1:80, unix:/s; tls.development=true; tls.port=443 | 127.0.0.1:80, unix:/s, 0.0.0.0:443 TLS
            listen=unix:/s; tls.development=true; tls.port=443; host=127.0.0.1 | unix:/s, 127.0.0.1:443 TLS
            listen=127.0.0.1:443; host=127.0.0.2; tls.port=443; tls.development=true | 127.0.0.1:443, 127.0.0.2:443 TLS
            listen=; port=80                                         | 0.0.0.0:80
            """)
    void listensWhereItIsTold(String settings, String expected) {
        ServerSettings server = read(settings).orElseThrow(() -> new AssertionError(report()));
        assertEquals(
                expected,
                server.listening().listeners().stream()
                        .map(one -> ListenAddresses.text(one.address()) + (one.isTls() ? " TLS" : ""))
                        .collect(Collectors.joining(", ")));
        assertEquals(List.of(), problems.found());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            port=65536                     | port has to be from 0 to 65535
            listen=8080                    | listen: "8080" isn't a host, a colon and a port
            listen=0.0.0.0:80; port=81     | port has no effect beside listen
            listen=0.0.0.0:80; host=::1    | host has no effect beside listen, but for tls.port
            unix-permissions=rwx           | unix-permissions has to look like rw-rw---- or 660
            unix-permissions=888           | unix-permissions has to look like rw-rw---- or 660
            proxy.protocol=true            | proxy.protocol needs proxy.trusted
            tls.port=443                   | tls.port needs a certificate: tls.certificate, tls.folder, tls.cert
            tls.hsts=365d                  | tls.hsts needs a certificate: tls.certificate, tls.folder, tls.cert
            tls.client-auth=want           | tls.client-auth needs a certificate: tls.certificate, tls.folder, tls.cert
            tls.key=/a.key                 | tls.key has no effect without tls.certificate
            tls.key-password=s3cret        | tls.key-password has no effect without a certificate
            tls.redirect=true              | tls.redirect needs tls.port: without it nobody comes over HTTP
            tls.public-port=443            | tls.public-port has no effect without tls.redirect
            tls.public-port=0              | tls.public-port has to be from 1 to 65535
            tls.client-ca=/ca.crt          | tls.client-ca has no effect with tls.client-auth=none
            tls.handshake-timeout=0s       | tls.handshake-timeout has to be from 1ms to 365d
            tls.max-handshakes=0           | tls.max-handshakes has to be from 1 to 1000000
            tls.development=true; tls.redirect=true | tls.redirect needs tls.port: without it nobody comes over HTTP
            tls.development=true; tls.client-auth=need  | tls.client-auth needs tls.client-ca, to know whose
            tls.development=true; tls.key-password=s3cret | tls.key-password has no effect without a certificate
            tls.development=true; tls.certificate=/a    | tls.development makes a certificate, and there is another
            tls.development=true; tls.folder=/a         | tls.development makes a certificate, and there is another
            tls.development=true; tls.port=65536        | tls.port has to be from 0 to 65535
            tls.development=true; tls.port=8080         | tls.port is where HTTP is listened for too: 0.0.0.0:8080
            tls.development=true; tls.hsts=500ms        | tls.hsts has to be whole seconds, and 3650d at the most
            tls.development=true; tls.hsts=3651d        | tls.hsts has to be whole seconds, and 3650d at the most
            tls.development=true; tls.port=80; listen=127.0.0.1:80 | is where HTTP is listened for too: 127.0.0.1:80
            """)
    void contradictionsAreFaults(String settings, String fault) {
        assertTrue(read(settings).isEmpty(), settings);
        assertEquals(1, problems.found().size(), report());
        assertTrue(report().contains(fault), report());
        assertFalse(report().contains("s3cret"), report());
    }

    @Test
    void allAreReportedAtOnce() {
        read("port=-1; listen=x; unix-permissions=x; tls.port=-1; tls.redirect=true; tls.max-handshakes=0;"
                + " tls.hsts=1ms; tls.key=/a; loops=-1; proxy.protocol=true");
        assertEquals(1, problems.found().size());
        for (String name : List.of(
                "port has",
                "listen: ",
                "unix-permissions",
                "tls.port has",
                "tls.port needs",
                "tls.max-handshakes",
                "tls.hsts has",
                "tls.hsts needs",
                "tls.key has",
                "loops",
                "proxy.protocol")) {
            assertTrue(report().contains(name), name + " in " + report());
        }
    }

    @Test
    void aCertificateOfAListNeedsAFile() {
        read("tls.certificates.0.key=/a.key");
        assertTrue(report().contains("\"server.tls.certificates.0.certificate\""), report());
    }

    @Test
    void thePasswordOfAKeyIsNeverShown() {
        ServerSettings server = read("tls.certificate=/a.crt; tls.key=/a.key; tls.key-password=s3cret")
                .orElseThrow();
        assertFalse(server.toString().contains("s3cret"));
        assertEquals("s3cret", server.tls().keyPassword().orElseThrow().reveal());
    }

    @ParameterizedTest
    @CsvSource({"rw-rw----, rw-rw----", "660, rw-rw----", "0600, rw-------", "777, rwxrwxrwx", "024, ----w-r--"})
    void permissionsAreLettersOrDigits(String text, String letters) {
        assertEquals(
                PosixFilePermissions.fromString(letters),
                read("unix-permissions=" + text).orElseThrow().socketPermissions());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            tls.port=8443; tls.development=true; tls.redirect=true                         | 50123
            tls.port=8443; tls.development=true; tls.redirect=true; tls.public-port=443    | 443
            """)
    void redirectsToThePortThatClientsReach(String settings, String port) {
        assertEquals(
                port,
                String.valueOf(read(settings)
                        .orElseThrow()
                        .tls()
                        .redirectPort(() -> 50_123)
                        .getAsInt()));
    }

    /** The rest of what helps is shown with real sockets; who may use such a port differs from machine to machine. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            host=127.0.0.1; port=1                                     | 0 | Ports below 1024 need a permission
            host=127.0.0.1; port=1023                                  | 0 | Ports below 1024 need a permission
            host=127.0.0.1; port=1024                                  | 0 | Stop what uses the port
            host=127.0.0.1; port=0                                     | 0 | Stop what uses the port
            host=127.0.0.1; port=0; tls.port=443; tls.development=true | 1 | Ports below 1024 need a permission
            """)
    void tellsOfThePermissionThatLowPortsNeed(String settings, int listener, String cure) {
        ServerListening listening = read(settings).orElseThrow().listening();
        var fault = ListenFault.of(listening.listeners().get(listener).address(), listening);
        problems.add(fault.because("Permission denied"));
        assertTrue(report().contains("\n   " + cure), report());
    }
}
