package dev.bistro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.annotation.Get;
import dev.bistro.annotation.Route;
import dev.bistro.auth.jwt.JwtLibrary;
import dev.bistro.startup.Golden;
import dev.bistro.startup.Problems;
import dev.bistro.startup.StartupException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The settings of logins by tokens, and the library that these need. */
class TokenLoginsTest {
    @Route("/")
    static final class Home {
        @Get
        String get() {
            return "";
        }
    }

    @Test
    void needsTheLibrary() {
        assertTrue(JwtLibrary.isIn(TokenLoginsTest.class.getClassLoader()));
        assertFalse(JwtLibrary.isIn(ClassLoader.getPlatformClassLoader()));
        var problems = new Problems();
        problems.add(TokenLogins.withoutLibrary());
        Golden.assertGolden("jwt-without-library", problems);
    }

    @ParameterizedTest
    @CsvSource({
        "'jwt.issuer=a',                                     jwt needs jwt.key or jwt.jwks",
        "'jwt.jwks=https://a/k jwt.audience=b',              jwt.issuer has to be set",
        "'jwt.jwks=https://a/k jwt.issuer=b',                jwt.audience has to be set",
        "'jwt.jwks=https://a/k jwt.key=x jwt.issuer=b jwt.audience=c', can't both be set",
        "'jwt.jwks=file:/k jwt.issuer=b jwt.audience=c',     jwt.jwks has to be an address of https or http",
        "'jwt.jwks=/k jwt.issuer=b jwt.audience=c',          jwt.jwks has to be an address of https or http",
        "'jwt.jwks=//a/k jwt.issuer=b jwt.audience=c',       jwt.jwks has to be an address of https or http",
        "'jwt.jwks=https:a jwt.issuer=b jwt.audience=c',     jwt.jwks has to be an address of https or http",
        "'jwt.jwks=https://a:65536/k jwt.issuer=b jwt.audience=c', jwt.jwks has to be an address of https or http",
        "'jwt.jwks=https://u:p@a/k jwt.issuer=b jwt.audience=c', jwt.jwks has a name or a password",
        "'jwt.clock-skew=1h',                                jwt.clock-skew has to be from",
        "'jwt.refresh-interval=1ms',                         jwt.refresh-interval has to be from",
        "'jwt.fetch-timeout=0s',                             jwt.fetch-timeout has to be from",
        "'default=open',                                     security.default",
        "'login.max-failures=-1',                            login.max-failures has to be from",
    })
    void refusesSettings(String settings, String fault) {
        BistroBuilder app = Bistro.app(TokenLoginsTest.class).classes(Home.class);
        for (String setting : settings.split(" ")) {
            int equals = setting.indexOf('=');
            app.set("security." + setting.substring(0, equals), setting.substring(equals + 1));
        }
        String report =
                assertThrows(StartupException.class, app::startInProcess).getMessage();
        assertTrue(report.contains(fault), report);
    }

    @ParameterizedTest
    @CsvSource({
        "https://a/k, false",
        "HTTPS://a/k, false",
        "http://login.internal/k, true",
        "HTTP://login.internal/k, true",
        "http://localhost:8080/k, false",
        "http://[::1]/k, false"
    })
    void warnsOfKeysThatComeUnprotected(String address, boolean expected) {
        var settings = new SecurityJwtSettings(
                java.util.Optional.empty(),
                java.util.Optional.of(java.net.URI.create(address)),
                java.util.Optional.empty(),
                java.util.List.of(),
                java.time.Duration.ZERO,
                "roles",
                "sub",
                java.time.Duration.ZERO,
                java.time.Duration.ZERO);
        assertEquals(expected, settings.isUnprotected());
    }
}
