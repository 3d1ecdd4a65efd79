package dev.bistro.http1;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorityTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "a:",
                "a:80",
                "EXAMPLE.org:8080",
                "my_host-1.example.",
                "a%20b",
                "a!$&'()*+,;=b~",
                "127.0.0.1:1",
                "999.1.1.1",
                "[::]",
                "[::1]:80",
                "[1::]",
                "[1:2:3:4:5:6:7:8]",
                "[1::8]",
                "[1:2:3:4:5:6:7::]",
                "[::2:3:4:5:6:7:8]",
                "[abcd:EF01::]",
                "[::ffff:192.168.0.255]",
                "[1:2:3:4:5:6:1.2.3.4]",
                "[v1.a:b]",
            })
    void acceptsHostsAndPorts(String text) {
        assertTrue(Authority.isValid(text), text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":80",
                "a b",
                "a\tb",
                "a/b",
                "a?b",
                "a\\b",
                "a@b",
                "u:p@h",
                "a:80:80",
                "a:8o",
                "a:-1",
                "a%2",
                "a%zz",
                "a%",
                "\u00e9",
                "a]",
                "[",
                "[]",
                "[::1",
                "[::1]x",
                "[::1]80",
                "[:::]",
                "[1:2:3:4:5:6:7]",
                "[1:2:3:4:5:6:7:8:9]",
                "[1:2:3:4::5:6:7:8]",
                "[1::2::3]",
                "[:1:2:3:4:5:6:7]",
                "[12345::]",
                "[g::]",
                "[::1.2.3]",
                "[::1.2.3.4.]",
                "[::1.2.3.256]",
                "[1.2.3.4::]",
                "[::1%25eth0]",
                "[fe80::1%eth0]",
                "[127.0.0.1]",
                "[v1.]",
                "[v.a]",
                "[a]b]",
            })
    void rejectsWhatIsNone(String text) {
        assertFalse(Authority.isValid(text), text);
    }
}
